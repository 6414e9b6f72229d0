-- The control card: one row per signed line. Adding a line is the only way a file moves.
create table paraf(
  id integer primary key autoincrement, berkas_id integer not null references berkas, n integer not null default 0, action text not null,
  as_role text not null, at_stage text not null default '', to_stage text not null default '', actor text not null default '',
  acting text not null default '', at_us integer not null default 0, note text not null default '' check(length(note) <= 500),
  entry_hash text not null default '', draft_hash text not null default '', evidence text not null default '', waived text not null default '',
  expects integer not null, key text not null unique, client integer not null, hash text not null default '');
create unique index paraf_line on paraf(berkas_id, n) where n > 0;
create index paraf_actor on paraf(actor, at_us);

create view current_entry as select e.* from entry e where e.rev = (select max(rev) from entry where berkas_id = e.berkas_id);
create view current_draft as select d.* from draft d where d.rev = (select max(rev) from draft where berkas_id = d.berkas_id);
create view current_contact as select c.* from contact c where c.id = (select max(id) from contact where berkas_id = c.berkas_id);
create view current_scan as select p.* from paper p where p.kind = 'scan' and not exists (select 1 from removal r where r.paper_id = p.id);
create view current_check as select c.* from requirement_check c
  where c.id = (select max(id) from requirement_check where berkas_id = c.berkas_id and code = c.code);
create view must_see(berkas_id, sha256, pages) as
  select p.berkas_id, p.sha256, max(p.pages) from paper p join current_draft d on d.berkas_id = p.berkas_id and d.rev = p.draft_rev
    where p.kind = 'document' group by p.berkas_id, p.sha256
  union all select berkas_id, sha256, max(pages) from current_scan group by berkas_id, sha256;

-- Everything written while a file had n lines; bound into line n+1.
create view berkas_fact(berkas_id, at_n, line) as
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
create view may_write(berkas_id, what, role) as
  select b.id, w.what, w.role from berkas b join sop_stage s on s.sop = b.sop and s.stage = b.stage
    join sop_writable w on w.sop = b.sop and w.stage = b.stage join my_role r on r.role = w.role
  where s.kind <> 'work' or b.holder = actor() or w.what in ('note', 'print', 'card');

create view step_need(berkas_id, action, need) as
  select b.id, n.action, n.need from berkas b join sop_need n on n.sop = b.sop and n.at_stage = b.stage and n.channel = b.channel;

