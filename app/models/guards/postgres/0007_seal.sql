-- The daily seal: one row per office day, chained; it binds every card's head that changed and every row that was added since the last.
-- Whoever seals inserts (day, key); the rest is computed here. The same bytes on every engine: app/services/seal_check recomputes them.
create table seal(
  id bigint generated always as identity primary key, day text not null unique check(day ~ '^\d{4}-\d\d-\d\d$'),
  previous text not null default '', parts text not null default '', seal text not null default '',
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
-- What a seal binds, table by table: which rows, how many, and the digest of them all.
create table seal_part(
  seal_id bigint not null, tbl text not null, first_id bigint not null, last_id bigint not null, many bigint not null,
  digest text not null, primary key(seal_id, tbl));
create table sealed_head(
  berkas_id bigint not null, n integer not null, head text not null, seal_id bigint not null, primary key(berkas_id, n));
create index sealed_head_seal on sealed_head(seal_id, berkas_id);
create table sealed_officer(login text primary key, seal_id bigint not null);
-- How long a signed line waited for its commit, copied while the server still knows it. Unknown after a restore, or with
-- track_commit_timestamp off.
create table paraf_lag(paraf_id bigint primary key, seal_id bigint not null, lag_us bigint);
create index paraf_lag_seal on paraf_lag(seal_id, paraf_id);
-- The numbers of the day for the daily report: lines by action, files by stage. No person is named.
create table seal_count(
  seal_id bigint not null, what text not null check(what in ('action', 'stage', 'total')), name text not null,
  many bigint not null, primary key(seal_id, what, name));

-- What a verification found, and when the database was put back from a backup.
create table evidence_check(
  id bigint generated always as identity primary key, mode text not null check(mode in ('full', 'blind')), files bigint not null,
  lines bigint not null, seals integer not null, documents bigint not null default 0, bad integer not null,
  first_bad text not null default '' check(length(first_bad) <= 500), complete integer not null check(complete in (0, 1)), started_us bigint not null,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique check(length(key) between 8 and 80));
create table restored(
  id bigint generated always as identity primary key, file_sha256 text not null check(length(file_sha256) = 64), taken_us bigint not null,
  why text not null default '', made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);

create view sealed_upto(tbl, last_id) as select tbl, max(last_id) from seal_part group by tbl;
-- Lines that a seal was the first to cover.
create view newly_sealed(seal_id, paraf_id, berkas_id, n, action) as
  select h.seal_id, p.id, p.berkas_id, p.n, p.action from sealed_head h join paraf p on p.berkas_id = h.berkas_id and p.n <= h.n
  where p.n > coalesce((select max(o.n) from sealed_head o where o.berkas_id = h.berkas_id and o.n < h.n), 0);
-- What is sealed by its number, row by row. A password's own secret is the server's and stands nowhere here.
-- Later files that add tables put another view and another list in their place.
create view seal_line(tbl, id, line) as
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
      || ns(made_us)) from read_log;
create function sealed_tables() returns text[] language sql immutable parallel safe as
  $$ select array['officer_state', 'assignment', 'assignment_end', 'duty_confirm', 'password', 'office', 'evidence_check', 'restored', 'read_log'] $$;

create function judge_seal() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare
  known text;
  after bigint;
  tracked boolean := current_setting('track_commit_timestamp') = 'on';
  put_back bigint;
