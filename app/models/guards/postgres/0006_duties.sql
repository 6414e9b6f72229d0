-- Searching and counting beyond one's own desks, and accounts. Appointments that a second person confirms stand in 0001 already.

-- Files by number, NIK, ticket or part of a name. Who searched by what, and which files he saw, is written down before anything is shown;
-- the name or NIK itself is not. A search that finds nothing is written under file 0.
create function search_files(kind text, wanted text) returns setof bigint language plpgsql volatile security definer set search_path = pelita3, pg_temp as $$
declare found_ids bigint[];
begin
  perform read_committed();
  if not (my_roles() && array['FO', 'EDITOR', 'KASI', 'KABID', 'KADIS']) then
    perform refuse('P3403', 'read');
  end if;
  case kind
    when 'nomor' then
      found_ids := array(select b.id from berkas b where b.number like replace(replace(wanted, '%', ''), '_', '') || '%' order by b.id desc limit 50);
    when 'tiket' then
      found_ids := array(select b.id from berkas b join ticket t on t.id = b.ticket_id where t.code = wanted limit 50);
    when 'NIK' then
      found_ids := array(select b.id from berkas b where length(wanted) = 16 and wanted <> '' and (b.husband_nik = wanted or b.wife_nik = wanted)
        order by b.id desc limit 50);
    when 'nama' then
      if length(replace(replace(wanted, '%', ''), '_', '')) < 3 then
        perform refuse('P3400', 'short');
      end if;
      found_ids := array(select b.id from berkas b
        where (b.husband_name || ' ' || b.wife_name) ilike '%' || replace(replace(replace(wanted, '\', ''), '%', ''), '_', '') || '%'
        order by b.id desc limit 50);
    else
      perform refuse('P3400', 'kind');
  end case;
  insert into read_log(berkas_id, what, why, searched) select i, 'mencari', kind, 1 from unnest(case when found_ids = '{}' then array[0::bigint] else found_ids end) i;
  return query select unnest(found_ids);
end $$;

-- The numbers of other open files with this NIK, for the warning in the entry form; asked for a file that is on the asker's screen.
create function files_with_nik(file bigint, wanted text) returns setof text language plpgsql volatile security definer set search_path = pelita3, pg_temp as $$
declare found berkas[];
begin
  perform read_committed();
  if not exists (select 1 from open_berkas where id = file) then
    perform refuse('P3403', 'read');
  end if;
  return query select b.number from berkas b where length(wanted) = 16 and b.id <> file and b.stage not in ('SELESAI', 'BATAL')
    and (b.husband_nik = wanted or b.wife_nik = wanted) order by b.id limit 20;
end $$;

-- How many files stand where; no file is named.
create function stage_counts() returns table(stage text, many bigint) language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  if my_roles() = '{}' then
    return;
  end if;
  return query select s.stage, (select count(*) from berkas b where b.stage = s.stage) from (select distinct x.stage from sop_stage x
    where x.kind not in ('end', 'start')) s;
end $$;

-- Where files are that have just left a list: who holds each or signed last, and its stage; nothing of what is in them.
create function where_now(files bigint[]) returns table(id bigint, stage text, holder text) language plpgsql stable security definer
  set search_path = pelita3, pg_temp as $$
begin
  if my_roles() = '{}' or cardinality(files) > 500 then
    return;
  end if;
  return query select b.id, b.stage, coalesce(nullif(b.holder, ''), (select p.actor from paraf p where p.berkas_id = b.id and p.n = b.n))
    from berkas b where b.id = any(files);
end $$;

-- Tickets that have become files; tells nothing of the file.
create view ticket_used with (security_barrier = true) as select b.ticket_id from berkas b where b.ticket_id is not null;
grant select on ticket_used to pelita3_officer;

-- The hall's screen: today's calls, a number and a place. The kiosk: its own tickets.
create view tv_call with (security_barrier = true) as
  select e.id, t.prefix, t.number, e.place, e.made_us as at_us from ticket_event e join ticket t on t.id = e.ticket_id
  where t.day = today() and e.event = 'CALLED';
grant select on tv_call to pelita3_display, pelita3_officer;
create view tv_waiting with (security_barrier = true) as
  select t.prefix, count(*) as many from ticket t where t.day = today() and not exists (select 1 from ticket_event e where e.ticket_id = t.id)
    and not exists (select 1 from berkas b where b.ticket_id = t.id) group by t.prefix;
grant select on tv_waiting to pelita3_display, pelita3_kiosk, pelita3_officer;

-- Opening a file that is not on one's own desk asks for a reason, five letters at least.
create or replace function judge_reading() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare roles text[] := my_roles();
begin
  perform read_committed();
  new.login := actor();
  new.made_us := now_us();
  if not (roles && array['FO', 'EDITOR', 'KASI', 'KABID', 'KADIS', 'MAILER']) then
    perform refuse('P3403', 'read');
  end if;
  -- Officers cannot say `searched`: only the search itself shows a file without a reason, and only its head.
  if new.searched = 0 and length(trim(new.why)) < 5 and not exists (select 1 from open_berkas where id = new.berkas_id) then
    perform refuse('P3422', 'why');
  end if;
  return new;
end $$;

grant execute on function search_files(text, text), files_with_nik(bigint, text), stage_counts(), where_now(bigint[]) to pelita3_officer;


-- Accounts are login roles of the server. Owned by a role that may make roles and that nobody can log in as; each function lets the tables
-- judge first (schema pelita3) and then does the same to the login role, in one transaction.
set local role pelita3_roles;
create function adm.demand_verifier(verifier text) returns void language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if verifier !~ '^SCRAM-SHA-256\$[0-9]{4,6}:[A-Za-z0-9+/=]{16,}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' then
    perform refuse('P3400', 'verifier');
  end if;
end $$;
create function adm.add_officer(login text, name text, nip text, rank text, "position" text, place text, verifier text, must_change integer,
  kind text, key text) returns void language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform adm.demand_verifier(verifier);
  insert into officer(login, name, nip, rank, "position", place, key) values (login, name, nip, rank, "position", place, key);
  if not found then
    return;
  end if;
  insert into password(login, must_change, key) values (login, must_change, key || '-p');
  if exists (select 1 from pg_roles where rolname = 'p_' || login) then
    perform refuse('P3409', 'login');
  end if;
  execute format('create role %I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit connection limit %s password %L',
    'p_' || login, case kind when 'officer' then 5 else 2 end, verifier);
  execute format('grant %I to %I', case kind when 'kiosk' then 'pelita3_kiosk' when 'display' then 'pelita3_display' else 'pelita3_officer' end,
    'p_' || login);
end $$;
create function adm.set_password(login text, verifier text, key text) returns void language plpgsql security definer
  set search_path = pelita3, pg_temp as $$
begin
  perform adm.demand_verifier(verifier);
  if not exists (select 1 from officer o where o.login = set_password.login) then
    perform refuse('P3400', 'officer');
  end if;
  if login = actor() then
    perform refuse('P3403', 'admin');
  end if;
  insert into password(login, must_change, key) values (login, 1, key);
  if found then
    execute format('alter role %I password %L', 'p_' || login, verifier);
  end if;
end $$;
create function adm.change_my_password(verifier text, key text) returns void language plpgsql security definer
  set search_path = pelita3, pg_temp as $$
begin
  perform adm.demand_verifier(verifier);
  if not exists (select 1 from officer o where o.login = actor()) then
    perform refuse('P3403', 'admin');
  end if;
  insert into password(login, must_change, key) values (actor(), 0, key);
  if found then
    execute format('alter role %I password %L', session_user, verifier);
  end if;
end $$;
create function adm.set_active(login text, active integer, why text, key text) returns integer language plpgsql security definer
  set search_path = pelita3, pg_temp as $$
declare
  ended integer := 0;
  session record;
begin
  if not exists (select 1 from officer o where o.login = set_active.login) then
    perform refuse('P3400', 'officer');
  end if;
  insert into officer_state(login, active, why, key) values (login, active, why, key);
  if not found then
    return 0;
  end if;
  execute format('alter role %I %s', 'p_' || login, case active when 1 then 'login' else 'nologin' end);
  if active = 0 then
    for session in select pid from pg_stat_activity where usename = 'p_' || login and pid <> pg_backend_pid() loop
      perform pg_terminate_backend(session.pid);
      ended := ended + 1;
    end loop;
  end if;
  return ended;
end $$;
revoke all on all functions in schema adm from public;
grant execute on function adm.add_officer(text, text, text, text, text, text, text, integer, text, text), adm.set_password(text, text, text),
  adm.change_my_password(text, text), adm.set_active(text, integer, text, text) to pelita3_officer;
