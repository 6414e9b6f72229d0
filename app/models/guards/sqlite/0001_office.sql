-- Officers, their dated assignments, the office's own data. Rows are only ever added: the newest counts.
create table officer(
  login text primary key check(login glob '[a-z]*' and login not glob '*[^a-z0-9._-]*' and length(login) between 2 and 40),
  name text not null check(length(trim(name)) between 2 and 100),
  nip text not null default '', rank text not null default '', position text not null default '', place text not null default '',
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create table officer_state(
  id integer primary key autoincrement, login text not null references officer, active integer not null check(active in (0, 1)),
  why text not null default '',
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create table password(
  id integer primary key autoincrement, login text not null references officer, hash text not null check(hash like '$argon2id$%'),
  must_change integer not null default 0 check(must_change in (0, 1)),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create table login_attempt(
  id integer primary key autoincrement, login text not null, ok integer not null check(ok in (0, 1)), pc text not null default '',
  made_us integer not null default (now_us()));
create index login_attempt_login on login_attempt(login, id);

create table assignment(
  id integer primary key autoincrement, login text not null references officer,
  role text not null check(role in ('FO','EDITOR','KASI','KABID','KADIS','ADMIN','MAILER','KIOSK','DISPLAY')),
  kind text not null default 'TETAP' check(kind in ('TETAP','PLH','PLT')), basis text not null default '',
  from_day text not null default '0001-01-01' check(from_day glob '????-??-??'),
  until_day text not null default '9999-12-31' check(until_day glob '????-??-??' and until_day >= from_day),
  confirmed_by text not null default '',
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index assignment_login on assignment(login);

create table assignment_end(
  id integer primary key autoincrement, assignment_id integer not null references assignment, why text not null default '',
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create table office(
  id integer primary key autoincrement, data text not null check(json_valid(data)),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create table read_log(
  id integer primary key autoincrement, login text not null default (actor()), berkas_id integer not null, what text not null,
  why text not null default '', made_us integer not null default (now_us()));
create index read_log_berkas on read_log(berkas_id, id);

create view today(day) as select date(now_us() / 1000000 + 25200, 'unixepoch');

create view active_officer(login) as
  select o.login from officer o
  where coalesce((select s.active from officer_state s where s.login = o.login order by s.id desc limit 1), 1) = 1;

-- What the officer at the keyboard may do today. A password that must be changed gives no role but the wish to change it.
create view my_role(role, assignment_id, kind, basis) as
  select a.role, a.id, a.kind, a.basis from assignment a, today t
  where a.login = actor() and a.login in (select login from active_officer)
    and a.confirmed_by <> '' and t.day between a.from_day and a.until_day
    and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
    and coalesce((select p.must_change from password p where p.login = a.login order by p.id desc limit 1), 0) = 0;

-- The first start, and only it, may write before any officer exists.
create view may_administer(yes) as
  select 1 where exists (select 1 from my_role where role = 'ADMIN') or not exists (select 1 from assignment where role = 'ADMIN');

create trigger officer_judge before insert on officer begin
  select raise(ignore) where exists (select 1 from officer where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3409 login') where exists (select 1 from officer where login = new.login);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger officer_state_judge before insert on officer_state begin
  select raise(ignore) where exists (select 1 from officer_state where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3422 last_admin') where new.active = 0 and not exists (
    select 1 from assignment a, today t where a.role = 'ADMIN' and a.login <> new.login and t.day between a.from_day and a.until_day
      and a.confirmed_by <> '' and a.login in (select login from active_officer)
      and not exists (select 1 from assignment_end e where e.assignment_id = a.id));
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger password_judge before insert on password begin
  select raise(ignore) where exists (select 1 from password where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where new.login <> actor() and not exists (select 1 from may_administer);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger assignment_judge before insert on assignment begin
  select raise(ignore) where exists (select 1 from assignment where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger assignment_end_judge before insert on assignment_end begin
  select raise(ignore) where exists (select 1 from assignment_end where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3422 last_admin') where exists (select 1 from assignment where id = new.assignment_id and role = 'ADMIN')
    and not exists (select 1 from assignment a, today t where a.role = 'ADMIN' and a.id <> new.assignment_id
      and a.confirmed_by <> '' and t.day between a.from_day and a.until_day and a.login in (select login from active_officer)
      and not exists (select 1 from assignment_end e where e.assignment_id = a.id));
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger office_judge before insert on office begin
  select raise(ignore) where exists (select 1 from office where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;

create trigger officer_frozen before update on officer begin select raise(abort, 'P3423 frozen'); end;
create trigger officer_kept before delete on officer begin select raise(abort, 'P3423 kept'); end;
create trigger officer_state_frozen before update on officer_state begin select raise(abort, 'P3423 frozen'); end;
create trigger officer_state_kept before delete on officer_state begin select raise(abort, 'P3423 kept'); end;
create trigger password_frozen before update on password begin select raise(abort, 'P3423 frozen'); end;
create trigger password_kept before delete on password begin select raise(abort, 'P3423 kept'); end;
create trigger login_attempt_frozen before update on login_attempt begin select raise(abort, 'P3423 frozen'); end;
create trigger login_attempt_kept before delete on login_attempt begin select raise(abort, 'P3423 kept'); end;
create trigger assignment_frozen before update on assignment begin select raise(abort, 'P3423 frozen'); end;
create trigger assignment_kept before delete on assignment begin select raise(abort, 'P3423 kept'); end;
create trigger assignment_end_frozen before update on assignment_end begin select raise(abort, 'P3423 frozen'); end;
create trigger assignment_end_kept before delete on assignment_end begin select raise(abort, 'P3423 kept'); end;
create trigger office_frozen before update on office begin select raise(abort, 'P3423 frozen'); end;
create trigger office_kept before delete on office begin select raise(abort, 'P3423 kept'); end;
create trigger read_log_frozen before update on read_log begin select raise(abort, 'P3423 frozen'); end;
create trigger read_log_kept before delete on read_log begin select raise(abort, 'P3423 kept'); end;
