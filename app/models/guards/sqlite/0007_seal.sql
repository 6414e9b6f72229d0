-- The daily seal: one row per office day, chained; it binds every card's head that changed and every row that was added since the last.
-- Whoever seals inserts (day, key); the rest is computed here. The same bytes on every engine: app/services/seals recomputes them.
create table seal(
  id integer primary key autoincrement, day text not null unique check(day glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  previous text not null default '', parts text not null default '', seal text not null default '',
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
-- What a seal binds, table by table: which rows, how many, and the digest of them all.
create table seal_part(
  seal_id integer not null references seal, tbl text not null, first_id integer not null, last_id integer not null, many integer not null,
  digest text not null, primary key(seal_id, tbl)) without rowid;
create table sealed_head(
  berkas_id integer not null, n integer not null, head text not null, seal_id integer not null references seal,
  primary key(berkas_id, n)) without rowid;
create index sealed_head_seal on sealed_head(seal_id, berkas_id);
create table sealed_officer(login text primary key, seal_id integer not null references seal) without rowid;
-- How long a signed line waited for its commit. Only a server knows it; here the table stays empty.
create table paraf_lag(paraf_id integer primary key, seal_id integer not null references seal, lag_us integer);
create index paraf_lag_seal on paraf_lag(seal_id, paraf_id);
-- The numbers of the day for the daily report: lines by action, files by stage. No person is named.
create table seal_count(
  seal_id integer not null references seal, what text not null check(what in ('action', 'stage', 'total')), name text not null,
  many integer not null, primary key(seal_id, what, name)) without rowid;

-- What a verification found, and when the database was put back from a backup.
create table evidence_check(
  id integer primary key autoincrement, mode text not null check(mode in ('full', 'blind')), files integer not null, lines integer not null,
  seals integer not null, documents integer not null default 0, bad integer not null, first_bad text not null default '',
  complete integer not null check(complete in (0, 1)), started_us integer not null,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create table restored(
  id integer primary key autoincrement, file_sha256 text not null check(length(file_sha256) = 64), taken_us integer not null,
  why text not null default '', made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

create view sealed_upto(tbl, last_id) as select tbl, max(last_id) from seal_part group by tbl;
-- Lines that the seal being made is the first to cover.
create view newly_sealed(seal_id, paraf_id, berkas_id, n, action) as
  select h.seal_id, p.id, p.berkas_id, p.n, p.action from sealed_head h join paraf p on p.berkas_id = h.berkas_id and p.n <= h.n
  where p.n > coalesce((select max(o.n) from sealed_head o where o.berkas_id = h.berkas_id and o.n < h.n), 0);

-- What is sealed by its number, row by row, but for the reading log, which is long. A password's hash is left out.
-- Later files that add tables put another view in its place.
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
  union all select 'restored', id, chain('', 'restored', id, file_sha256, taken_us, why, made_by, made_us, key) from restored;

create trigger seal_judge before insert on seal begin
  select raise(ignore) where exists (select 1 from seal where key = new.key and made_by = actor());
  select raise(abort, 'P3403 seal') where actor() <> '' and not exists (select 1 from my_role where role = 'ADMIN');
  select raise(abort, 'P3400 column') where new.previous <> '' or new.parts <> '' or new.seal <> '' or new.made_by <> actor()
    or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3409 sealed') where new.day <= (select max(day) from seal);
  select raise(abort, 'P3400 day') where new.day > (select day from today) or (actor() = '' and new.day = (select day from today));
end;
create trigger seal_stamp after insert on seal begin
  insert into sealed_head(berkas_id, n, head, seal_id) select b.id, b.n, b.head, new.id from berkas b
    where b.n > coalesce((select max(h.n) from sealed_head h where h.berkas_id = b.id), 0);
  insert into sealed_officer(login, seal_id) select o.login, new.id from officer o where o.login not in (select login from sealed_officer);
  insert into seal_count(seal_id, what, name, many)
    select new.id, 'action', action, count(*) from newly_sealed where seal_id = new.id group by action
    union all select new.id, 'stage', stage, count(*) from berkas group by stage
    union all select new.id, 'total', 'files', count(*) from berkas
    union all select new.id, 'total', 'readings', count(*) from read_log
      where id > coalesce((select last_id from sealed_upto where tbl = 'read_log'), 0);
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'sealed_head', a, z, many, (select sha256hex(group_concat(d, '')) from (
        select (select sha256hex(group_concat(h, '')) from (select chain('', 'sealed_head', berkas_id, n, head) as h from sealed_head
          where seal_id = new.id and berkas_id between c * 65536 and c * 65536 + 65535 order by berkas_id)) as d
        from (select distinct berkas_id / 65536 as c from sealed_head where seal_id = new.id) order by c))
      from (select min(berkas_id) as a, max(berkas_id) as z, count(*) as many from sealed_head where seal_id = new.id) where many > 0;
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'officer', 0, 0, many, (select sha256hex(sha256hex(group_concat(h, ''))) from (
        select chain('', 'officer', o.login, name, nip, rank, position, place, made_by, made_us, key) as h from officer o
        join sealed_officer s on s.login = o.login where s.seal_id = new.id order by o.login))
      from (select count(*) as many from sealed_officer where seal_id = new.id) where many > 0;
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'seal_count', 0, 0, many, (select sha256hex(sha256hex(group_concat(h, ''))) from (
        select chain('', 'seal_count', what, name, many) as h from seal_count where seal_id = new.id order by what, name))
      from (select count(*) as many from seal_count where seal_id = new.id) where many > 0;
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'read_log', a, z, many, (select sha256hex(group_concat(d, '')) from (
        select (select sha256hex(group_concat(h, '')) from (select chain('', 'read_log', id, login, berkas_id, what, why, made_us) as h
          from read_log where id between c * 65536 and c * 65536 + 65535 and id >= a order by id)) as d
        from (select distinct id / 65536 as c from read_log where id >= a) order by c))
      from (select min(id) as a, max(id) as z, count(*) as many from read_log
        where id > coalesce((select last_id from sealed_upto where tbl = 'read_log'), 0)) where many > 0;
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, t, a, z, many, (select sha256hex(group_concat(d, '')) from (
        select (select sha256hex(group_concat(h, '')) from (select l.line as h from seal_line l
          where l.tbl = t and l.id between c * 65536 and c * 65536 + 65535 and l.id >= a order by l.id)) as d
        from (select distinct l.id / 65536 as c from seal_line l where l.tbl = t and l.id >= a) order by c))
      from (select l.tbl as t, min(l.id) as a, max(l.id) as z, count(*) as many from seal_line l left join sealed_upto u on u.tbl = l.tbl
        where l.id > coalesce(u.last_id, 0) group by l.tbl);
  update seal set previous = coalesce((select seal from seal where id < new.id order by id desc limit 1), ''),
    parts = coalesce((select sha256hex(group_concat(h, '')) from (
      select chain('', tbl, first_id, last_id, many, digest) as h from seal_part where seal_id = new.id order by tbl)), '')
    where id = new.id;
  update seal set seal = chain(previous, 's1', id, day, made_by, made_us, key, parts) where id = new.id;
end;
create trigger seal_frozen before update on seal begin select raise(abort, 'P3423 frozen') where old.seal <> ''; end;
create trigger seal_kept before delete on seal begin select raise(abort, 'P3423 kept'); end;
-- Only while a seal is being made may what it binds be written.
create trigger seal_part_judge before insert on seal_part begin
  select raise(abort, 'P3403 seal') where coalesce((select seal from seal where id = new.seal_id), 'none') <> '';
end;
create trigger seal_part_frozen before update on seal_part begin select raise(abort, 'P3423 frozen'); end;
create trigger seal_part_kept before delete on seal_part begin select raise(abort, 'P3423 kept'); end;
create trigger sealed_head_judge before insert on sealed_head begin
  select raise(abort, 'P3403 seal') where coalesce((select seal from seal where id = new.seal_id), 'none') <> '';
end;
create trigger sealed_head_frozen before update on sealed_head begin select raise(abort, 'P3423 frozen'); end;
create trigger sealed_head_kept before delete on sealed_head begin select raise(abort, 'P3423 kept'); end;
create trigger sealed_officer_judge before insert on sealed_officer begin
  select raise(abort, 'P3403 seal') where coalesce((select seal from seal where id = new.seal_id), 'none') <> '';
end;
create trigger sealed_officer_frozen before update on sealed_officer begin select raise(abort, 'P3423 frozen'); end;
create trigger sealed_officer_kept before delete on sealed_officer begin select raise(abort, 'P3423 kept'); end;
create trigger paraf_lag_judge before insert on paraf_lag begin
  select raise(abort, 'P3403 seal') where coalesce((select seal from seal where id = new.seal_id), 'none') <> '';
end;
create trigger paraf_lag_frozen before update on paraf_lag begin select raise(abort, 'P3423 frozen'); end;
create trigger paraf_lag_kept before delete on paraf_lag begin select raise(abort, 'P3423 kept'); end;
create trigger seal_count_judge before insert on seal_count begin
  select raise(abort, 'P3403 seal') where coalesce((select seal from seal where id = new.seal_id), 'none') <> '';
end;
create trigger seal_count_frozen before update on seal_count begin select raise(abort, 'P3423 frozen'); end;
create trigger seal_count_kept before delete on seal_count begin select raise(abort, 'P3423 kept'); end;
create trigger evidence_check_judge before insert on evidence_check begin
  select raise(ignore) where exists (select 1 from evidence_check where key = new.key and made_by = actor());
  select raise(abort, 'P3403 seal') where actor() <> '' and not exists (select 1 from my_role where role in ('ADMIN', 'AUDITOR'));
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger restored_judge before insert on restored begin
  select raise(ignore) where exists (select 1 from restored where key = new.key and made_by = actor());
  select raise(abort, 'P3403 seal') where actor() <> '';
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
end;
create trigger evidence_check_frozen before update on evidence_check begin select raise(abort, 'P3423 frozen'); end;
create trigger evidence_check_kept before delete on evidence_check begin select raise(abort, 'P3423 kept'); end;
create trigger restored_frozen before update on restored begin select raise(abort, 'P3423 frozen'); end;
create trigger restored_kept before delete on restored begin select raise(abort, 'P3423 kept'); end;