-- Needs that are not met, one row each; the guard names the first.
create view unmet(berkas_id, action, need) as
  select s.berkas_id, s.action, s.need from step_need s join berkas b on b.id = s.berkas_id where case s.need
    when 'note' then 0
    when 'route' then b.route not in ('PN', 'PA')
    when 'contact' then not exists (select 1 from current_contact c where c.berkas_id = b.id and c.email like '_%@_%._%')
    when 'requirements' then exists (
      select 1 from requirement q left join current_check c on c.berkas_id = b.id and c.code = q.code
      where q.route = b.route and (q.condition = 'ALWAYS' or (q.condition = 'PROXY'
          and (select json_extract(e.data, '$.reporter') from current_entry e where e.berkas_id = b.id) = 'PROXY'))
        and not coalesce(c.verdict = 'OK' and (c.original_seen or exists (
          select 1 from current_scan p where p.berkas_id = b.id and p.subject = q.code)), 0))
    when 'findings' then not exists (select 1 from finding f where f.berkas_id = b.id and f.at_n = b.n and f.made_by = actor())
    when 'notice' then case b.channel
      when 'ONLINE' then not exists (select 1 from outbox o where o.berkas_id = b.id and o.kind = 'mail_deficiency' and o.at_n = b.n)
      else not exists (select 1 from paper p where p.berkas_id = b.id and p.kind = 'deficiency' and p.at_n = b.n) end
    when 'answer' then not exists (select 1 from answer a where a.berkas_id = b.id and a.at_n = b.n)
    when 'draft' then not exists (
      select 1 from current_draft d join current_entry e on e.berkas_id = d.berkas_id and e.rev = d.entry_rev
      where d.berkas_id = b.id and d.at_n = b.n)
    when 'confirmed' then b.channel = 'OFFLINE' and not exists (
      select 1 from confirmation c join current_draft d on d.berkas_id = c.berkas_id and d.rev = c.draft_rev
      where c.berkas_id = b.id and c.at_n = b.n)
    when 'ktp_request' then not exists (select 1 from paper p where p.berkas_id = b.id and p.kind = 'ktp_request' and p.at_n = b.n)
    when 'resi' then case b.channel
      when 'ONLINE' then not exists (select 1 from outbox o join outbox_event v on v.outbox_id = o.id and v.event = 'SENT'
        where o.berkas_id = b.id and o.kind = 'mail_resi')
      else not exists (select 1 from paper p join print_event v on v.paper_id = p.id and v.state = 'COMPLETED'
        where p.berkas_id = b.id and p.kind = 'resi') end
    when 'seen' then not exists (select 1 from must_see m where m.berkas_id = b.id) or exists (
      select 1 from must_see m where m.berkas_id = b.id and m.pages > (
        select count(*) from seen v where v.berkas_id = b.id and v.sha256 = m.sha256 and v.page <= m.pages and v.made_by = actor()))
    when 'signed' then not exists (select 1 from current_draft d where d.berkas_id = b.id) or exists (
      select 1 from current_draft d, json_each(d.manifest) j where d.berkas_id = b.id and json_extract(j.value, '$.sign')
        and not exists (select 1 from paper p where p.berkas_id = b.id and p.kind = 'signed' and p.draft_rev = d.rev
          and p.subject = json_extract(j.value, '$.subject') and p.source = json_extract(j.value, '$.sha256')))
    when 'accepted' then not exists (select 1 from outbox o join outbox_event v on v.outbox_id = o.id and v.event = 'SENT'
      where o.berkas_id = b.id and o.kind = 'mail_documents' and o.at_n = b.n)
    else 1 end;

create trigger berkas_judge before insert on berkas begin
  select raise(abort, 'P3426 client') where new.client < (select max(client_min) from schema_version);
  select raise(ignore) where exists (select 1 from berkas where key = new.key and made_by = actor());
  select raise(abort, 'P3400 column') where new.number <> '' or new.n <> 0 or new.stage <> '' or new.head <> '' or new.holder <> ''
    or new.husband_name <> '' or new.wife_name <> '' or new.route <> '' or new.moved_us <> 0 or new.made_by <> actor();
  select raise(abort, 'P3403 register') where not exists (select 1 from my_role where role = 'FO');
  select raise(abort, 'P3409 ticket') where exists (select 1 from berkas where ticket_id = new.ticket_id or package_id = new.package_id);
end;
create trigger berkas_stamp after insert on berkas begin
  update berkas set stage = 'MULAI', number = 'P3-' || strftime('%Y%m', new.made_us / 1000000 + 25200, 'unixepoch') where id = new.id;
  update berkas set number = 'P3-' || substr(number, 6, 4) || printf('-%04d', id) where id = new.id;
  update berkas set number = number || '-' || check_digit(number) where id = new.id;
  update berkas set head = chain('', 'b1', id, number, sop, channel, coalesce(ticket_id, 0), coalesce(package_id, 0), made_by, made_us, key)
    where id = new.id;
  insert into paraf(berkas_id, action, as_role, expects, key, client) values(new.id, 'ajukan', 'PEMOHON', 0, new.key, new.client);
