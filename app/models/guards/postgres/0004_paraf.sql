-- The control card: one row per signed line. Adding a line is the only way a file moves.
create table paraf(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, n integer not null default 0, action text not null,
  as_role text not null, at_stage text not null default '', to_stage text not null default '', actor text not null default '',
  acting text not null default '', at_us bigint not null default 0, note text not null default '' constraint length_paraf_note check(length(note) <= 500),
  entry_hash text not null default '', draft_hash text not null default '', evidence text not null default '', waived text not null default '',
  expects integer not null, key text not null unique, client integer not null, hash text not null default '',
  constraint limit_paraf_key check(length(key) between 8 and 80), constraint limit_paraf_action check(length(action) <= 40));
create unique index paraf_line on paraf(berkas_id, n);
create index paraf_actor on paraf(actor, at_us);

create view current_entry with (security_invoker = true) as
  select e.* from entry e where e.rev = (select max(rev) from entry where berkas_id = e.berkas_id);
create view current_draft with (security_invoker = true) as
  select d.* from draft d where d.rev = (select max(rev) from draft where berkas_id = d.berkas_id);
create view current_contact with (security_invoker = true) as
  select c.* from contact c where c.id = (select max(id) from contact where berkas_id = c.berkas_id);
create view current_scan with (security_invoker = true) as
  select p.* from paper p where p.kind = 'scan' and not exists (select 1 from removal r where r.paper_id = p.id);
create view current_check with (security_invoker = true) as
  select c.* from requirement_check c
  where c.id = (select max(id) from requirement_check where berkas_id = c.berkas_id and code = c.code);
create view must_see(berkas_id, sha256, pages) with (security_invoker = true) as
  select p.berkas_id, p.sha256, max(p.pages) from paper p join current_draft d on d.berkas_id = p.berkas_id and d.rev = p.draft_rev
    where p.kind = 'document' group by p.berkas_id, p.sha256
  union all select berkas_id, sha256, max(pages) from current_scan group by berkas_id, sha256;

-- Everything written while a file had n lines; bound into line n+1.
create view berkas_fact(berkas_id, at_n, line) with (security_invoker = true) as
  select berkas_id, at_n, 'entry:' || rev || ':' || sha256 from entry
  union all select berkas_id, at_n, 'contact:' || email || ':' || phone || ':' || read_back from contact
  union all select berkas_id, at_n, 'check:' || code || ':' || verdict || ':' || original_seen || ':' || reason from requirement_check
  union all select berkas_id, at_n, 'finding:' || subject || ':' || problem || ':' || solution from finding
  union all select berkas_id, at_n, 'answer:' || came_us || ':' || what from answer
  union all select berkas_id, at_n, 'confirmation:' || draft_rev || ':' || statement from confirmation
  union all select berkas_id, at_n, 'note:' || made_by || ':' || text from note
  union all select berkas_id, at_n, 'paper:' || kind || ':' || subject || ':' || draft_rev || ':' || sha256 || ':' || source from paper
  union all select berkas_id, at_n, 'removal:' || paper_id || ':' || why from removal
  union all select berkas_id, at_n, 'draft:' || rev || ':' || entry_rev || ':' || sha256 from draft
  union all select berkas_id, at_n, 'seen:' || made_by || ':' || sha256 || ':' || page from seen
  union all select berkas_id, at_n, 'print:' || paper_id || ':' || state || ':' || job from print_event
  union all select berkas_id, at_n, 'outbox:' || message_id || ':' || to_address from outbox
  union all select berkas_id, at_n, 'mail:' || outbox_id || ':' || event || ':' || reply from outbox_event;

-- Who may write what beside a file just now. Notes, prints and cards do not ask who holds it.
create view may_write(berkas_id, what, role) with (security_invoker = true) as
  select b.id, w.what, w.role from berkas b join sop_stage s on s.sop = b.sop and s.stage = b.stage
    join sop_writable w on w.sop = b.sop and w.stage = b.stage join my_role r on r.role = w.role
  where s.kind <> 'work' or b.holder = actor() or w.what in ('note', 'print', 'card');

create view step_need(berkas_id, action, need) with (security_invoker = true) as
  select b.id, n.action, n.need from berkas b join sop_need n on n.sop = b.sop and n.at_stage = b.stage and n.channel = b.channel;