begin
  perform read_committed();
  if actor() <> '@pelita3_backup' and current_setting('is_superuser') <> 'on' then
    perform refuse('P3403', 'seal');
  end if;
  -- Nobody is writing at this very moment, or this seal is tried again: what is committed is in it, what comes later in the next.
  lock table berkas, paraf, officer in share mode nowait;
  foreach known in array sealed_tables() loop
    execute format('lock table %I in share mode nowait', known);
  end loop;
  new.made_us := now_us();
  if new.day <= (select max(day) from seal) then
    perform refuse('P3409', 'sealed');
  end if;
  if new.day > today() then
    perform refuse('P3400', 'day');
  end if;
  new.previous := coalesce((select s.seal from seal s order by s.id desc limit 1), '');

  insert into sealed_head(berkas_id, n, head, seal_id) select b.id, b.n, b.head, new.id from berkas b
    where b.n > coalesce((select max(h.n) from sealed_head h where h.berkas_id = b.id), 0);
  insert into sealed_officer(login, seal_id) select o.login, new.id from officer o where o.login not in (select s.login from sealed_officer s);
  put_back := coalesce((select max(r.made_us) from restored r), 0);
  insert into paraf_lag(paraf_id, seal_id, lag_us)
    select s.paraf_id, new.id, case when tracked and t.at_us > put_back
        then (extract(epoch from pg_xact_commit_timestamp(p.xmin)) * 1000000)::bigint - t.at_us end
    from newly_sealed s join paraf p on p.id = s.paraf_id join berkas b on b.id = p.berkas_id
      -- The first line is dated by the ticket or the package, which come before the file.
      cross join lateral (select case when p.n = 1 then b.made_us else p.at_us end as at_us) t
    where s.seal_id = new.id;
  insert into seal_count(seal_id, what, name, many)
    select new.id, 'action', s.action, count(*) from newly_sealed s where s.seal_id = new.id group by s.action
    union all select new.id, 'stage', b.stage, count(*) from berkas b group by b.stage
    union all select new.id, 'total', 'files', count(*) from berkas
    union all select new.id, 'total', 'readings', count(*) from read_log
      where id > coalesce((select u.last_id from sealed_upto u where u.tbl = 'read_log'), 0)
    union all select new.id, 'total', 'measured', count(*) from paraf_lag where seal_id = new.id and lag_us is not null
    union all select new.id, 'total', 'held', count(*) from paraf_lag where seal_id = new.id and lag_us > 5000000
    union all select new.id, 'total', 'longest_us', coalesce(max(lag_us), 0) from paraf_lag where seal_id = new.id;

  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'sealed_head', min(a), max(z), sum(m), sha256hex(string_agg(d, '' order by c)) from (
      select h.berkas_id / 65536 as c, min(h.berkas_id) as a, max(h.berkas_id) as z, count(*) as m,
        sha256hex(string_agg(chained('', ns('sealed_head') || ns(h.berkas_id) || ns(h.n::bigint) || ns(h.head)), '' order by h.berkas_id)) as d
      from sealed_head h where h.seal_id = new.id group by 1) x having count(*) > 0;
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'paraf_lag', min(a), max(z), sum(m), sha256hex(string_agg(d, '' order by c)) from (
      select l.paraf_id / 65536 as c, min(l.paraf_id) as a, max(l.paraf_id) as z, count(*) as m,
        sha256hex(string_agg(chained('', ns('paraf_lag') || ns(l.paraf_id) || ns(coalesce(l.lag_us::text, ''))), '' order by l.paraf_id)) as d
      from paraf_lag l where l.seal_id = new.id group by 1) x having count(*) > 0;
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'officer', 0, 0, count(*), sha256hex(sha256hex(string_agg(
      chained('', ns('officer') || ns(o.login) || ns(o.name) || ns(o.nip) || ns(o.rank) || ns(o.position) || ns(o.place) || ns(o.made_by) || ns(o.made_us) || ns(o.key)),
      '' order by o.login collate "C")))
    from officer o join sealed_officer s on s.login = o.login where s.seal_id = new.id having count(*) > 0;
  insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
    select new.id, 'seal_count', 0, 0, count(*), sha256hex(sha256hex(string_agg(
      chained('', ns('seal_count') || ns(k.what) || ns(k.name) || ns(k.many)), '' order by k.what collate "C", k.name collate "C")))
    from seal_count k where k.seal_id = new.id having count(*) > 0;
  foreach known in array sealed_tables() loop
    after := coalesce((select u.last_id from sealed_upto u where u.tbl = known), 0);
    insert into seal_part(seal_id, tbl, first_id, last_id, many, digest)
      select new.id, known, min(a), max(z), sum(m), sha256hex(string_agg(d, '' order by c)) from (
        select l.id / 65536 as c, min(l.id) as a, max(l.id) as z, count(*) as m, sha256hex(string_agg(l.line, '' order by l.id)) as d
        from seal_line l where l.tbl = known and l.id > after group by 1) x having count(*) > 0;
  end loop;

  new.parts := coalesce((select sha256hex(string_agg(chained('', ns(p.tbl) || ns(p.first_id) || ns(p.last_id) || ns(p.many) || ns(p.digest)), ''
    order by p.tbl collate "C")) from seal_part p where p.seal_id = new.id), '');
  new.seal := chained(new.previous, ns('s1') || ns(new.id) || ns(new.day) || ns(new.made_by) || ns(new.made_us) || ns(new.key) || ns(new.parts));
  return new;
