-- What the administrator keeps beside officers: the calendar, office hours, absences, the lists officers choose from. The newest row counts.
create function is_day(text) returns boolean language plpgsql immutable as $$
begin
  return $1 ~ '^\d{4}-\d\d-\d\d$' and to_char(make_date(substr($1, 1, 4)::int, substr($1, 6, 2)::int, substr($1, 9, 2)::int), 'YYYY-MM-DD') = $1;
exception when others then
  return false;
end $$;

create table calendar_day(
  id bigint generated always as identity primary key, day text not null check(is_day(day)), closed integer not null check(closed in (0, 1)),
  label text not null constraint length_calendar_day_label check(length(trim(label)) between 3 and 80),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_calendar_day_key check(length(key) between 8 and 80));
create index calendar_day_day on calendar_day(day, id);

-- From this row on a year's closed days are the office's own; before, they are what the program's list of holidays proposes.
create table calendar_year(
  id bigint generated always as identity primary key, year integer not null check(year between 2000 and 2200),
  decree text not null constraint length_calendar_year_decree check(length(trim(decree)) between 3 and 160),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_calendar_year_key check(length(key) between 8 and 80));

-- Other hours from day to day (Ramadan), or for good. `replaces` names the row this one takes the place of; 'WITHDRAWN' takes it away.
create table office_period(
  id bigint generated always as identity primary key, name text not null constraint length_office_period_name check(length(trim(name)) between 3 and 80),
  first_day text not null check(is_day(first_day)), last_day text not null check(is_day(last_day) and last_day >= first_day),
  week text not null check(length(week) <= 2000 and week::json is not null),
  state text not null default 'SET' check(state in ('SET', 'WITHDRAWN')), replaces bigint references office_period,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_office_period_key check(length(key) between 8 and 80));

-- While an officer is absent all roles rest; who stands in holds an assignment of his own (Plh).
create table absence(
  id bigint generated always as identity primary key, login text not null references officer,
  first_day text not null check(is_day(first_day)), last_day text not null check(is_day(last_day) and last_day >= first_day),
  why text not null constraint length_absence_why check(length(trim(why)) between 3 and 160),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_absence_key check(length(key) between 8 and 80));
create index absence_login on absence(login, last_day);
create table absence_end(
  id bigint generated always as identity primary key, absence_id bigint not null references absence,
  why text not null constraint length_absence_end_why check(length(trim(why)) between 3 and 160),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_absence_end_key check(length(key) between 8 and 80));
create index absence_end_absence on absence_end(absence_id);

create table catalogue_option(
  id bigint generated always as identity primary key,
  kind text not null check(kind in ('religion', 'education', 'occupation', 'blood_type', 'relation')),
  value text not null constraint length_catalogue_option_value check(length(value) between 1 and 80),
  label text not null constraint length_catalogue_option_label check(length(trim(label)) between 1 and 80),
  active integer not null check(active in (0, 1)),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  check(trim(value) = value and upper(value) = value),
  constraint limit_catalogue_option_key check(length(key) between 8 and 80));
create table catalogue_problem(
  id bigint generated always as identity primary key,
  about text not null constraint length_catalogue_problem_about check(length(trim(about)) between 2 and 60),
  problem text not null constraint length_catalogue_problem_problem check(length(trim(problem)) between 3 and 160),
  solution text not null constraint length_catalogue_problem_solution check(length(trim(solution)) between 3 and 280),
  active integer not null check(active in (0, 1)),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_catalogue_problem_key check(length(key) between 8 and 80));

-- The reading log leaves the office as a table: who took it out, and what of it.
create table log_export(
  id bigint generated always as identity primary key, wanted text not null check(length(wanted) between 1 and 300),
  lines integer not null check(lines >= 0),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_log_export_key check(length(key) between 8 and 80));

-- Serialises two administrators who change the same thing; only they write here, so nobody else waits.
create function judge_office_period() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  lock table office_period in share row exclusive mode;
  if new.replaces is not null and exists (select 1 from office_period where replaces = new.replaces) then
    perform refuse('P3409', 'period');
  end if;
  if new.state = 'WITHDRAWN' and new.replaces is null then
    perform refuse('P3400', 'period');
  end if;
  return new;
end $$;
create function is_absent(who text, first text, last text) returns boolean language plpgsql stable security definer
  set search_path = pelita3, pg_temp as $$
begin
  return exists (select 1 from absence a where a.login = who and a.first_day <= last and a.last_day >= first
    and not exists (select 1 from absence_end e where e.absence_id = a.id));