-- Whether a need of the SOP's table is met. It asks with the rights of whoever calls it: the guard sees all, an officer his own.
create function is_met(b berkas, need text) returns boolean language plpgsql stable as $$
begin
  case need
    when 'note' then return true;
    when 'route' then return b.route in ('PN', 'PA');
    when 'contact' then return exists (select 1 from current_contact c where c.berkas_id = b.id and c.email like '_%@_%._%');
    when 'requirements' then return not exists (
      select 1 from requirement q left join current_check c on c.berkas_id = b.id and c.code = q.code
      where q.route = b.route and (q.condition = 'ALWAYS' or (q.condition = 'PROXY'
          and (select e.data::jsonb ->> 'reporter' from current_entry e where e.berkas_id = b.id) = 'PROXY'))
        and not coalesce(c.verdict = 'OK' and (c.original_seen <> 0 or exists (
          select 1 from current_scan p where p.berkas_id = b.id and p.subject = q.code)), false));
    when 'findings' then return exists (select 1 from finding f where f.berkas_id = b.id and f.at_n = b.n and f.made_by = actor());
    when 'notice' then
      if b.channel = 'ONLINE' then
        return exists (select 1 from outbox o where o.berkas_id = b.id and o.kind = 'mail_deficiency' and o.at_n = b.n);
      end if;
      return exists (select 1 from paper p where p.berkas_id = b.id and p.kind = 'deficiency' and p.at_n = b.n);
    when 'answer' then return exists (select 1 from answer a where a.berkas_id = b.id and a.at_n = b.n);
    when 'draft' then return exists (
      select 1 from current_draft d join current_entry e on e.berkas_id = d.berkas_id and e.rev = d.entry_rev
      where d.berkas_id = b.id and d.at_n = b.n);
    when 'confirmed' then return b.channel <> 'OFFLINE' or exists (
      select 1 from confirmation c join current_draft d on d.berkas_id = c.berkas_id and d.rev = c.draft_rev
      where c.berkas_id = b.id and c.at_n = b.n);
    when 'ktp_request' then return exists (select 1 from paper p where p.berkas_id = b.id and p.kind = 'ktp_request' and p.at_n = b.n);
    when 'resi' then
      if b.channel = 'ONLINE' then
        return exists (select 1 from outbox o join outbox_event v on v.outbox_id = o.id and v.event = 'SENT'
          where o.berkas_id = b.id and o.kind = 'mail_resi');
      end if;
      return exists (select 1 from paper p join print_event v on v.paper_id = p.id and v.state = 'COMPLETED'
        where p.berkas_id = b.id and p.kind = 'resi');
    when 'seen' then return exists (select 1 from must_see m where m.berkas_id = b.id) and not exists (
      select 1 from must_see m where m.berkas_id = b.id and m.pages > (
        select count(*) from seen v where v.berkas_id = b.id and v.sha256 = m.sha256 and v.page <= m.pages and v.made_by = actor()));
    when 'signed' then return exists (select 1 from current_draft d where d.berkas_id = b.id) and not exists (
      select 1 from current_draft d cross join lateral jsonb_array_elements(d.manifest::jsonb) j where d.berkas_id = b.id and (j ->> 'sign')::boolean
        and not exists (select 1 from paper p where p.berkas_id = b.id and p.kind = 'signed' and p.draft_rev = d.rev
          and p.subject = j ->> 'subject' and p.source = j ->> 'sha256'));
    when 'accepted' then return exists (select 1 from outbox o join outbox_event v on v.outbox_id = o.id and v.event = 'SENT'
      where o.berkas_id = b.id and o.kind = 'mail_documents' and o.at_n = b.n);
    else return false;
  end case;
end $$;

-- Needs that are not met, one row each.
create view unmet(berkas_id, action, need) with (security_invoker = true) as
  select b.id, n.action, n.need from berkas b join sop_need n on n.sop = b.sop and n.at_stage = b.stage and n.channel = b.channel
  where n.need <> 'note' and not is_met(b, n.need);

-- The last digit of our short codes: Damm's quasigroup of order 10; a letter counts as its place in the alphabet, two digits.
create function check_digit(code text) returns text language plpgsql immutable as $$
declare
  damm constant text[] := array['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134', '8945362017',
    '9438617205', '2581436790'];
  interim integer := 0;
  letter text;
  digit text;
begin
  foreach letter in array regexp_split_to_array(upper(code), '') loop
    if letter between 'A' and 'Z' then
      letter := lpad((ascii(letter) - 64)::text, 2, '0');
    elsif letter !~ '[0-9]' then
      continue;
    end if;
    foreach digit in array regexp_split_to_array(letter, '') loop
      interim := substr(damm[interim + 1], digit::integer + 1, 1)::integer;
    end loop;
  end loop;
  return interim::text;