end;
create trigger berkas_moves before update on berkas begin
  select raise(abort, 'P3423 frozen') where old.head <> '' and (
    (old.id, old.number, old.sop, old.channel, old.ticket_id, old.package_id, old.made_by, old.made_us, old.key)
      is not (new.id, new.number, new.sop, new.channel, new.ticket_id, new.package_id, new.made_by, new.made_us, new.key)
    or not ((new.n = old.n + 1 and exists (select 1 from paraf p where p.berkas_id = old.id and p.n = new.n and p.hash = new.head
          and p.to_stage = new.stage and p.at_us = new.moved_us))
      or (new.n = old.n and new.head = old.head and new.stage = old.stage and new.holder = old.holder and new.moved_us = old.moved_us
        and exists (select 1 from current_entry e where e.berkas_id = old.id
          and new.husband_name = coalesce(json_extract(e.data, '$.husband.name'), '')
          and new.wife_name = coalesce(json_extract(e.data, '$.wife.name'), '')
          and new.husband_nik = coalesce(json_extract(e.data, '$.husband.nik'), '')
          and new.wife_nik = coalesce(json_extract(e.data, '$.wife.nik'), '')
          and new.route = coalesce(json_extract(e.data, '$.route'), '')))));
end;
create trigger berkas_kept before delete on berkas begin select raise(abort, 'P3423 kept'); end;

create trigger paraf_judge before insert on paraf begin
  select raise(abort, 'P3426 client') where new.client < (select max(client_min) from schema_version);
  select raise(ignore) where exists (select 1 from paraf where key = new.key and actor = actor() and berkas_id = new.berkas_id and action = new.action);
  select raise(abort, 'P3409 key') where exists (select 1 from paraf where key = new.key);
  select raise(abort, 'P3400 column') where new.n <> 0 or new.actor <> '' or new.hash <> '' or new.at_us <> 0 or new.at_stage <> '' or new.to_stage <> ''
    or new.acting <> '' or new.entry_hash <> '' or new.draft_hash <> '' or new.evidence <> '' or new.waived <> '';
  select raise(abort, 'P3409 moved') where exists (select 1 from berkas where id = new.berkas_id and n > new.expects)
    and exists (select 1 from my_role);
  select raise(abort, 'P3403 step') where not exists (
    select 1 from berkas b join sop_who w on w.sop = b.sop and w.at_stage = b.stage and w.action = new.action and w.channel = b.channel
    where b.id = new.berkas_id and w.role = new.as_role
      and (new.as_role in (select role from my_role) or (b.n = 0 and new.action = 'ajukan' and new.as_role = 'PEMOHON')));
  select raise(abort, 'P3409 moved') where (select n from berkas where id = new.berkas_id) <> new.expects;
  select raise(abort, 'P3403 holder') from berkas b join sop_stage s on s.sop = b.sop and s.stage = b.stage
    where b.id = new.berkas_id and s.kind = 'work' and b.holder <> actor() and new.action not in ('ambil_alih', 'batalkan');
  select raise(abort, 'P3403 yours') from berkas b where b.id = new.berkas_id and new.action = 'ambil_alih' and b.holder = actor();
  select raise(abort, 'P3403 four_eyes') from berkas b join sop_step t on t.sop = b.sop and t.at_stage = b.stage and t.action = new.action
      and t.channel = b.channel
    where b.id = new.berkas_id and t.not_by <> '' and coalesce((select json_extract(data, '$.four_eyes') from office order by id desc limit 1), 1)
      and (exists (select 1 from paraf k where k.berkas_id = b.id and k.actor = actor() and instr(t.not_by, ',' || k.action || ',') > 0)
        or (instr(t.not_by, ',entri,') > 0 and exists (select 1 from entry e where e.berkas_id = b.id and e.made_by = actor())));
  select raise(abort, 'P3422 note') from step_need s where s.berkas_id = new.berkas_id and s.action = new.action and s.need = 'note'
    and length(trim(new.note)) < 5;
  select raise(abort, 'P3422 route') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'route';
  select raise(abort, 'P3422 contact') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'contact';
  select raise(abort, 'P3422 requirements') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'requirements';
  select raise(abort, 'P3422 findings') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'findings';
  select raise(abort, 'P3422 notice') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'notice';
  select raise(abort, 'P3422 answer') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'answer';
  select raise(abort, 'P3422 draft') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'draft';
  select raise(abort, 'P3422 confirmed') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'confirmed';
  select raise(abort, 'P3422 ktp_request') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'ktp_request';
  select raise(abort, 'P3422 resi') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'resi';
  select raise(abort, 'P3422 seen') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'seen';
  select raise(abort, 'P3422 signed') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'signed';
  select raise(abort, 'P3422 accepted') from unmet where berkas_id = new.berkas_id and action = new.action and need = 'accepted';
  select raise(abort, 'P3422 need') from unmet where berkas_id = new.berkas_id and action = new.action;
