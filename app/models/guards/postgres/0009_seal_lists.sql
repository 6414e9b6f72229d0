-- The daily seal binds the calendar, absences, lists and exports of the reading log, too.
create or replace view seal_line(tbl, id, line) as
  select 'officer_state', id, chained('', ns('officer_state') || ns(id) || ns(login) || ns(active::bigint) || ns(why) || ns(made_by) || ns(made_us)
      || ns(key)) from officer_state
  union all select 'assignment', id, chained('', ns('assignment') || ns(id) || ns(login) || ns(role) || ns(kind) || ns(basis) || ns(from_day)
      || ns(until_day) || ns(confirmed_by) || ns(made_by) || ns(made_us) || ns(key)) from assignment
  union all select 'assignment_end', id, chained('', ns('assignment_end') || ns(id) || ns(assignment_id) || ns(why) || ns(made_by) || ns(made_us)
      || ns(key)) from assignment_end
  union all select 'duty_confirm', id, chained('', ns('duty_confirm') || ns(id) || ns(login) || ns(assignment_id) || ns(password_id)
      || ns(made_by) || ns(made_us) || ns(key)) from duty_confirm
  union all select 'password', id, chained('', ns('password') || ns(id) || ns(login) || ns(must_change::bigint) || ns(made_by) || ns(made_us)
      || ns(key)) from password
  union all select 'office', id, chained('', ns('office') || ns(id) || ns(data) || ns(made_by) || ns(made_us) || ns(key)) from office
  union all select 'evidence_check', id, chained('', ns('evidence_check') || ns(id) || ns(mode) || ns(files) || ns(lines) || ns(seals::bigint)
      || ns(documents) || ns(bad::bigint) || ns(first_bad) || ns(complete::bigint) || ns(started_us) || ns(made_by) || ns(made_us)
      || ns(key)) from evidence_check
  union all select 'restored', id, chained('', ns('restored') || ns(id) || ns(file_sha256) || ns(taken_us) || ns(why) || ns(made_by)
      || ns(made_us) || ns(key)) from restored
  union all select 'read_log', id, chained('', ns('read_log') || ns(id) || ns(login) || ns(berkas_id) || ns(what) || ns(why)
      || ns(made_us)) from read_log
  union all select 'calendar_day', id, chained('', ns('calendar_day') || ns(id) || ns(day) || ns(closed::bigint) || ns(label) || ns(made_by)
      || ns(made_us) || ns(key)) from calendar_day
  union all select 'calendar_year', id, chained('', ns('calendar_year') || ns(id) || ns(year::bigint) || ns(decree) || ns(made_by) || ns(made_us)
      || ns(key)) from calendar_year
  union all select 'office_period', id, chained('', ns('office_period') || ns(id) || ns(name) || ns(first_day) || ns(last_day) || ns(week)
      || ns(state) || ns(coalesce(replaces::text, '')) || ns(made_by) || ns(made_us) || ns(key)) from office_period
  union all select 'absence', id, chained('', ns('absence') || ns(id) || ns(login) || ns(first_day) || ns(last_day) || ns(why) || ns(made_by)
      || ns(made_us) || ns(key)) from absence
  union all select 'absence_end', id, chained('', ns('absence_end') || ns(id) || ns(absence_id) || ns(why) || ns(made_by) || ns(made_us)
      || ns(key)) from absence_end
  union all select 'catalogue_option', id, chained('', ns('catalogue_option') || ns(id) || ns(kind) || ns(value) || ns(label)
      || ns(active::bigint) || ns(made_by) || ns(made_us) || ns(key)) from catalogue_option
  union all select 'catalogue_problem', id, chained('', ns('catalogue_problem') || ns(id) || ns(about) || ns(problem) || ns(solution)
      || ns(active::bigint) || ns(made_by) || ns(made_us) || ns(key)) from catalogue_problem
  union all select 'log_export', id, chained('', ns('log_export') || ns(id) || ns(wanted) || ns(lines::bigint) || ns(made_by) || ns(made_us)
      || ns(key)) from log_export;
create or replace function sealed_tables() returns text[] language sql immutable parallel safe as
  $$ select array['officer_state', 'assignment', 'assignment_end', 'duty_confirm', 'password', 'office', 'evidence_check', 'restored', 'read_log', 'calendar_day',
      'calendar_year', 'office_period', 'absence', 'absence_end', 'catalogue_option', 'catalogue_problem', 'log_export'] $$;
