-- What may be written beside a file: at the line it has now, by a role and in a stage that the SOP's table allows.
-- One judge for all of them; it takes the file's row, so that nothing slips in between a line and what that line binds.
create function judge_fact() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare
  b berkas;
  what_ text := tg_argv[0];
  stage_kind text;
begin
  perform read_committed();
  if what_ = '' then
    what_ := case when new.kind in ('document', 'draft_print') then 'draft' else new.kind end;
  end if;
  select * into b from berkas where id = new.berkas_id for no key update;
  select s.kind into stage_kind from sop_stage s where s.sop = b.sop and s.stage = b.stage;
  if b.id is null or not exists (select 1 from sop_writable w where w.sop = b.sop and w.stage = b.stage and w.what = what_
      and w.role = new.as_role)
    or not has_role(new.as_role) or not (stage_kind <> 'work' or b.holder = actor() or what_ in ('note', 'print', 'card')) then
    perform refuse('P3403', 'write');
  end if;
  -- Nor behind a line of this very statement, which has bound what was there and moves the file only when the statement ends.
  if new.at_n is distinct from b.n or exists (select 1 from paraf p where p.berkas_id = b.id and p.n > b.n) then
    perform refuse('P3409', 'moved');
  end if;
  if b.touched <> b.n then
    update berkas set touched = b.n where id = b.id;
  end if;
  return new;
end $$;
create function judge_entry() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if new.rev <> coalesce((select max(rev) from entry where berkas_id = new.berkas_id), 0) + 1 then
    perform refuse('P3409', 'entry');
  end if;
  if new.sha256 <> sha256hex(new.data) then
    perform refuse('P3400', 'sha256');
  end if;
  -- Every list of the office reads it: a word that nobody knows would stop them all.
  if coalesce(new.data::jsonb ->> 'route', '') not in ('', 'PN', 'PA') then
    perform refuse('P3400', 'route');
  end if;
  return new;
end $$;
create function judge_requirement_check() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if not exists (select 1 from requirement where code = new.code) then
    perform refuse('P3400', 'code');
  end if;
  return new;
end $$;
create function judge_answer() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if new.came_us > now_us() or new.came_us < (select moved_us from berkas where id = new.berkas_id) then
    perform refuse('P3422', 'answer_time');
  end if;
  return new;
end $$;
create function judge_confirmation() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if new.draft_rev <> coalesce((select max(rev) from draft where berkas_id = new.berkas_id), 0) then
    perform refuse('P3409', 'draft');
  end if;
  return new;
end $$;
create function judge_removal() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if not exists (select 1 from paper where id = new.paper_id and berkas_id = new.berkas_id and kind = 'scan') then
    perform refuse('P3400', 'paper');
  end if;
  return new;
end $$;
create function judge_draft() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if new.rev <> coalesce((select max(rev) from draft where berkas_id = new.berkas_id), 0) + 1 then
    perform refuse('P3409', 'draft');
  end if;
  if new.entry_rev <> coalesce((select max(rev) from entry where berkas_id = new.berkas_id), 0) then
    perform refuse('P3409', 'entry');
  end if;
  if new.sha256 <> sha256hex(new.manifest) then
    perform refuse('P3400', 'sha256');
  end if;
  -- A draft in which nothing is to be signed would pass the Kadis's desk unsigned.
  if jsonb_typeof(new.manifest::jsonb) <> 'array' or not new.manifest::jsonb @> '[{"sign": true}]'
    or exists (select 1 from jsonb_array_elements(new.manifest::jsonb) j where jsonb_typeof(j -> 'sign') is distinct from 'boolean')
    or exists (select 1 from jsonb_array_elements(new.manifest::jsonb) j where not exists (
      select 1 from paper p where p.berkas_id = new.berkas_id and p.kind = 'document' and p.draft_rev = new.rev and p.at_n = new.at_n
        and p.sha256 = j ->> 'sha256' and p.subject = j ->> 'subject')) then
    perform refuse('P3400', 'manifest');
  end if;
  return new;
end $$;
create function judge_print_event() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if not exists (select 1 from paper where id = new.paper_id and berkas_id = new.berkas_id) then
    perform refuse('P3400', 'paper');
  end if;
  return new;