end;
create trigger paraf_stamp after insert on paraf begin
  update paraf set
    n = (select n + 1 from berkas where id = new.berkas_id), at_stage = (select stage from berkas where id = new.berkas_id),
    to_stage = (select t.to_stage from berkas b join sop_step t on t.sop = b.sop and t.at_stage = b.stage and t.action = new.action
      and t.channel = b.channel where b.id = new.berkas_id),
    actor = iif(new.as_role = 'PEMOHON', 'pemohon', actor()),
    acting = coalesce((select kind || ' ' || basis from my_role where role = new.as_role and kind <> 'TETAP'
      and not exists (select 1 from my_role where role = new.as_role and kind = 'TETAP') order by assignment_id limit 1), ''),
    at_us = iif(new.as_role = 'PEMOHON',
      (select coalesce(t.made_us, p.made_us) from berkas b left join ticket t on t.id = b.ticket_id left join package p on p.id = b.package_id
        where b.id = new.berkas_id),
      max(now_us(), (select coalesce(max(at_us), 0) from paraf where berkas_id = new.berkas_id))),
    entry_hash = coalesce((select sha256 from current_entry where berkas_id = new.berkas_id), ''),
    draft_hash = coalesce((select sha256 from current_draft where berkas_id = new.berkas_id), ''),
    evidence = coalesce((select sha256hex(group_concat(line, char(10))) from (select f.line from berkas_fact f
      where f.berkas_id = new.berkas_id and f.at_n = (select n from berkas where id = new.berkas_id) order by f.line)), ''),
    waived = coalesce((select 'four_eyes' from berkas b join sop_step t on t.sop = b.sop and t.at_stage = b.stage and t.action = new.action
        and t.channel = b.channel
      where b.id = new.berkas_id and t.not_by <> ''
        and (exists (select 1 from paraf k where k.berkas_id = b.id and k.actor = actor() and k.n > 0 and instr(t.not_by, ',' || k.action || ',') > 0)
          or (instr(t.not_by, ',entri,') > 0 and exists (select 1 from entry e where e.berkas_id = b.id and e.made_by = actor())))), '')
  where id = new.id;
  update paraf set hash = chain((select head from berkas where id = new.berkas_id), 'p1', berkas_id, n, action, as_role, at_stage, to_stage, actor,
    acting, at_us, note, entry_hash, draft_hash, evidence, waived, key) where id = new.id;
  update berkas set n = n + 1, stage = (select to_stage from paraf where id = new.id), head = (select hash from paraf where id = new.id),
    moved_us = (select at_us from paraf where id = new.id),
    holder = iif((select s.kind from sop_stage s, paraf p where p.id = new.id and s.sop = berkas.sop and s.stage = p.to_stage) = 'work',
      actor(), '')
    where id = new.berkas_id;
end;
create trigger paraf_frozen before update on paraf begin select raise(abort, 'P3423 frozen') where old.hash <> ''; end;
create trigger paraf_kept before delete on paraf begin select raise(abort, 'P3423 kept'); end;