end $$;
create trigger seal_a_stamp before insert on seal for each row execute function stamp();
create trigger seal_b_judge before insert on seal for each row execute function judge_seal();

create function judge_check() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not (actor() = '@pelita3_backup' or current_setting('is_superuser') = 'on' or has_role('ADMIN') or has_role('AUDITOR')) then
    perform refuse('P3403', 'seal');
  end if;
  -- Who may see no contents has judged without them, whatever he says.
  if actor() not like '@%' then
    new.mode := 'blind';
  end if;
  return new;
end $$;
create function judge_restored() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if actor() <> '@pelita3_backup' and current_setting('is_superuser') <> 'on' then
    perform refuse('P3403', 'seal');
  end if;
  return new;
end $$;
create trigger evidence_check_a_stamp before insert on evidence_check for each row execute function stamp();
create trigger evidence_check_b_judge before insert on evidence_check for each row execute function judge_check();
create trigger restored_a_stamp before insert on restored for each row execute function stamp();
create trigger restored_b_judge before insert on restored for each row execute function judge_restored();

call close_table('seal');
call close_table('seal_part');
call close_table('sealed_head');
call close_table('sealed_officer');
call close_table('paraf_lag');
call close_table('seal_count');
call close_table('evidence_check');
call close_table('restored');

-- Seals are numbers without a person: administrator and auditor recompute them, the heads read them.
create function sees_seals() returns boolean language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return my_roles() && array['ADMIN', 'AUDITOR', 'KABID', 'KADIS'];
end $$;
create policy seen on seal for select to pelita3_officer using ((select sees_seals()));
create policy seen on seal_part for select to pelita3_officer using ((select sees_seals()));
create policy seen on sealed_head for select to pelita3_officer using ((select sees_seals()));
create policy seen on sealed_officer for select to pelita3_officer using ((select sees_seals()));
create policy seen on paraf_lag for select to pelita3_officer using ((select sees_seals()));
create policy seen on seal_count for select to pelita3_officer using ((select sees_seals()));
create policy seen on evidence_check for select to pelita3_officer using ((select sees_seals()));
create policy seen on restored for select to pelita3_officer using ((select sees_seals()));
create policy added on evidence_check for insert to pelita3_officer with check (made_by = actor());
grant select on seal, seal_part, sealed_head, sealed_officer, paraf_lag, seal_count, evidence_check, restored to pelita3_officer;
grant insert(day, key) on seal to pelita3_backup;
grant insert(mode, files, lines, seals, documents, bad, first_bad, complete, started_us, key) on evidence_check to pelita3_officer, pelita3_backup;
grant insert(file_sha256, taken_us, why, key) on restored to pelita3_backup;

-- What an administrator or auditor recomputes chains from: no name, no NIK, no remark, nothing that is in a file. Where a line has a remark,
-- and for what lines bind (entries, drafts, contacts, findings ...), the server judges here and says only what does not hold.
create function may_verify(first_id bigint, last_id bigint) returns void language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  if not (has_role('ADMIN') or has_role('AUDITOR')) then
    perform refuse('P3403', 'seal');
  end if;
  if last_id - first_id > 5000 then
    perform refuse('P3400', 'range');
  end if;