end $$;
create function judge_paper() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if new.kind = 'signed' then
    if not exists (select 1 from paper p where p.berkas_id = new.berkas_id and p.kind = 'document' and p.sha256 = new.source
        and p.draft_rev = new.draft_rev) then
      perform refuse('P3422', 'signed');
    end if;
    if new.draft_rev <> (select max(rev) from draft where berkas_id = new.berkas_id) then
      perform refuse('P3409', 'draft');
    end if;
  end if;
  return new;
end $$;
-- What is mailed with a file is a paper of this file, and in a form that the one sender for all can read.
create function judge_outbox() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if jsonb_typeof(new.attachments::jsonb) <> 'array' then
    perform refuse('P3400', 'attachments');
  end if;
  if exists (select 1 from jsonb_array_elements(new.attachments::jsonb) j where jsonb_typeof(j -> 0) is distinct from 'string'
      or j -> 2 is not null or not exists (select 1 from paper p where p.berkas_id = new.berkas_id and p.sha256 = j ->> 1)) then
    perform refuse('P3400', 'attachments');
  end if;
  return new;
end $$;
create function skip_seen() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if exists (select 1 from seen where berkas_id = new.berkas_id and sha256 = new.sha256 and page = new.page and made_by = actor()) then
    return null;
  end if;
  return new;
end $$;
create trigger entry_a_stamp before insert on entry for each row execute function stamp();
create trigger entry_b_judge before insert on entry for each row execute function judge_fact('entry');
create trigger entry_c_judge before insert on entry for each row execute function judge_entry();
create trigger contact_a_stamp before insert on contact for each row execute function stamp();
create trigger contact_b_judge before insert on contact for each row execute function judge_fact('contact');
create trigger requirement_check_a_stamp before insert on requirement_check for each row execute function stamp();
create trigger requirement_check_b_judge before insert on requirement_check for each row execute function judge_fact('check');
create trigger requirement_check_c_judge before insert on requirement_check for each row execute function judge_requirement_check();
create trigger finding_a_stamp before insert on finding for each row execute function stamp();
create trigger finding_b_judge before insert on finding for each row execute function judge_fact('finding');
create trigger answer_a_stamp before insert on answer for each row execute function stamp();
create trigger answer_b_judge before insert on answer for each row execute function judge_fact('answer');
create trigger answer_c_judge before insert on answer for each row execute function judge_answer();
create trigger confirmation_a_stamp before insert on confirmation for each row execute function stamp();
create trigger confirmation_b_judge before insert on confirmation for each row execute function judge_fact('confirmation');
create trigger confirmation_c_judge before insert on confirmation for each row execute function judge_confirmation();
create trigger note_a_stamp before insert on note for each row execute function stamp();
create trigger note_b_judge before insert on note for each row execute function judge_fact('note');
create trigger removal_a_stamp before insert on removal for each row execute function stamp();
create trigger removal_b_judge before insert on removal for each row execute function judge_fact('scan');
create trigger removal_c_judge before insert on removal for each row execute function judge_removal();
create trigger draft_a_stamp before insert on draft for each row execute function stamp();
create trigger draft_b_judge before insert on draft for each row execute function judge_fact('draft');
create trigger draft_c_judge before insert on draft for each row execute function judge_draft();
create trigger seen_a_stamp before insert on seen for each row execute function stamp();
create trigger seen_a_twice before insert on seen for each row execute function skip_seen();
create trigger seen_b_judge before insert on seen for each row execute function judge_fact('seen');
create trigger print_event_a_stamp before insert on print_event for each row execute function stamp();
create trigger print_event_b_judge before insert on print_event for each row execute function judge_fact('print');
create trigger print_event_c_judge before insert on print_event for each row execute function judge_print_event();
create trigger paper_a_stamp before insert on paper for each row execute function stamp();
create trigger paper_b_judge before insert on paper for each row execute function judge_fact('');
create trigger paper_c_judge before insert on paper for each row execute function judge_paper();
create trigger outbox_a_stamp before insert on outbox for each row execute function stamp();
create trigger outbox_b_judge before insert on outbox for each row execute function judge_fact('');
create trigger outbox_c_judge before insert on outbox for each row execute function judge_outbox();

