-- What the administrator keeps beside officers: the calendar, office hours, absences, the lists officers choose from. The newest row counts.
create table calendar_day(
  id integer primary key autoincrement,
  day text not null check(day glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' and date(day) is not null and date(day) = day),
  closed integer not null check(closed in (0, 1)), label text not null check(length(trim(label)) between 3 and 80),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index calendar_day_day on calendar_day(day, id);

-- From this row on a year's closed days are the office's own; before, they are what the program's list of holidays proposes.
create table calendar_year(
  id integer primary key autoincrement, year integer not null check(year between 2000 and 2200),
  decree text not null check(length(trim(decree)) between 3 and 160),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

-- Other hours from day to day (Ramadan), or for good. `replaces` names the row this one takes the place of; 'withdrawn' takes it away.
create table office_period(
  id integer primary key autoincrement, name text not null check(length(trim(name)) between 3 and 80),
  first_day text not null check(date(first_day) is not null and date(first_day) = first_day),
  last_day text not null check(date(last_day) is not null and date(last_day) = last_day and last_day >= first_day),
  week text not null check(length(week) <= 2000 and json_valid(week)),
  state text not null default 'SET' check(state in ('SET', 'WITHDRAWN')), replaces integer references office_period,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

-- While an officer is absent all roles rest; who stands in holds an assignment of his own (Plh).
create table absence(
  id integer primary key autoincrement, login text not null references officer,
  first_day text not null check(date(first_day) is not null and date(first_day) = first_day),
  last_day text not null check(date(last_day) is not null and date(last_day) = last_day and last_day >= first_day),
  why text not null check(length(trim(why)) between 3 and 160),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index absence_login on absence(login, last_day);
create table absence_end(
  id integer primary key autoincrement, absence_id integer not null unique references absence,
  why text not null check(length(trim(why)) between 3 and 160),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create table catalogue_option(
  id integer primary key autoincrement, kind text not null check(kind in ('religion', 'education', 'occupation', 'blood_type', 'relation')),
  value text not null check(length(value) between 1 and 80 and trim(value) = value and upper(value) = value),
  label text not null check(length(trim(label)) between 1 and 80), active integer not null check(active in (0, 1)),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create table catalogue_problem(
  id integer primary key autoincrement, about text not null check(length(trim(about)) between 2 and 60),
  problem text not null check(length(trim(problem)) between 3 and 160), solution text not null check(length(trim(solution)) between 3 and 280),
  active integer not null check(active in (0, 1)),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

-- The reading log leaves the office as a table: who took it out, and what of it.
create table log_export(
  id integer primary key autoincrement, wanted text not null check(length(wanted) between 1 and 300), lines integer not null check(lines >= 0),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create trigger calendar_day_judge before insert on calendar_day begin
  select raise(ignore) where exists (select 1 from calendar_day where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger calendar_year_judge before insert on calendar_year begin
  select raise(ignore) where exists (select 1 from calendar_year where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger office_period_judge before insert on office_period begin
  select raise(ignore) where exists (select 1 from office_period where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3409 period') where new.replaces is not null and exists (select 1 from office_period where replaces = new.replaces);
  select raise(abort, 'P3400 period') where new.state = 'WITHDRAWN' and new.replaces is null;
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger absence_judge before insert on absence begin
  select raise(ignore) where exists (select 1 from absence where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3422 absence_past') where new.last_day < (select day from today);
  select raise(abort, 'P3422 absence_long') where julianday(new.last_day) - julianday(new.first_day) > 366;
  select raise(abort, 'P3409 absence') where exists (select 1 from absence a where a.login = new.login and a.first_day <= new.last_day
    and a.last_day >= new.first_day and not exists (select 1 from absence_end e where e.absence_id = a.id));
  select raise(abort, 'P3422 last_admin') where exists (
      select 1 from assignment a where a.role = 'ADMIN' and a.login = new.login and a.until_day >= new.first_day and a.from_day <= new.last_day
      and not exists (select 1 from assignment_end e where e.assignment_id = a.id))
    and not exists (
      select 1 from assignment a where a.role = 'ADMIN' and a.login <> new.login and a.confirmed_by <> ''
      and a.from_day <= new.first_day and a.until_day >= new.last_day and a.login in (select login from active_officer)
      and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
      and not exists (select 1 from absence b where b.login = a.login and b.first_day <= new.last_day and b.last_day >= new.first_day
        and not exists (select 1 from absence_end e where e.absence_id = b.id)));
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger absence_end_judge before insert on absence_end begin
  select raise(ignore) where exists (select 1 from absence_end where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3409 absence') where exists (select 1 from absence_end where absence_id = new.absence_id);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger catalogue_option_judge before insert on catalogue_option begin
  select raise(ignore) where exists (select 1 from catalogue_option where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger catalogue_problem_judge before insert on catalogue_problem begin
  select raise(ignore) where exists (select 1 from catalogue_problem where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger log_export_judge before insert on log_export begin
  select raise(ignore) where exists (select 1 from log_export where key = new.key and made_by = actor());
  select raise(abort, 'P3403 log') where not exists (select 1 from my_role where role in ('ADMIN', 'AUDITOR'));
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;

create trigger calendar_day_frozen before update on calendar_day begin select raise(abort, 'P3423 frozen'); end;
create trigger calendar_day_kept before delete on calendar_day begin select raise(abort, 'P3423 kept'); end;
create trigger calendar_year_frozen before update on calendar_year begin select raise(abort, 'P3423 frozen'); end;
create trigger calendar_year_kept before delete on calendar_year begin select raise(abort, 'P3423 kept'); end;
create trigger office_period_frozen before update on office_period begin select raise(abort, 'P3423 frozen'); end;
create trigger office_period_kept before delete on office_period begin select raise(abort, 'P3423 kept'); end;
create trigger absence_frozen before update on absence begin select raise(abort, 'P3423 frozen'); end;
create trigger absence_kept before delete on absence begin select raise(abort, 'P3423 kept'); end;
create trigger absence_end_frozen before update on absence_end begin select raise(abort, 'P3423 frozen'); end;
create trigger absence_end_kept before delete on absence_end begin select raise(abort, 'P3423 kept'); end;
create trigger catalogue_option_frozen before update on catalogue_option begin select raise(abort, 'P3423 frozen'); end;
create trigger catalogue_option_kept before delete on catalogue_option begin select raise(abort, 'P3423 kept'); end;
create trigger catalogue_problem_frozen before update on catalogue_problem begin select raise(abort, 'P3423 frozen'); end;
create trigger catalogue_problem_kept before delete on catalogue_problem begin select raise(abort, 'P3423 kept'); end;
create trigger log_export_frozen before update on log_export begin select raise(abort, 'P3423 frozen'); end;
create trigger log_export_kept before delete on log_export begin select raise(abort, 'P3423 kept'); end;

-- Who is absent today.
create view away(login) as
  select a.login from absence a, today t where t.day between a.first_day and a.last_day
    and not exists (select 1 from absence_end e where e.absence_id = a.id);
-- As in 0006, but an absent officer has no role.
drop view role_in_force;
create view role_in_force(login, role, assignment_id, kind, basis, until_day) as
  select a.login, a.role, a.id, a.kind, a.basis, a.until_day from assignment a, today t
  where a.login in (select login from active_officer) and t.day between a.from_day and a.until_day
    and a.login not in (select w.login from away w)
    and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
    and (a.confirmed_by <> '' or exists (select 1 from duty_confirm c where c.login = a.login and c.assignment_id >= a.id))
    and (a.role not in ('KASI', 'KABID', 'KADIS')
      or coalesce((select max(p.id) from password p where p.login = a.login and p.made_by <> p.login and p.made_by <> 'pemasangan'), 0)
        <= coalesce((select max(c.password_id) from duty_confirm c where c.login = a.login), 0));

-- As in 0001, but whoever has leave before him is not the administrator who stays: nobody else could call it off.
create view staying_admin(login, assignment_id) as
  select a.login, a.id from assignment a, today t where a.role = 'ADMIN' and a.confirmed_by <> '' and t.day between a.from_day and a.until_day
    and a.login in (select login from active_officer) and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
    and not exists (select 1 from absence b where b.login = a.login and b.last_day >= t.day
      and not exists (select 1 from absence_end e where e.absence_id = b.id));
drop trigger officer_state_judge;
create trigger officer_state_judge before insert on officer_state begin
  select raise(ignore) where exists (select 1 from officer_state where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3422 last_admin') where new.active = 0 and not exists (select 1 from staying_admin where login <> new.login);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
drop trigger assignment_end_judge;
create trigger assignment_end_judge before insert on assignment_end begin
  select raise(ignore) where exists (select 1 from assignment_end where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3422 last_admin') where exists (select 1 from assignment where id = new.assignment_id and role = 'ADMIN')
    and not exists (select 1 from staying_admin where assignment_id <> new.assignment_id);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;

-- Grows with every change of calendar and lists, so that a client knows cheaply whether what it read is still true.
create view lists_version(version) as select
  (select coalesce(max(id), 0) from calendar_day) + (select coalesce(max(id), 0) from calendar_year)
  + (select coalesce(max(id), 0) from office_period) + (select coalesce(max(id), 0) from catalogue_option)
  + (select coalesce(max(id), 0) from catalogue_problem);

-- Files that are under way, for "how many clocks change"; nothing of them but when they began.
create view open_file(made_us) as
  select b.made_us from berkas b where b.stage in (select s.stage from sop_stage s where s.kind <> 'end')
    and exists (select 1 from my_role where role = 'ADMIN');

-- The reading log as the administrator and the auditor see it: file numbers, never what stands in a file.
create view reading(id, login, name, berkas_id, number, what, why, made_us) as
  select r.id, r.login, coalesce(o.name, r.login), r.berkas_id, b.number, r.what, r.why, r.made_us
  from read_log r left join officer o on o.login = r.login left join berkas b on b.id = r.berkas_id
  where exists (select 1 from my_role where role in ('ADMIN', 'AUDITOR'));
create index read_log_made on read_log(made_us);
