-- Searching and counting beyond one's own desks, and accounts. Appointments that a second person confirms stand in 0001 already.

-- Files by number, NIK, ticket or part of a name. Who searched by what, and which files he saw, is written down before anything is shown;
-- the name or NIK itself is not. A search that finds nothing is written under file 0. What comes back is the search's own number: what it
-- found is asked in a second statement, when the log can no longer be taken back.
-- Where many files fit, fifty of them are among the newest, which are looked through first; where few fit, the index finds them all.
create function search_files(kind text, wanted text) returns xid8 language plpgsql volatile security definer set search_path = pelita3, pg_temp as $$
declare
  found_ids bigint[];
  bare text := replace(replace(replace(wanted, '\', ''), '%', ''), '_', '');
  newest bigint := coalesce((select max(b.id) - 4000 from berkas b), 0);
begin
  perform read_committed();
  if not (my_roles() && array['FO', 'EDITOR', 'KASI', 'KABID', 'KADIS']) then
    perform refuse('P3403', 'read');
  end if;
  case kind
    when 'nomor' then
      found_ids := array(select b.id from berkas b where length(bare) >= 3 and b.id > newest and starts_with(b.number, bare)
        order by b.id desc limit 50);
      if length(bare) >= 3 and cardinality(found_ids) < 50 then
        found_ids := array(with fit as materialized (select b.id from berkas b where b.number ~>=~ bare and b.number ~<~ (bare || '~'))
          select f.id from fit f order by f.id desc limit 50);
      end if;
    when 'tiket' then
      found_ids := array(select b.id from berkas b join ticket t on t.id = b.ticket_id where t.code = wanted limit 50);
    when 'NIK' then
      found_ids := array(select p.berkas_id from berkas_party p where length(wanted) = 16 and (p.husband_nik = wanted or p.wife_nik = wanted)
        order by p.berkas_id desc limit 50);
    when 'nama' then
      if length(replace(bare, ' ', '')) < 3 then
        perform refuse('P3400', 'short');
      end if;
      bare := '%' || upper(bare) || '%';
      found_ids := array(select p.berkas_id from berkas_party p where p.berkas_id > newest and p.names like bare order by p.berkas_id desc limit 50);
      if cardinality(found_ids) < 50 then
        found_ids := array(with fit as materialized (select p.berkas_id from berkas_party p where p.names like bare)
          select f.berkas_id from fit f order by f.berkas_id desc limit 50);
      end if;
    else
      perform refuse('P3400', 'kind');
  end case;
  insert into read_log(berkas_id, what, why, searched) select i, 'mencari', kind, 1 from unnest(case when found_ids = '{}' then array[0::bigint] else found_ids end) i;
  return pg_current_xact_id();
end $$;
create function found_files(search xid8) returns setof bigint language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return query select r.berkas_id from read_log r where r.login = actor() and r.searched = 1 and r.made_in = search and r.berkas_id > 0
    and r.made_us > now_us() - 3600000000 and search is distinct from pg_current_xact_id_if_assigned() order by r.berkas_id desc;
end $$;

-- The numbers of other open files with this NIK, for the warning in the entry form; asked for a file that is on the asker's screen. Of a NIK
-- that is kept in that file it answers at once; any other is a search like the above, and null comes back.
create function files_with_nik(file bigint, wanted text) returns text[] language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  if not exists (select 1 from open_berkas where id = file) then
    perform refuse('P3403', 'read');
  end if;
  -- Nothing was written in this transaction, so what is kept there cannot be taken back either.
  if pg_current_xact_id_if_assigned() is not null or not exists (
      select 1 from berkas b where b.id = file and wanted in (b.husband_nik, b.wife_nik)) then
    return null;
  end if;
  return array(select b.number from berkas_party p join berkas b on b.id = p.berkas_id where wanted <> '' and b.id <> file
    and b.stage not in ('SELESAI', 'BATAL') and (p.husband_nik = wanted or p.wife_nik = wanted) order by b.id limit 20);
end $$;
create function ask_nik(file bigint, wanted text) returns xid8 language plpgsql volatile security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not exists (select 1 from open_berkas where id = file) then
    perform refuse('P3403', 'read');
  end if;
  insert into read_log(berkas_id, what, why, searched) select coalesce(f.id, 0), 'mencari', 'NIK', 2 from (select 1) one left join (
    select b.id from berkas_party p join berkas b on b.id = p.berkas_id where length(wanted) = 16 and b.id <> file
      and b.stage not in ('SELESAI', 'BATAL') and (p.husband_nik = wanted or p.wife_nik = wanted) order by b.id limit 20) f on true;
  return pg_current_xact_id();
end $$;
create function found_numbers(search xid8) returns setof text language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return query select b.number from read_log r join berkas b on b.id = r.berkas_id where r.login = actor() and r.searched = 2
    and r.made_in = search and r.made_us > now_us() - 3600000000 and search is distinct from pg_current_xact_id_if_assigned() order by b.id;
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

-- For lists: each file is judged once, by what shows its head, and not each line of its card again.
create function list_lines(files bigint[]) returns table(berkas_id bigint, action text, as_role text, to_stage text, actor text, at_us bigint, note text)
  language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return query select p.berkas_id, p.action, p.as_role, p.to_stage, p.actor, p.at_us, p.note
    from shown_berkas b join paraf p on p.berkas_id = b.id where b.id = any(files) order by p.berkas_id, p.n;
end $$;
-- When applicants answered, the first of the newest findings, and how the documents' mail stands.
create function list_beside(resumed bigint[], paused bigint[], ready bigint[])
  returns table(what text, berkas_id bigint, at_us bigint, said text, reply text)
  language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return query with shown as materialized (select b.id from shown_berkas b where b.id = any(resumed || paused || ready))
    (select 'answer', a.berkas_id, a.came_us, '', '' from shown d join answer a on a.berkas_id = d.id where d.id = any(resumed) order by a.id)
    union all (select distinct on (f.berkas_id) 'problem', f.berkas_id, 0::bigint, f.problem, '' from shown d join finding f on f.berkas_id = d.id
      where d.id = any(paused) order by f.berkas_id, f.at_n desc, f.id)
    union all (select distinct on (o.berkas_id) 'mail', o.berkas_id, 0::bigint, coalesce(v.event, ''), coalesce(v.reply, '')
      from shown d join outbox o on o.berkas_id = d.id and o.kind = 'mail_documents'
        left join lateral (select e.event, e.reply from outbox_event e where e.outbox_id = o.id order by e.id desc limit 1) v on true
      where d.id = any(ready) order by o.berkas_id, o.id desc);
end $$;
grant execute on function list_lines(bigint[]), list_beside(bigint[], bigint[], bigint[]) to pelita3_officer;

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
begin
  perform read_committed();
  new.login := actor();
  new.made_us := now_us();
  -- Officers cannot say `searched`: only the search itself, which has judged the asker, shows a file without a reason, and only its head.
  if new.searched > 0 then
    return new;
  end if;
  if not (my_roles() && array['FO', 'EDITOR', 'KASI', 'KABID', 'KADIS', 'MAILER']) then
    perform refuse('P3403', 'read');
  end if;
  -- Nor may a reading look like a search in the log.
  if new.what is null or new.why is null or lower(trim(new.what)) like 'mencari%' then
    perform refuse('P3400', 'what');
  end if;
  if not exists (select 1 from open_berkas where id = new.berkas_id) then
    if length(trim(new.why)) < 5 then
      perform refuse('P3422', 'why');
    end if;
    -- Nobody opens files that are still to come, or all there are: two hundred of others in an hour.
    perform 1 from officer where login = actor() for no key update;
    if not exists (select 1 from berkas where id = new.berkas_id) then
      perform refuse('P3403', 'read');
    end if;
    if (select count(*) from read_log r where r.login = actor() and r.made_us > now_us() - 3600000000
        and r.searched = 0 and r.why <> '') >= 200 then
      perform refuse('P3403', 'many_readings');
    end if;
  end if;
  return new;
end $$;

grant execute on function search_files(text, text), found_files(xid8), files_with_nik(bigint, text), ask_nik(bigint, text), found_numbers(xid8),
  stage_counts(), where_now(bigint[]) to pelita3_officer;


-- Accounts are login roles of the server. Owned by a role that may make roles and that nobody can log in as; each function lets the tables
-- judge first (schema pelita3) and then does the same to the login role, in one transaction.
set local role pelita3_roles;
create function adm.demand_verifier(verifier text) returns void language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  -- What does not fit exactly would be taken for the password itself; fewer rounds than usual would be quick to guess.
  if verifier is null or length(verifier) > 200
    or verifier !~ '^SCRAM-SHA-256\$(409[6-9]|4[1-9]\d\d|[5-9]\d{3}|[1-9]\d{4,5}):[A-Za-z0-9+/]{22,}={0,2}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$' then
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
  if not found then
    -- A key that was used for something else already: an account without its first password on record.
    perform refuse('P3409', 'key');
  end if;
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
