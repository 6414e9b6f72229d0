-- The daily seal binds the calendar, absences, lists and exports of the reading log, too.
drop view seal_line;
create view seal_line(tbl, id, line) as
  select 'officer_state', id, chain('', 'officer_state', id, login, active, why, made_by, made_us, key) from officer_state
  union all select 'assignment', id, chain('', 'assignment', id, login, role, kind, basis, from_day, until_day, confirmed_by, made_by, made_us,
      key) from assignment
  union all select 'assignment_end', id, chain('', 'assignment_end', id, assignment_id, why, made_by, made_us, key) from assignment_end
  union all select 'duty_confirm', id, chain('', 'duty_confirm', id, login, assignment_id, password_id, made_by, made_us, key) from duty_confirm
  union all select 'password', id, chain('', 'password', id, login, must_change, made_by, made_us, key) from password
  union all select 'office', id, chain('', 'office', id, data, made_by, made_us, key) from office
  union all select 'evidence_check', id, chain('', 'evidence_check', id, mode, files, lines, seals, documents, bad, first_bad, complete, started_us,
      made_by, made_us, key) from evidence_check
  union all select 'restored', id, chain('', 'restored', id, file_sha256, taken_us, why, made_by, made_us, key) from restored
  union all select 'calendar_day', id, chain('', 'calendar_day', id, day, closed, label, made_by, made_us, key) from calendar_day
  union all select 'calendar_year', id, chain('', 'calendar_year', id, year, decree, made_by, made_us, key) from calendar_year
  union all select 'office_period', id, chain('', 'office_period', id, name, first_day, last_day, week, state, coalesce(replaces, ''), made_by,
      made_us, key) from office_period
  union all select 'absence', id, chain('', 'absence', id, login, first_day, last_day, why, made_by, made_us, key) from absence
  union all select 'absence_end', id, chain('', 'absence_end', id, absence_id, why, made_by, made_us, key) from absence_end
  union all select 'catalogue_option', id, chain('', 'catalogue_option', id, kind, value, label, active, made_by, made_us, key) from catalogue_option
  union all select 'catalogue_problem', id, chain('', 'catalogue_problem', id, about, problem, solution, active, made_by, made_us,
      key) from catalogue_problem
  union all select 'log_export', id, chain('', 'log_export', id, wanted, lines, made_by, made_us, key) from log_export;
