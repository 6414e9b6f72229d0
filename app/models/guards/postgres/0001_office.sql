-- Officers, their dated assignments, the office's own data, and the small functions that every guard uses.
create function now_us() returns bigint language sql volatile parallel safe as
  $$ select (extract(epoch from clock_timestamp()) * 1000000)::bigint $$;
-- Who logged in, never who he says he is: SET ROLE and settings do not change session_user.
create function actor() returns text language sql stable parallel safe as
  $$ select case when session_user like 'p\_%' then substr(session_user::text, 3) else '@' || session_user end $$;
create function today() returns text language sql volatile parallel safe as
  $$ select to_char(timestamp 'epoch' + (now_us() / 1000000 + 25200) * interval '1 second', 'YYYY-MM-DD') $$;
-- plpgsql where the text cannot be taken over into the caller's own: it keeps its plan.
create function sha256hex(content text) returns text language plpgsql immutable parallel safe as
  $$ begin return encode(sha256(convert_to(content, 'UTF8')), 'hex'); end $$;
create function sha256hex(content bytea) returns text language plpgsql immutable parallel safe as
  $$ begin return encode(sha256(content), 'hex'); end $$;
-- A field as unambiguous bytes: its length, a colon, itself, a comma.
create function ns(field text) returns text language sql immutable parallel safe as
  $$ select octet_length(field)::text || ':' || field || ',' $$;
create function ns(field bigint) returns text language sql immutable parallel safe as
  $$ select length(field::text)::text || ':' || field::text || ',' $$;
create function chained(previous text, fields text) returns text language plpgsql immutable parallel safe as
  $$ begin return encode(sha256(decode(previous, 'hex') || convert_to(fields, 'UTF8')), 'hex'); end $$;
create function refuse(code text, detail text) returns void language plpgsql as $$
begin
  raise exception using errcode = code, message = code || ' ' || detail;
end $$;
-- A command is judged on what is committed now, not on a picture taken when the caller's transaction began.
create function read_committed() returns void language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform refuse('P3400', 'isolation');
  end if;
end $$;

create table officer(
  login text primary key check(login ~ '^[a-z][a-z0-9._-]{1,39}$' and login not in ('pemohon', 'pemasangan')),
  name text not null check(length(trim(name)) between 2 and 100),
  nip text not null default '', rank text not null default '', position text not null default '', place text not null default '',
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);