end $$;
create function evidence_size() returns table(files bigint, last_id bigint) language plpgsql stable security definer
  set search_path = pelita3, pg_temp as $$
begin
  perform may_verify(0, 0);
  return query select (select count(*) from berkas),
    greatest((select coalesce(max(b.id), 0) from berkas b), (select coalesce(max(h.berkas_id), 0) from sealed_head h));
end $$;
create function evidence_heads(first_id bigint, last_id bigint) returns table(id bigint, number text, sop text, channel text, ticket_id bigint,
    package_id bigint, made_by text, made_us bigint, key text, n integer, head text, stage text)
  language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  perform may_verify(first_id, last_id);
  return query select b.id, b.number, b.sop, b.channel, b.ticket_id, b.package_id, b.made_by, b.made_us, b.key, b.n, b.head, b.stage
    from berkas b where b.id between first_id and last_id order by b.id;
end $$;
create function evidence_lines(first_id bigint, last_id bigint) returns table(id bigint, berkas_id bigint, n integer, action text, as_role text,
    at_stage text, to_stage text, actor text, acting text, at_us bigint, note text, entry_hash text, draft_hash text, evidence text, waived text,
    key text, hash text, hidden boolean, fault text)
  language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
#variable_conflict use_column
begin
  perform may_verify(first_id, last_id);
  return query
    with facts as (
      select x.berkas_id, x.at_n, sha256hex(string_agg(x.line, e'\n' order by x.line collate "C")) as hash from berkas_fact x
      where x.berkas_id between first_id and last_id group by x.berkas_id, x.at_n),
    known as (
      select e.berkas_id, e.sha256 from entry e where e.berkas_id between first_id and last_id and sha256hex(e.data) = e.sha256
      union select d.berkas_id, d.sha256 from draft d where d.berkas_id between first_id and last_id and sha256hex(d.manifest) = d.sha256)
    select p.id, p.berkas_id, p.n, p.action, p.as_role, p.at_stage, p.to_stage, p.actor, p.acting, p.at_us, '', p.entry_hash, p.draft_hash,
      p.evidence, p.waived, p.key, p.hash, p.note <> '',
      case when p.evidence <> coalesce((select f.hash from facts f where f.berkas_id = p.berkas_id and f.at_n = p.n - 1), '') then 'facts'
        when p.entry_hash <> '' and (p.berkas_id, p.entry_hash) not in (select k.berkas_id, k.sha256 from known k) then 'content'
        when p.draft_hash <> '' and (p.berkas_id, p.draft_hash) not in (select k.berkas_id, k.sha256 from known k) then 'content'
        when p.note <> '' and p.hash is distinct from chained(
            coalesce((select o.hash from paraf o where o.berkas_id = p.berkas_id and o.n = p.n - 1), ''),
            ns('p1') || ns(p.berkas_id) || ns(p.n::bigint) || ns(p.action) || ns(p.as_role) || ns(p.at_stage) || ns(p.to_stage) || ns(p.actor)
            || ns(p.acting) || ns(p.at_us) || ns(p.note) || ns(p.entry_hash) || ns(p.draft_hash) || ns(p.evidence) || ns(p.waived) || ns(p.key))
          then 'hash'
        else '' end
    from paraf p where p.berkas_id between first_id and last_id order by p.berkas_id, p.n;
end $$;
create function evidence_lost(first_id bigint, last_id bigint) returns table(berkas_id bigint) language plpgsql stable security definer
  set search_path = pelita3, pg_temp as $$
begin
  perform may_verify(first_id, last_id);
  return query select distinct p.berkas_id from paper p where p.berkas_id between first_id and last_id
    and not exists (select 1 from blob b where b.sha256 = p.sha256);
end $$;
grant execute on function sees_seals(), evidence_size(), evidence_heads(bigint, bigint), evidence_lines(bigint, bigint), evidence_lost(bigint, bigint)
  to pelita3_officer;
grant execute on function today() to pelita3_backup;