end $$;
create function judge_absence() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  lock table absence in share row exclusive mode;
  if new.last_day < today() then
    perform refuse('P3422', 'absence_past');
  end if;
  if new.last_day::date - new.first_day::date > 366 then
    perform refuse('P3422', 'absence_long');
  end if;
  if is_absent(new.login, new.first_day, new.last_day) then
    perform refuse('P3409', 'absence');
  end if;
  if exists (select 1 from assignment a where a.role = 'ADMIN' and a.login = new.login and a.until_day >= new.first_day and a.from_day <= new.last_day
      and not exists (select 1 from assignment_end e where e.assignment_id = a.id))
    and not exists (select 1 from assignment a where a.role = 'ADMIN' and a.login <> new.login and a.confirmed_by <> ''
      and a.from_day <= new.first_day and a.until_day >= new.last_day and a.login in (select login from active_officer)
      and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
      and not is_absent(a.login, new.first_day, new.last_day)) then
    perform refuse('P3422', 'last_admin');
  end if;
  return new;
end $$;
create function judge_absence_end() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  lock table absence_end in share row exclusive mode;
  if exists (select 1 from absence_end where absence_id = new.absence_id) then
    perform refuse('P3409', 'absence');
  end if;
  return new;
end $$;
create function judge_log_export() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not (has_role('ADMIN') or has_role('AUDITOR')) then
    perform refuse('P3403', 'log');
  end if;
  return new;
end $$;

create trigger calendar_day_a_stamp before insert on calendar_day for each row execute function stamp();
create trigger calendar_day_b_judge before insert on calendar_day for each row execute function judge_admin();
create trigger calendar_year_a_stamp before insert on calendar_year for each row execute function stamp();
create trigger calendar_year_b_judge before insert on calendar_year for each row execute function judge_admin();
create trigger office_period_a_stamp before insert on office_period for each row execute function stamp();
create trigger office_period_b_judge before insert on office_period for each row execute function judge_admin();
create trigger office_period_c_judge before insert on office_period for each row execute function judge_office_period();
create trigger absence_a_stamp before insert on absence for each row execute function stamp();
create trigger absence_b_judge before insert on absence for each row execute function judge_admin();
create trigger absence_c_judge before insert on absence for each row execute function judge_absence();
create trigger absence_end_a_stamp before insert on absence_end for each row execute function stamp();
create trigger absence_end_b_judge before insert on absence_end for each row execute function judge_admin();
create trigger absence_end_c_judge before insert on absence_end for each row execute function judge_absence_end();
create trigger catalogue_option_a_stamp before insert on catalogue_option for each row execute function stamp();
create trigger catalogue_option_b_judge before insert on catalogue_option for each row execute function judge_admin();
create trigger catalogue_problem_a_stamp before insert on catalogue_problem for each row execute function stamp();
create trigger catalogue_problem_b_judge before insert on catalogue_problem for each row execute function judge_admin();
create trigger log_export_a_stamp before insert on log_export for each row execute function stamp();
create trigger log_export_b_judge before insert on log_export for each row execute function judge_log_export();
call close_table('calendar_day');
call close_table('calendar_year');
call close_table('office_period');
call close_table('absence');
call close_table('absence_end');
call close_table('catalogue_option');
call close_table('catalogue_problem');
call close_table('log_export');

-- Who is absent today; the owner's view, because why somebody is absent is not everybody's.
create view away(login) with (security_barrier = true) as
  select a.login from absence a where today() >= a.first_day and today() <= a.last_day
    and not exists (select 1 from absence_end e where e.absence_id = a.id);
create or replace function away_days(who text) returns datemultirange language plpgsql stable as $$
begin
  return (select coalesce(range_agg(daterange(a.first_day::date, a.last_day::date, '[]')), '{}') from absence a
    where a.login = who and not exists (select 1 from absence_end e where e.absence_id = a.id));
end $$;
create function reckon_absence_end() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform reckon((select a.login from absence a where a.id = new.absence_id));
  return null;
end $$;
create trigger absence_z_reckon after insert on absence for each row execute function reckon_officer();
create trigger absence_end_z_reckon after insert on absence_end for each row execute function reckon_absence_end();
-- As in 0001, but an absent officer has no role.
create or replace view role_in_force(login, role, assignment_id, kind, basis, until_day) with (security_invoker = true) as
  select a.login, a.role, a.id, a.kind, a.basis, a.until_day from assignment a
  where today() >= a.from_day and today() <= a.until_day
    and coalesce((select s.active from officer_state s where s.login = a.login order by s.id desc limit 1), 1) = 1
    and not exists (select 1 from away w where w.login = a.login)
    and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
    and (a.confirmed_by <> '' or exists (select 1 from duty_confirm c where c.login = a.login and c.assignment_id >= a.id))
    and (a.role not in ('KASI', 'KABID', 'KADIS')
      or coalesce((select max(p.id) from password p where p.login = a.login and p.made_by <> p.login and p.made_by not like '@%'), 0)
        <= coalesce((select max(c.password_id) from duty_confirm c where c.login = a.login), 0));