end $$;

create function client_min() returns integer language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return (select max(s.client_min) from schema_version s);
end $$;
create function judge_berkas() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare known text;
begin
  perform read_committed();
  if new.key is null or new.client is null then
    perform refuse('P3400', 'null');
  end if;
  if new.client < client_min() then
    perform refuse('P3426', 'client');
  end if;
  select made_by into known from berkas where key = new.key;
  if known = actor() then
    return null;
  end if;
  if not has_role('FO') then
    perform refuse('P3403', 'register');
  end if;
  -- Held until this transaction ends, so that one ticket or package never becomes two files.
  perform 1 from ticket where id = new.ticket_id for no key update;
  perform 1 from package where id = new.package_id for no key update;
  if known is not null or exists (select 1 from berkas where ticket_id = new.ticket_id or package_id = new.package_id) then
    perform refuse('P3409', 'ticket');
  end if;
  new.made_by := actor();
  new.made_us := now_us();
  new.n := 0;
  new.holder := '';
  new.stage := 'MULAI';
  new.number := 'P3-' || to_char(timestamp 'epoch' + (new.made_us / 1000000 + 25200) * interval '1 second', 'YYMM') || '-'
    || case when new.id < 10000 then lpad(new.id::text, 4, '0') else new.id::text end;
  new.number := new.number || '-' || check_digit(new.number);
  new.head := chained('', ns('b1') || ns(new.id) || ns(new.number) || ns(new.sop) || ns(new.channel) || ns(coalesce(new.ticket_id, 0))
    || ns(coalesce(new.package_id, 0)) || ns(new.made_by) || ns(new.made_us) || ns(new.key));
  return new;
end $$;
create function open_card() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  insert into paraf(berkas_id, action, as_role, expects, key, client) values (new.id, 'ajukan', 'PEMOHON', 0, new.key, new.client);
  return null;
end $$;
create trigger berkas_b_judge before insert on berkas for each row execute function judge_berkas();
create trigger berkas_z_card after insert on berkas for each row execute function open_card();

-- Only the guard below moves a file, by one line at a time; what a file was made with never changes.
create function keep_berkas() returns trigger language plpgsql as $$
begin
  if (old.id, old.number, old.sop, old.channel, old.ticket_id, old.package_id, old.made_by, old.made_us, old.key)
      is distinct from (new.id, new.number, new.sop, new.channel, new.ticket_id, new.package_id, new.made_by, new.made_us, new.key)
    or not ((new.n = old.n + 1 and new.head <> old.head)
      or ((new.n, new.head, new.stage, new.holder, new.moved_us) = (old.n, old.head, old.stage, old.holder, old.moved_us))) then
    perform refuse('P3423', 'frozen');
  end if;
  return new;
end $$;
create trigger berkas_moves before update on berkas for each row execute function keep_berkas();
create trigger berkas_frozen before delete on berkas for each row execute function frozen();
create trigger berkas_kept before truncate on berkas for each statement execute function frozen();
alter table berkas enable row level security;

-- Whether the actor entered data in this file or signed one of the lines that bar him from this step.
create function had_a_hand(file bigint, barred text) returns boolean language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return exists (select 1 from paraf k where k.berkas_id = file and k.actor = actor() and strpos(barred, ',' || k.action || ',') > 0)
    or (strpos(barred, ',entri,') > 0 and exists (select 1 from entry e where e.berkas_id = file and e.made_by = actor()));
end $$;