create table officer_state(
  id bigint generated always as identity primary key, login text not null references officer, active integer not null check(active in (0, 1)),
  why text not null default '',
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create index officer_state_login on officer_state(login, id);

-- The password itself is the login role's, in the server's own catalogue; here stands who set it when.
create table password(
  id bigint generated always as identity primary key, login text not null references officer, hash text not null default '' check(hash = ''),
  must_change integer not null default 0 check(must_change in (0, 1)), made_in xid8 not null default pg_current_xact_id(),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create index password_login on password(login, id);

create table login_attempt(
  id bigint generated always as identity primary key, login text not null, ok integer not null check(ok in (0, 1)),
  pc text not null default '' check(length(pc) <= 100), made_us bigint not null default now_us());
create index login_attempt_login on login_attempt(login, id);

create table assignment(
  id bigint generated always as identity primary key, login text not null references officer,
  role text not null check(role in ('FO','EDITOR','KASI','KABID','KADIS','ADMIN','MAILER','KIOSK','DISPLAY','AUDITOR')),
  kind text not null default 'TETAP' check(kind in ('TETAP','PLH','PLT')), basis text not null default '' check(length(basis) <= 500),
  from_day text not null default '0001-01-01' check(from_day ~ '^\d{4}-\d\d-\d\d$'),
  until_day text not null default '9999-12-31' check(until_day ~ '^\d{4}-\d\d-\d\d$' and until_day >= from_day),
  confirmed_by text not null default '',
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create index assignment_login on assignment(login);

create table assignment_end(
  id bigint generated always as identity primary key, assignment_id bigint not null references assignment, why text not null default '',
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create index assignment_end_assignment on assignment_end(assignment_id);

create table office(
  id bigint generated always as identity primary key, data text not null check(length(data) <= 262144 and data::json is not null),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);

create table read_log(
  id bigint generated always as identity primary key, login text not null default actor(), berkas_id bigint not null,
  what text not null check(length(what) between 1 and 200), why text not null default '' check(length(why) <= 500),
  made_us bigint not null default now_us(), searched integer not null default 0,
  -- The transaction that wrote it: a reading opens a file only when it can no longer be taken back.
  made_in xid8 not null default pg_current_xact_id());
create index read_log_berkas on read_log(berkas_id, id);
create index read_log_login on read_log(login, made_us);

create function frozen() returns trigger language plpgsql as $$
begin
  perform refuse('P3423', case tg_op when 'UPDATE' then 'frozen' else 'kept' end);
end $$;

-- First thing before every insert: who and when are the server's to say; a repeated key is a repeated press and adds nothing.
create function stamp() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare again boolean;
begin
  execute format('select exists (select 1 from %I where key = $1 and made_by = $2)', tg_table_name) into again using new.key, actor();
  if again then
    return null;
  end if;
  new.made_by := actor();
  new.made_us := now_us();
  return new;
end $$;

-- A second person's word: a Kabid or Kadis has seen an officer's appointments up to one number, and passwords set by others up to another.
create table duty_confirm(
  id bigint generated always as identity primary key, login text not null references officer, assignment_id bigint not null default 0,
  password_id bigint not null default 0,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create index duty_confirm_login on duty_confirm(login);

create view active_officer with (security_invoker = true) as
  select o.login from officer o
  where coalesce((select s.active from officer_state s where s.login = o.login order by s.id desc limit 1), 1) = 1;

-- Who holds which role today. Heads have none before a second person confirmed the appointment, and none after a password reset that
-- nobody confirmed: whoever typed that password would be the head.
create view role_in_force(login, role, assignment_id, kind, basis, until_day) with (security_invoker = true) as
  select a.login, a.role, a.id, a.kind, a.basis, a.until_day from assignment a
  where today() between a.from_day and a.until_day
    and coalesce((select s.active from officer_state s where s.login = a.login order by s.id desc limit 1), 1) = 1
    and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
    and (a.confirmed_by <> '' or exists (select 1 from duty_confirm c where c.login = a.login and c.assignment_id >= a.id))
    and (a.role not in ('KASI', 'KABID', 'KADIS')
      or coalesce((select max(p.id) from password p where p.login = a.login and p.made_by <> p.login and p.made_by not like '@%'), 0)
        <= coalesce((select max(c.password_id) from duty_confirm c where c.login = a.login), 0));
-- What stands of an officer's appointments, whatever the day: reckoned when something about him is written, so that every command of his looks
-- into one small table instead of seven. A password that must be changed gives no role but the wish to change it, and a new one counts when
-- it can no longer be taken back (`password_in`). Who works in a person's name must have chosen the password himself: only machines keep
-- one that an administrator knows.
create table standing(
  login text not null references officer, assignment_id bigint not null references assignment, role text not null, kind text not null,
  basis text not null, from_day text not null, until_day text not null, password_in xid8 not null, away datemultirange not null,
  primary key(login, assignment_id));
-- The days on which somebody has no role; 0008 knows of absences.
create function away_days(who text) returns datemultirange language plpgsql stable as $$ begin return '{}'; end $$;
create view stands(login, assignment_id, role, kind, basis, from_day, until_day, password_in, away) as
  select a.login, a.id, a.role, a.kind, a.basis, a.from_day, a.until_day, coalesce(s.made_in, '0'), away_days(a.login)
  from assignment a left join lateral (select p.* from password p where p.login = a.login order by p.id desc limit 1) s on true
  where coalesce((select t.active from officer_state t where t.login = a.login order by t.id desc limit 1), 1) = 1
    and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
    and (a.confirmed_by <> '' or exists (select 1 from duty_confirm c where c.login = a.login and c.assignment_id >= a.id))
    and (a.role not in ('KASI', 'KABID', 'KADIS')
      or coalesce((select max(p.id) from password p where p.login = a.login and p.made_by <> p.login and p.made_by not like '@%'), 0)
        <= coalesce((select max(c.password_id) from duty_confirm c where c.login = a.login), 0))
    and (s.id is null or (s.must_change = 0
      and (s.made_by = s.login or s.made_by like '@%' or a.role in ('MAILER', 'KIOSK', 'DISPLAY', 'AUDITOR'))));
-- One writer per officer: whoever comes second sees what the first has written. A picture taken earlier would not, so it is refused.
create function reckon(who text) returns void language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  perform 1 from officer where login = who for no key update;
  delete from standing where login = who;
  insert into standing select * from stands where login = who;
end $$;
create function reckon_officer() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform reckon(new.login);
  return null;
end $$;
create function reckon_end() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform reckon((select a.login from assignment a where a.id = new.assignment_id));
  return null;
end $$;
-- What the officer at the keyboard may do today.
create view my_role(role, assignment_id, kind, basis) with (security_invoker = true) as
  select s.role, s.assignment_id, s.kind, s.basis from standing s
  where s.login = actor() and today() between s.from_day and s.until_day and not s.away @> today()::date
    and s.password_in is distinct from pg_current_xact_id_if_assigned();

-- plpgsql keeps its plans; policies call these once per question.
create function my_roles() returns text[] language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return (select coalesce(array_agg(distinct role), '{}') from my_role);
end $$;
create function has_role(wanted text) returns boolean language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return exists (select 1 from my_role where role = wanted);
end $$;
-- The administrator, or the server's own superuser while the office is being installed.
create function may_administer() returns boolean language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return current_setting('is_superuser') = 'on' or has_role('ADMIN');
end $$;
create function other_admin_than(without_login text, without_assignment bigint) returns boolean
  language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return exists (select 1 from assignment a where a.role = 'ADMIN' and a.login <> without_login and a.id <> without_assignment
    and today() between a.from_day and a.until_day and a.confirmed_by <> '' and a.login in (select login from active_officer)
    and not exists (select 1 from assignment_end e where e.assignment_id = a.id));
end $$;

create function judge_admin() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not may_administer() then
    perform refuse('P3403', 'admin');
  end if;
  return new;
end $$;
create function judge_officer() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if exists (select 1 from officer where login = new.login) then
    perform refuse('P3409', 'login');
  end if;
  return new;
end $$;
create function judge_officer_state() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if new.active = 0 and not other_admin_than(new.login, 0) then
    perform refuse('P3422', 'last_admin');
  end if;
  return new;
end $$;
-- What a second person confirms is confirmed up to a number. So numbers of one officer's rows come to light in their order: a row that was
-- held back in an open transaction and would slip in below what was already shown is refused.
create function in_order(whose text, tbl text, number bigint) returns void language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare later boolean;
begin
  perform 1 from officer where login = whose for no key update;
  execute format('select exists (select 1 from %I where login = $1 and id > $2)', tbl) into later using whose, number;
  if later then
    perform refuse('P3409', 'order');
  end if;
end $$;
create function judge_password() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if new.login <> actor() and not may_administer() then
    perform refuse('P3403', 'admin');
  end if;
  perform in_order(new.login, 'password', new.id);
  return new;
end $$;
-- Heads are confirmed by a second person, and whoever appoints himself to anything.
create function judge_assignment() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if current_setting('is_superuser') <> 'on' then
    new.confirmed_by := case when new.role in ('KASI', 'KABID', 'KADIS') or new.login = actor() then '' else actor() end;
  end if;
  perform in_order(new.login, 'assignment', new.id);
  return new;
end $$;
create function judge_assignment_end() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if exists (select 1 from assignment where id = new.assignment_id and role = 'ADMIN') and not other_admin_than('', new.assignment_id) then
    perform refuse('P3422', 'last_admin');
  end if;
  return new;
end $$;
create function judge_duty_confirm() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if current_setting('is_superuser') <> 'on' then
    if not (has_role('KABID') or has_role('KADIS')) or new.login = actor()
      or exists (select 1 from assignment a where a.login = new.login and a.id <= new.assignment_id and a.made_by = actor() and a.confirmed_by = '')
      or exists (select 1 from password p where p.login = new.login and p.id <= new.password_id and p.made_by = actor()) then
      perform refuse('P3403', 'confirm');
    end if;
  end if;
  if new.assignment_id > coalesce((select max(id) from assignment where login = new.login), 0)
    or new.password_id > coalesce((select max(id) from password where login = new.login), 0) then
    perform refuse('P3400', 'number');
  end if;
  return new;
end $$;
create function judge_reading() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  new.login := actor();
  new.made_us := now_us();
  if my_roles() = '{}' then
    perform refuse('P3403', 'read');
  end if;
  return new;
end $$;
create function judge_login_attempt() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  new.login := actor();
  new.ok := 1;
  new.made_us := now_us();
  return new;
end $$;

create trigger officer_a_stamp before insert on officer for each row execute function stamp();
create trigger officer_b_judge before insert on officer for each row execute function judge_admin();
create trigger officer_c_judge before insert on officer for each row execute function judge_officer();
create trigger officer_state_a_stamp before insert on officer_state for each row execute function stamp();
create trigger officer_state_b_judge before insert on officer_state for each row execute function judge_admin();
create trigger officer_state_c_judge before insert on officer_state for each row execute function judge_officer_state();
create trigger password_a_stamp before insert on password for each row execute function stamp();
create trigger password_b_judge before insert on password for each row execute function judge_password();
create trigger assignment_a_stamp before insert on assignment for each row execute function stamp();
create trigger assignment_b_judge before insert on assignment for each row execute function judge_admin();
create trigger assignment_c_judge before insert on assignment for each row execute function judge_assignment();
create trigger assignment_end_a_stamp before insert on assignment_end for each row execute function stamp();
create trigger assignment_end_b_judge before insert on assignment_end for each row execute function judge_admin();
create trigger assignment_end_c_judge before insert on assignment_end for each row execute function judge_assignment_end();
create trigger duty_confirm_a_stamp before insert on duty_confirm for each row execute function stamp();
create trigger duty_confirm_b_judge before insert on duty_confirm for each row execute function judge_duty_confirm();
create trigger office_a_stamp before insert on office for each row execute function stamp();
create trigger office_b_judge before insert on office for each row execute function judge_admin();
create trigger read_log_b_judge before insert on read_log for each row execute function judge_reading();
create trigger login_attempt_b_judge before insert on login_attempt for each row execute function judge_login_attempt();

create trigger officer_state_z_reckon after insert on officer_state for each row execute function reckon_officer();
create trigger password_z_reckon after insert on password for each row execute function reckon_officer();
create trigger assignment_z_reckon after insert on assignment for each row execute function reckon_officer();
create trigger assignment_end_z_reckon after insert on assignment_end for each row execute function reckon_end();
create trigger duty_confirm_z_reckon after insert on duty_confirm for each row execute function reckon_officer();

-- Freezes a table for everybody, its owner too, and lets in only what policies and column grants name.
create procedure close_table(name text) language plpgsql as $$
begin
  execute format('create trigger %I before update or delete on %I for each row execute function frozen()', name || '_frozen', name);
  execute format('create trigger %I before truncate on %I for each statement execute function frozen()', name || '_kept', name);
  execute format('alter table %I enable row level security', name);
end $$;
call close_table('officer');
call close_table('officer_state');
call close_table('password');
call close_table('login_attempt');
call close_table('assignment');
call close_table('assignment_end');
call close_table('duty_confirm');
call close_table('office');
call close_table('read_log');
-- Written by `reckon` only; nobody else has a right to it, and `server-check` reckons all of it again.
alter table standing enable row level security;

-- Colleagues' names, places and duties are known in an office; who logged in when and what was read is not everybody's.
-- A machine in the hall knows itself.
create policy seen on officer for select to pelita3_officer, pelita3_roles using (true);
create policy seen on officer_state for select to pelita3_officer, pelita3_roles using (true);
create policy seen on assignment for select to pelita3_officer, pelita3_roles using (true);
create policy seen on assignment_end for select to pelita3_officer, pelita3_roles using (true);
create policy seen on duty_confirm for select to pelita3_officer, pelita3_roles using (true);
create policy seen on password for select to pelita3_officer, pelita3_roles using (true);
create policy seen on office for select to pelita3_officer using (true);
create policy itself on officer for select to pelita3_kiosk using (login = actor());
create policy itself on officer_state for select to pelita3_kiosk using (login = actor());
create policy itself on assignment for select to pelita3_kiosk using (login = actor());
create policy itself on assignment_end for select to pelita3_kiosk using (exists (select 1 from assignment a where a.id = assignment_id));
create policy itself on duty_confirm for select to pelita3_kiosk using (login = actor());
create policy itself on password for select to pelita3_kiosk using (login = actor());
create policy own on login_attempt for select to pelita3_officer using (login = actor() or (select has_role('ADMIN')));
-- What a search has found is told only when the search can no longer be taken back.
create policy own on read_log for select to pelita3_officer
  using ((searched = 0 or made_in is distinct from (select pg_current_xact_id_if_assigned()))
    and (login = actor() or (select has_role('ADMIN') or has_role('AUDITOR') or has_role('KABID') or has_role('KADIS'))));
create policy own on standing for select to pelita3_officer, pelita3_kiosk using (login = actor());
create policy added on officer for insert to pelita3_officer, pelita3_roles with check (made_by = actor());
create policy added on officer_state for insert to pelita3_officer, pelita3_roles with check (made_by = actor());
create policy added on password for insert to pelita3_officer, pelita3_roles with check (made_by = actor());
create policy added on assignment for insert to pelita3_officer, pelita3_roles with check (made_by = actor());
create policy added on assignment_end for insert to pelita3_officer with check (made_by = actor());
create policy added on duty_confirm for insert to pelita3_officer with check (made_by = actor());
create policy added on office for insert to pelita3_officer with check (made_by = actor());
create policy added on read_log for insert to pelita3_officer with check (login = actor());
create policy added on login_attempt for insert to pelita3_officer with check (login = actor());

grant select on officer, officer_state, password, login_attempt, assignment, assignment_end, duty_confirm, office, read_log, active_officer, my_role, role_in_force,
  standing to pelita3_officer;
grant select on officer, officer_state, assignment, assignment_end, duty_confirm, active_officer, my_role, role_in_force, password, standing
  to pelita3_kiosk;
grant select on officer, officer_state, password, assignment to pelita3_roles;
-- Accounts and passwords are made by the functions of schema adm only: a row without its login role would be an account that nobody can use.
grant insert(login, name, nip, rank, position, place, key), select on officer to pelita3_roles;
grant insert(login, active, why, key) on officer_state to pelita3_roles;
grant insert(login, must_change, key) on password to pelita3_roles;
grant insert(login, role, kind, basis, from_day, until_day, confirmed_by, key) on assignment to pelita3_officer;
grant insert(assignment_id, why, key) on assignment_end to pelita3_officer;
grant insert(login, assignment_id, password_id, key) on duty_confirm to pelita3_officer;
grant insert(data, key) on office to pelita3_officer;
grant insert(berkas_id, what, why) on read_log to pelita3_officer;
grant insert(login, ok, pc) on login_attempt to pelita3_officer;
grant execute on function actor(), now_us(), today(), my_roles(), has_role(text), sha256hex(text), sha256hex(bytea), ns(text), ns(bigint),
  refuse(text, text), read_committed(), frozen(), stamp() to pelita3_officer, pelita3_kiosk, pelita3_display, pelita3_roles, pelita3_backup;