-- As in 0001, but whoever has leave before him is not the administrator who stays: nobody else could call it off.
create or replace function other_admin_than(without_login text, without_assignment bigint) returns boolean
  language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return exists (select 1 from assignment a where a.role = 'ADMIN' and a.login <> without_login and a.id <> without_assignment
    and today() between a.from_day and a.until_day and a.confirmed_by <> '' and a.login in (select login from active_officer)
    and not is_absent(a.login, today(), '9999-12-31') and not exists (select 1 from assignment_end e where e.assignment_id = a.id));
end $$;

-- Grows with every change of calendar and lists, so that a client knows cheaply whether what it read is still true.
create view lists_version(version) as select
  (select coalesce(max(id), 0) from calendar_day) + (select coalesce(max(id), 0) from calendar_year)
  + (select coalesce(max(id), 0) from office_period) + (select coalesce(max(id), 0) from catalogue_option)
  + (select coalesce(max(id), 0) from catalogue_problem);

-- Files that are under way, for "how many clocks change"; nothing of them but when they began.
create view open_file(made_us) with (security_barrier = true) as
  select b.made_us from berkas b where b.stage in (select s.stage from sop_stage s where s.kind <> 'end')
    and (select has_role('ADMIN'));

-- The reading log as the administrator and the auditor see it: file numbers, never what stands in a file. As in 0001, what a search has
-- found is told only when the search can no longer be taken back.
create view reading(id, login, name, berkas_id, number, what, why, made_us) as
  select r.id, r.login, coalesce(o.name, r.login), r.berkas_id, b.number, r.what, r.why, r.made_us
  from read_log r left join officer o on o.login = r.login left join berkas b on b.id = r.berkas_id
  where (select has_role('ADMIN') or has_role('AUDITOR'))
    and (r.searched = 0 or r.made_in is distinct from (select pg_current_xact_id_if_assigned()));
create index read_log_made on read_log(made_us);

create policy seen on calendar_day for select to pelita3_officer, pelita3_kiosk, pelita3_display using (true);
create policy seen on calendar_year for select to pelita3_officer, pelita3_kiosk, pelita3_display using (true);
create policy seen on office_period for select to pelita3_officer, pelita3_kiosk, pelita3_display using (true);
create policy seen on catalogue_option for select to pelita3_officer using (true);
create policy seen on catalogue_problem for select to pelita3_officer using (true);
create policy seen on absence for select to pelita3_officer using (login = actor() or (select my_roles()) && array['ADMIN', 'AUDITOR', 'KABID', 'KADIS']);
create policy seen on absence_end for select to pelita3_officer using (exists (select 1 from absence a where a.id = absence_id));
create policy seen on log_export for select to pelita3_officer using ((select my_roles()) && array['ADMIN', 'AUDITOR']);
create policy added on calendar_day for insert to pelita3_officer with check (made_by = actor());
create policy added on calendar_year for insert to pelita3_officer with check (made_by = actor());
create policy added on office_period for insert to pelita3_officer with check (made_by = actor());
create policy added on absence for insert to pelita3_officer with check (made_by = actor());
create policy added on absence_end for insert to pelita3_officer with check (made_by = actor());
create policy added on catalogue_option for insert to pelita3_officer with check (made_by = actor());
create policy added on catalogue_problem for insert to pelita3_officer with check (made_by = actor());
create policy added on log_export for insert to pelita3_officer with check (made_by = actor());

grant execute on function is_day(text) to pelita3_officer;
grant select on calendar_day, calendar_year, office_period, lists_version to pelita3_officer, pelita3_kiosk, pelita3_display;
grant select on away to pelita3_officer, pelita3_kiosk;
grant select on absence, absence_end, catalogue_option, catalogue_problem, log_export, open_file, reading to pelita3_officer;
grant insert(day, closed, label, key) on calendar_day to pelita3_officer;
grant insert(year, decree, key) on calendar_year to pelita3_officer;
grant insert(name, first_day, last_day, week, state, replaces, key) on office_period to pelita3_officer;
grant insert(login, first_day, last_day, why, key) on absence to pelita3_officer;
grant insert(absence_id, why, key) on absence_end to pelita3_officer;
grant insert(kind, value, label, active, key) on catalogue_option to pelita3_officer;
grant insert(about, problem, solution, active, key) on catalogue_problem to pelita3_officer;
grant insert(wanted, lines, key) on log_export to pelita3_officer;
