-- Appointments of heads and password resets of heads need a second person; opening a file beyond one's desk needs a reason.
-- A check that is only widened: the rows stay as they are (SQLite's documentation, ALTER TABLE, "making other kinds of changes").
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, '''KIOSK'',''DISPLAY'')', '''KIOSK'',''DISPLAY'',''AUDITOR'')') where type = 'table' and name = 'assignment';
pragma writable_schema = reset;

create table duty_confirm(
  id integer primary key autoincrement, login text not null references officer, assignment_id integer not null default 0,
  password_id integer not null default 0,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index duty_confirm_login on duty_confirm(login);
-- What held before this rule goes on holding.
insert into duty_confirm(login, assignment_id, password_id, made_by, key)
  select o.login, coalesce((select max(id) from assignment where login = o.login), 0),
    coalesce((select max(id) from password where login = o.login), 0), 'pemasangan', 'berlaku-' || o.login from officer o;

drop view my_role;
create view role_in_force(login, role, assignment_id, kind, basis, until_day) as
  select a.login, a.role, a.id, a.kind, a.basis, a.until_day from assignment a, today t
  where a.login in (select login from active_officer) and t.day between a.from_day and a.until_day
    and not exists (select 1 from assignment_end e where e.assignment_id = a.id)
    and (a.confirmed_by <> '' or exists (select 1 from duty_confirm c where c.login = a.login and c.assignment_id >= a.id))
    and (a.role not in ('KASI', 'KABID', 'KADIS')
      or coalesce((select max(p.id) from password p where p.login = a.login and p.made_by <> p.login and p.made_by <> 'pemasangan'), 0)
        <= coalesce((select max(c.password_id) from duty_confirm c where c.login = a.login), 0));
-- Who works in a person's name must have chosen the password himself: only machines keep one that an administrator knows.
create view my_role(role, assignment_id, kind, basis) as
  select r.role, r.assignment_id, r.kind, r.basis from role_in_force r
  where r.login = actor() and coalesce((select p.must_change from password p where p.login = r.login order by p.id desc limit 1), 0) = 0
    and (r.role in ('MAILER', 'KIOSK', 'DISPLAY', 'AUDITOR')
      or coalesce((select p.made_by in (p.login, 'pemasangan') from password p where p.login = r.login order by p.id desc limit 1), 1));

create trigger officer_reserved before insert on officer begin
  select raise(abort, 'P3409 login') where new.login in ('pemohon', 'pemasangan');
end;
create trigger assignment_confirmed before insert on assignment begin
  select raise(ignore) where exists (select 1 from assignment where key = new.key and made_by = actor());
  select raise(abort, 'P3403 confirm') where (new.role in ('KASI', 'KABID', 'KADIS') or new.login = actor()) and new.confirmed_by <> ''
    and exists (select 1 from assignment where role = 'ADMIN');
end;
create trigger duty_confirm_judge before insert on duty_confirm begin
  select raise(ignore) where exists (select 1 from duty_confirm where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
  select raise(abort, 'P3403 confirm') where not exists (select 1 from my_role where role in ('KABID', 'KADIS')) or new.login = actor()
    or exists (select 1 from assignment a where a.login = new.login and a.id <= new.assignment_id and a.made_by = actor() and a.confirmed_by = '')
    or exists (select 1 from password p where p.login = new.login and p.id <= new.password_id and p.made_by = actor());
  select raise(abort, 'P3400 number') where new.assignment_id > coalesce((select max(id) from assignment where login = new.login), 0)
    or new.password_id > coalesce((select max(id) from password where login = new.login), 0);
end;
create trigger duty_confirm_frozen before update on duty_confirm begin select raise(abort, 'P3423 frozen'); end;
create trigger duty_confirm_kept before delete on duty_confirm begin select raise(abort, 'P3423 kept'); end;

-- What every list of the office and the one sender for all read must be readable, a draft must have something to sign, and what is mailed
-- with a file is a paper of this file.
create trigger entry_route before insert on entry begin
  select raise(abort, 'P3400 route') where coalesce(json_extract(new.data, '$.route'), '') not in ('', 'PN', 'PA');
end;
create trigger draft_signs before insert on draft begin
  select raise(abort, 'P3400 manifest') where not exists (select 1 from json_each(new.manifest) j where json_type(j.value, '$.sign') = 'true')
    or exists (select 1 from json_each(new.manifest) j where coalesce(json_type(j.value, '$.sign'), '') not in ('true', 'false'));
end;
create trigger outbox_attached before insert on outbox begin
  select raise(abort, 'P3400 attachments') where json_type(new.attachments) <> 'array' or exists (
    select 1 from json_each(new.attachments) j where j.type <> 'array' or coalesce(json_type(j.value, '$[0]'), '') <> 'text'
      or json_array_length(j.value) <> 2
      or not exists (select 1 from paper p where p.berkas_id = new.berkas_id and p.sha256 = json_extract(j.value, '$[1]')));
end;

-- A stage is on my desk when one of my roles of today works there; a step that asks for a written reason makes no desk.
create view my_stage(stage) as
  select s.stage from sop_stage s join my_role r on r.role = s.desk
  union select w.at_stage from sop_who w join my_role r on r.role = w.role where not exists (select 1 from sop_need n where n.sop = w.sop
    and n.at_stage = w.at_stage and n.action = w.action and n.channel = w.channel and n.need = 'note')
  union select w.stage from sop_writable w join my_role r on r.role = w.role where w.what not in ('note', 'print', 'card');
create view open_berkas(id) as
  select b.id from berkas b where b.stage in (select stage from my_stage)
    or exists (select 1 from read_log r where r.berkas_id = b.id and r.login = actor() and r.what <> 'mencari' and r.made_us > now_us() - 43200000000)
    or exists (select 1 from paraf p where p.berkas_id = b.id and p.actor = actor() and p.at_us > now_us() - 86400000000)
    or (b.stage in ('SELESAI', 'BATAL') and b.moved_us > now_us() - 2592000000000
      and exists (select 1 from my_role where role in ('FO', 'EDITOR', 'KASI', 'KABID', 'KADIS')))
    or exists (select 1 from outbox_waiting w, my_role r where w.berkas_id = b.id and r.role in ('FO', 'EDITOR', 'MAILER'));
create trigger read_log_judge before insert on read_log begin
  select raise(abort, 'P3400 made_by') where new.login <> actor();
  select raise(abort, 'P3403 read') where not exists (select 1 from my_role where role in ('FO', 'EDITOR', 'KASI', 'KABID', 'KADIS')
    or (role = 'MAILER' and new.what <> 'mencari'));
  select raise(abort, 'P3422 why') where new.what <> 'mencari' and length(trim(new.why)) < 5
    and not exists (select 1 from open_berkas where id = new.berkas_id);
end;

create index read_log_login on read_log(login, made_us);
create view outbox_waiting(outbox_id, berkas_id) as
  select o.id, o.berkas_id from outbox o where not exists (
    select 1 from outbox_event v where v.outbox_id = o.id and v.event in ('SENT', 'REFUSED'));
create view ticket_used(ticket_id) as select ticket_id from berkas where ticket_id is not null;