-- Names and NIK of the newest entry stand on the file's head, where lists and searches find them.
create function show_entry() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare d jsonb := new.data::jsonb;
begin
  update berkas set husband_name = coalesce(d #>> '{husband,name}', ''), wife_name = coalesce(d #>> '{wife,name}', ''),
    husband_nik = coalesce(d #>> '{husband,nik}', ''), wife_nik = coalesce(d #>> '{wife,nik}', ''), route = coalesce(d ->> 'route', '')
    where id = new.berkas_id;
  insert into berkas_party as p(berkas_id, names, husband_nik, wife_nik)
    select b.id, upper(b.husband_name || ' ' || b.wife_name), b.husband_nik, b.wife_nik from berkas b where b.id = new.berkas_id
    on conflict (berkas_id) do update set names = excluded.names, husband_nik = excluded.husband_nik, wife_nik = excluded.wife_nik
    where (p.names, p.husband_nik, p.wife_nik) <> (excluded.names, excluded.husband_nik, excluded.wife_nik);
  return null;
end $$;
create trigger entry_z_shown after insert on entry for each row execute function show_entry();

create function judge_blob() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if my_roles() = '{}' then
    perform refuse('P3403', 'write');
  end if;
  if new.sha256 <> sha256hex(new.data) then
    perform refuse('P3400', 'sha256');
  end if;
  if exists (select 1 from blob where sha256 = new.sha256) then
    return null;
  end if;
  new.made_us := now_us();
  return new;
end $$;
create trigger blob_b_judge before insert on blob for each row execute function judge_blob();

-- Mails that wait or are on their way; the server's own list, so that nobody has to look through all that were ever sent.
create table outbox_waiting(outbox_id bigint primary key references outbox, berkas_id bigint not null references berkas);
alter table outbox_waiting enable row level security;
create function queue_mail() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  insert into outbox_waiting(outbox_id, berkas_id) values (new.id, new.berkas_id);
  return null;
end $$;
create trigger outbox_z_queued after insert on outbox for each row execute function queue_mail();
create function judge_outbox_event() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare
  last outbox_event;
  mail outbox;
  b berkas;
begin
  perform read_committed();
  if new.as_role not in ('FO', 'EDITOR', 'MAILER') or not has_role(new.as_role) then
    perform refuse('P3403', 'write');
  end if;
  select * into b from berkas where id = new.berkas_id for no key update;
  select * into mail from outbox where id = new.outbox_id for no key update;
  if mail.id is null or new.berkas_id <> mail.berkas_id then
    perform refuse('P3400', 'berkas');
  end if;
  if new.at_n <> b.n or exists (select 1 from paraf p where p.berkas_id = b.id and p.n > b.n) then
    perform refuse('P3409', 'moved');
  end if;
  if b.touched <> b.n then
    update berkas set touched = b.n where id = b.id;
  end if;
  select * into last from outbox_event where outbox_id = new.outbox_id order by id desc limit 1;
  if last.event in ('SENT', 'REFUSED') then
    perform refuse('P3409', 'sent');
  end if;
  if new.event = 'LEASED' then
    if last.event = 'LEASED' and last.until_us > now_us() then
      perform refuse('P3409', 'leased');
    end if;
    -- A lease is short, whatever is asked for.
    new.until_us := least(new.until_us, now_us() + 600000000);
  elsif last.event is distinct from 'LEASED' or last.made_by <> actor() then
    perform refuse('P3403', 'lease');
  end if;
  return new;
end $$;
create function unqueue_mail() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  if new.event in ('SENT', 'REFUSED') then
    delete from outbox_waiting where outbox_id = new.outbox_id;
  end if;
  return null;
end $$;
create trigger outbox_event_z_done after insert on outbox_event for each row execute function unqueue_mail();
create trigger outbox_event_a_stamp before insert on outbox_event for each row execute function stamp();
create trigger outbox_event_b_judge before insert on outbox_event for each row execute function judge_outbox_event();
create index outbox_event_maker on outbox_event(made_by, made_us);

create function judge_ticket() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not (has_role('FO') or has_role('KIOSK')) then
    perform refuse('P3403', 'ticket');
  end if;
  -- A machine that anybody can reach takes no more than a hall can: twenty in ten seconds.
  if has_role('KIOSK') and (select count(*) from ticket where made_by = actor() and made_us > now_us() - 10000000) >= 20 then
    perform refuse('P3403', 'too_many');
  end if;
  new.day := today();
  insert into ticket_counter as c(day, prefix, last) values (new.day, new.prefix, 1)
    on conflict (day, prefix) do update set last = c.last + 1 returning last into new.number;
  new.code := 'T3-' || substr(replace(new.day, '-', ''), 3) || '-' || new.prefix
    || case when new.number < 1000 then lpad(new.number::text, 3, '0') else new.number::text end;
  new.code := new.code || '-' || check_digit(new.code);
  return new;
end $$;
create trigger ticket_a_stamp before insert on ticket for each row execute function stamp();
create trigger ticket_b_judge before insert on ticket for each row execute function judge_ticket();
create index ticket_maker on ticket(made_by, made_us);

create function judge_ticket_event() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare last ticket_event;
begin
  perform read_committed();
  if not has_role('FO') then
    perform refuse('P3403', 'ticket');
  end if;
  -- Two counters that call one number at the same moment come here one after the other.
  perform 1 from ticket where id = new.ticket_id for no key update;
  select * into last from ticket_event where ticket_id = new.ticket_id order by id desc limit 1;
  if new.event = 'CALLED' and last.made_by <> actor() then
    perform refuse('P3409', 'called');
  end if;
  return new;
end $$;
create trigger ticket_event_a_stamp before insert on ticket_event for each row execute function stamp();
create trigger ticket_event_b_judge before insert on ticket_event for each row execute function judge_ticket_event();

create function judge_package() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not has_role('FO') then
    perform refuse('P3403', 'register');
  end if;
  if exists (select 1 from package where external_ref = new.external_ref or sha256 = new.sha256) then
    perform refuse('P3409', 'package');
  end if;
  return new;
end $$;
create trigger package_a_stamp before insert on package for each row execute function stamp();
create trigger package_b_judge before insert on package for each row execute function judge_package();

call close_table('entry');
call close_table('contact');
call close_table('requirement_check');
call close_table('finding');
call close_table('answer');
call close_table('confirmation');
call close_table('note');
call close_table('removal');
call close_table('draft');
call close_table('seen');
call close_table('print_event');
call close_table('paper');
call close_table('outbox');
call close_table('outbox_event');
call close_table('blob');
call close_table('ticket');
call close_table('ticket_event');
call close_table('package');

-- Reading. A stage is on my desk when one of my roles of today works there; a step that asks for a written reason (cancel, take over) makes
-- no desk. Which stages these are for a role is laid out once, when the whole table of an SOP has been written.
create table sop_desk(role text not null, stage text not null, primary key(role, stage));
call close_table('sop_desk');
create function lay_out_desks() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  insert into sop_desk(role, stage)
    select s.desk, s.stage from sop_stage s where s.sop = new.number and s.desk <> ''
    union select w.role, w.at_stage from sop_who w where w.sop = new.number and not exists (select 1 from sop_need n where n.sop = w.sop
      and n.at_stage = w.at_stage and n.action = w.action and n.channel = w.channel and n.need = 'note')
    union select w.role, w.stage from sop_writable w where w.sop = new.number and w.what not in ('note', 'print', 'card')
    on conflict do nothing;
  return null;
end $$;
create constraint trigger sop_desks after insert on sop deferrable initially deferred for each row execute function lay_out_desks();
create function my_stages() returns text[] language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return array(select distinct d.stage from my_role r join sop_desk d on d.role = r.role);
end $$;
-- Files I may look into wherever they are: those I opened (and was written down for) in the last 12 hours, those whose card I signed in the
-- last 24, and for whoever sends mail those with a mail that waits, or with one that he sent in the last 24.
create function my_files() returns bigint[] language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
declare
  roles text[] := my_roles();
  now bigint := now_us();
begin
  if roles = '{}' then
    return '{}';
  end if;
  return (select coalesce(array_agg(distinct f.id), '{}') from (
    select r.berkas_id as id from read_log r where r.login = actor() and r.made_us > now - 43200000000 and r.searched = 0
      and r.made_in is distinct from pg_current_xact_id_if_assigned()
    union all select p.berkas_id from paraf p where p.actor = actor() and p.at_us > now - 86400000000
    union all select w.berkas_id from outbox_waiting w where roles && array['FO', 'EDITOR', 'MAILER']
    union all select v.berkas_id from outbox_event v where v.made_by = actor() and v.made_us > now - 86400000000) f);
end $$;
-- Files that a search of mine showed in the last hour: their head and card, not what is in them.
create function my_found() returns bigint[] language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  if my_roles() = '{}' then
    return '{}';
  end if;
  return (select coalesce(array_agg(distinct r.berkas_id), '{}') from read_log r
    where r.login = actor() and r.made_us > now_us() - 3600000000 and r.searched = 1
      and r.made_in is distinct from pg_current_xact_id_if_assigned());
end $$;
-- Files that ended since this moment are on the list of what was delivered; before it they must be opened, which is written down.
create function ended_since() returns bigint language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return case when my_roles() && array['FO', 'EDITOR', 'KASI', 'KABID', 'KADIS'] then now_us() - 2592000000000 else 9223372036854775807 end;
end $$;
-- The files whose contents I may read. The owner's view, so that other tables ask one question and not a policy's policy.
create view open_berkas with (security_barrier = true) as
  select b.id from berkas b where b.moved_in is distinct from (select pg_current_xact_id_if_assigned())
    and (b.stage = any((select my_stages())::text[]) or (b.stage in ('SELESAI', 'BATAL') and b.moved_us > (select ended_since()))
      or b.id in (select unnest(my_files())));
create policy seen on berkas for select to pelita3_officer using (
  moved_in is distinct from (select pg_current_xact_id_if_assigned())
  and (stage = any((select my_stages())::text[]) or (stage in ('SELESAI', 'BATAL') and moved_us > (select ended_since()))
    or id in (select unnest(my_files())) or id in (select unnest(my_found()))));
-- The same for the owner's functions that make lists.
create view shown_berkas with (security_barrier = true) as
  select b.id from berkas b where b.moved_in is distinct from (select pg_current_xact_id_if_assigned())
    and (b.stage = any((select my_stages())::text[]) or (b.stage in ('SELESAI', 'BATAL') and b.moved_us > (select ended_since()))
      or b.id in (select unnest(my_files())) or b.id in (select unnest(my_found())));
create policy added on berkas for insert to pelita3_officer with check (made_by = actor());
-- A row is shown where its file is: looked up file by file. `exists` could be answered by first reading all files of the office.
create policy seen on paraf for select to pelita3_officer using (actor = actor() or (select true from berkas b where b.id = berkas_id));
create policy added on paraf for insert to pelita3_officer with check (actor in (actor(), 'pemohon'));
create policy seen on finding for select to pelita3_officer using ((select true from berkas b where b.id = berkas_id));
create policy seen on answer for select to pelita3_officer using ((select true from berkas b where b.id = berkas_id));
create policy seen on outbox for select to pelita3_officer using ((select true from berkas b where b.id = berkas_id));
create policy seen on outbox_event for select to pelita3_officer using ((select true from berkas b where b.id = berkas_id));
create policy seen on entry for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on contact for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on requirement_check for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on confirmation for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on note for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on removal for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on draft for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on seen for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on print_event for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy seen on paper for select to pelita3_officer using ((select true from open_berkas b where b.id = berkas_id));
create policy added on entry for insert to pelita3_officer with check (made_by = actor());
create policy added on contact for insert to pelita3_officer with check (made_by = actor());
create policy added on requirement_check for insert to pelita3_officer with check (made_by = actor());
create policy added on finding for insert to pelita3_officer with check (made_by = actor());
create policy added on answer for insert to pelita3_officer with check (made_by = actor());
create policy added on confirmation for insert to pelita3_officer with check (made_by = actor());
create policy added on note for insert to pelita3_officer with check (made_by = actor());
create policy added on removal for insert to pelita3_officer with check (made_by = actor());
create policy added on draft for insert to pelita3_officer with check (made_by = actor());
create policy added on seen for insert to pelita3_officer with check (made_by = actor());
create policy added on print_event for insert to pelita3_officer with check (made_by = actor());
create policy added on paper for insert to pelita3_officer with check (made_by = actor());
create policy added on outbox for insert to pelita3_officer with check (made_by = actor());
create policy added on outbox_event for insert to pelita3_officer with check (made_by = actor());
create policy added on ticket_event for insert to pelita3_officer with check (made_by = actor());
create policy added on package for insert to pelita3_officer with check (made_by = actor());
create policy seen on blob for select to pelita3_officer using ((select true from paper p where p.sha256 = blob.sha256 limit 1));
create policy added on blob for insert to pelita3_officer with check (true);
create policy seen on ticket for select to pelita3_officer using ((select my_roles()) <> '{}');
create policy own on ticket for select to pelita3_kiosk using (made_by = actor() and day = today());
create policy added on ticket for insert to pelita3_officer, pelita3_kiosk with check (made_by = actor());
create policy seen on ticket_event for select to pelita3_officer using ((select my_roles()) <> '{}');
create policy seen on package for select to pelita3_officer
  using (made_by = actor() or (select true from berkas b where b.package_id = package.id));
create policy seen on outbox_waiting for select to pelita3_officer using ((select my_roles()) && array['FO', 'EDITOR', 'MAILER']);
create index paper_bytes on paper(sha256);

grant select on berkas, paraf, ticket, ticket_event, package, blob, outbox_event, outbox_waiting,
  entry, contact, requirement_check, finding, answer, confirmation, note, removal, draft, seen, print_event, paper, outbox,
  current_entry, current_draft, current_contact, current_scan, current_check, must_see, berkas_fact, may_write, step_need, unmet, open_berkas
  to pelita3_officer;
grant insert(sop, channel, ticket_id, package_id, key, client) on berkas to pelita3_officer;
grant insert(berkas_id, action, as_role, note, expects, key, client) on paraf to pelita3_officer;
grant insert(berkas_id, rev, data, sha256, at_n, as_role, key) on entry to pelita3_officer;
grant insert(berkas_id, email, phone, read_back, at_n, as_role, key) on contact to pelita3_officer;
grant insert(berkas_id, code, verdict, original_seen, reason, at_n, as_role, key) on requirement_check to pelita3_officer;
grant insert(berkas_id, subject, problem, solution, at_n, as_role, key) on finding to pelita3_officer;
grant insert(berkas_id, what, came_us, at_n, as_role, key) on answer to pelita3_officer;
grant insert(berkas_id, draft_rev, statement, at_n, as_role, key) on confirmation to pelita3_officer;
grant insert(berkas_id, text, at_n, as_role, key) on note to pelita3_officer;
grant insert(berkas_id, paper_id, why, at_n, as_role, key) on removal to pelita3_officer;
grant insert(berkas_id, rev, entry_rev, manifest, sha256, at_n, as_role, key) on draft to pelita3_officer;
grant insert(berkas_id, sha256, page, at_n, as_role, key) on seen to pelita3_officer;
grant insert(berkas_id, paper_id, printer, job, state, detail, at_n, as_role, key) on print_event to pelita3_officer;
grant insert(berkas_id, kind, subject, title, draft_rev, sha256, mime, pages, source, meta, at_n, as_role, key) on paper to pelita3_officer;
grant insert(berkas_id, kind, to_address, subject, body, attachments, message_id, at_n, as_role, key) on outbox to pelita3_officer;
grant insert(outbox_id, berkas_id, event, until_us, reply, at_n, as_role, key) on outbox_event to pelita3_officer;
grant insert(sha256, data) on blob to pelita3_officer;
grant insert(prefix, key) on ticket to pelita3_officer, pelita3_kiosk;
grant select on ticket to pelita3_kiosk;
grant insert(ticket_id, event, place, key) on ticket_event to pelita3_officer;
grant insert(external_ref, sha256, data, submitted_us, key) on package to pelita3_officer;
grant execute on function my_stages(), my_files(), my_found(), ended_since(), is_met(berkas, text) to pelita3_officer;
grant select on schema_version to pelita3_officer, pelita3_kiosk, pelita3_display;