create function judge_paraf() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare
  b berkas;
  way record;
  lacking text;
  barred boolean := false;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform refuse('P3400', 'isolation');
  end if;
  -- What is missing is never compared: NULL would pass every question below.
  if new.note is null or new.expects is null or new.key is null or new.client is null then
    perform refuse('P3400', 'null');
  end if;
  -- One line after the other: this file's card is ours until the command ends.
  select * into b from berkas where id = new.berkas_id for no key update;
  -- Each question costs about as much as the next, so those that belong together are asked as one.
  select (select max(s.client_min) from schema_version s) as client_least, mine.roles, mine.acting,
      k.id is not null as known, k.actor = actor() and k.berkas_id = new.berkas_id and k.action = new.action as again,
      w.to_stage, w.not_by, w.from_work, w.needs, coalesce(new.as_role = any(w.roles), false) as allowed,
      coalesce((select e.sha256 from entry e where e.berkas_id = b.id order by e.rev desc limit 1), '') as entry_hash,
      coalesce((select d.sha256 from draft d where d.berkas_id = b.id order by d.rev desc limit 1), '') as draft_hash
    into way
    from (select coalesce(array_agg(r.role), '{}') as roles,
        case when bool_or(r.role = new.as_role and r.kind = 'TETAP') then ''
          else coalesce((array_agg(r.kind || ' ' || r.basis order by r.assignment_id) filter (where r.role = new.as_role))[1], '') end as acting
      from my_role r) mine
    left join paraf k on k.key = new.key
    left join sop_way w on w.sop = b.sop and w.at_stage = b.stage and w.action = new.action and w.channel = b.channel;
  if new.client < way.client_least then
    perform refuse('P3426', 'client');
  end if;
  if way.again then
    return null;
  end if;
  if way.known then
    perform refuse('P3409', 'key');
  end if;
  if b.n > new.expects and way.roles <> '{}' then
    perform refuse('P3409', 'moved');
  end if;
  -- One answer for "no such file", "not now", "not your role": nothing is learnt by asking.
  if b.id is null or not way.allowed
    or not (new.as_role = any(way.roles) or (b.n = 0 and new.action = 'ajukan' and new.as_role = 'PEMOHON')) then
    perform refuse('P3403', 'step');
  end if;
  if b.n <> new.expects then
    perform refuse('P3409', 'moved');
  end if;
  if way.from_work and b.holder <> actor() and new.action not in ('ambil_alih', 'batalkan') then
    perform refuse('P3403', 'holder');
  end if;
  if new.action = 'ambil_alih' and b.holder = actor() then
    perform refuse('P3403', 'yours');
  end if;
  if way.not_by <> '' then
    barred := had_a_hand(b.id, way.not_by);
    if barred and coalesce((select data::jsonb ->> 'four_eyes' from office order by id desc limit 1), 'true') <> 'false' then
      perform refuse('P3403', 'four_eyes');
    end if;
  end if;
  foreach lacking in array way.needs loop
    if (lacking = 'note' and length(trim(new.note)) < 5) or not is_met(b, lacking) then
      perform refuse('P3422', lacking);
    end if;
  end loop;

  new.n := b.n + 1;
  new.at_stage := b.stage;
  new.to_stage := way.to_stage;
  new.actor := case when new.as_role = 'PEMOHON' then 'pemohon' else actor() end;
  new.acting := way.acting;
  if new.as_role = 'PEMOHON' then
    new.at_us := coalesce((select made_us from ticket where id = b.ticket_id), (select made_us from package where id = b.package_id));
  else
    new.at_us := greatest(now_us(), b.moved_us);
  end if;
  new.entry_hash := way.entry_hash;
  new.draft_hash := way.draft_hash;
  new.evidence := '';
  if b.touched = b.n then
    new.evidence := coalesce((select sha256hex(string_agg(f.line, e'\n' order by f.line collate "C")) from berkas_fact f
      where f.berkas_id = b.id and f.at_n = b.n), '');
  end if;
  new.waived := case when barred then 'four_eyes' else '' end;
  new.hash := chained(b.head, ns('p1') || ns(new.berkas_id) || ns(new.n::bigint) || ns(new.action) || ns(new.as_role) || ns(new.at_stage)
    || ns(new.to_stage) || ns(new.actor) || ns(new.acting) || ns(new.at_us) || ns(new.note) || ns(new.entry_hash) || ns(new.draft_hash)
    || ns(new.evidence) || ns(new.waived) || ns(new.key));
  return new;
end $$;
-- The file moves when its line really stands: before, ON CONFLICT DO NOTHING could still drop the line and leave the file moved.
create function move_berkas() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  update berkas b set n = new.n, stage = new.to_stage, head = new.hash, moved_us = new.at_us, moved_in = pg_current_xact_id(),
    holder = case when (select w.into_work from sop_way w where w.sop = b.sop and w.at_stage = new.at_stage and w.action = new.action
      and w.channel = b.channel) then actor() else '' end
    where id = new.berkas_id;
  return null;
end $$;
create trigger paraf_b_judge before insert on paraf for each row execute function judge_paraf();
create trigger paraf_z_moves after insert on paraf for each row execute function move_berkas();
call close_table('paraf');
