-- What may be written beside a file: at the line it has now, by a role and in a stage that the SOP's table allows.
create trigger entry_judge before insert on entry begin
  select raise(ignore) where exists (select 1 from entry where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'entry'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3409 entry') where new.rev <> coalesce((select max(rev) from entry where berkas_id = new.berkas_id), 0) + 1;
  select raise(abort, 'P3400 sha256') where new.sha256 <> sha256hex(new.data);
end;
create trigger contact_judge before insert on contact begin
  select raise(ignore) where exists (select 1 from contact where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'contact'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
end;
create trigger requirement_check_judge before insert on requirement_check begin
  select raise(ignore) where exists (select 1 from requirement_check where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'check'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3400 code') where not exists (select 1 from requirement where code = new.code);
end;
create trigger finding_judge before insert on finding begin
  select raise(ignore) where exists (select 1 from finding where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'finding'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
end;
create trigger answer_judge before insert on answer begin
  select raise(ignore) where exists (select 1 from answer where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'answer'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3422 answer_time') where new.came_us > now_us() or new.came_us < (select moved_us from berkas where id = new.berkas_id);
end;
create trigger confirmation_judge before insert on confirmation begin
  select raise(ignore) where exists (select 1 from confirmation where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'confirmation'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3409 draft') where new.draft_rev <> coalesce((select max(rev) from draft where berkas_id = new.berkas_id), 0);
end;
create trigger note_judge before insert on note begin
  select raise(ignore) where exists (select 1 from note where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'note'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
end;
create trigger removal_judge before insert on removal begin
  select raise(ignore) where exists (select 1 from removal where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'scan'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3400 paper') where not exists (select 1 from paper where id = new.paper_id and berkas_id = new.berkas_id and kind = 'scan');
end;
create trigger draft_judge before insert on draft begin
  select raise(ignore) where exists (select 1 from draft where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'draft'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3409 draft') where new.rev <> coalesce((select max(rev) from draft where berkas_id = new.berkas_id), 0) + 1;
  select raise(abort, 'P3409 entry') where new.entry_rev <> coalesce((select max(rev) from entry where berkas_id = new.berkas_id), 0);
  select raise(abort, 'P3400 sha256') where new.sha256 <> sha256hex(new.manifest);
  select raise(abort, 'P3400 manifest') where json_array_length(new.manifest) = 0 or exists (select 1 from json_each(new.manifest) j
    where not exists (select 1 from paper p where p.berkas_id = new.berkas_id and p.kind = 'document' and p.draft_rev = new.rev
      and p.at_n = new.at_n and p.sha256 = json_extract(j.value, '$.sha256') and p.subject = json_extract(j.value, '$.subject')));
end;
create trigger seen_judge before insert on seen begin
  select raise(ignore) where exists (select 1 from seen where key = new.key and made_by = actor());
  select raise(ignore) where exists (select 1 from seen where berkas_id = new.berkas_id and sha256 = new.sha256 and page = new.page
    and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'seen'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
end;
create trigger print_event_judge before insert on print_event begin
  select raise(ignore) where exists (select 1 from print_event where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = 'print'
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3400 paper') where not exists (select 1 from paper where id = new.paper_id and berkas_id = new.berkas_id);
end;
create trigger paper_judge before insert on paper begin
  select raise(ignore) where exists (select 1 from paper where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = iif(new.kind in ('document', 'draft_print'), 'draft', new.kind)
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3422 signed') where new.kind = 'signed' and not exists (select 1 from paper p where p.berkas_id = new.berkas_id
    and p.kind = 'document' and p.sha256 = new.source and p.draft_rev = new.draft_rev);
  select raise(abort, 'P3409 draft') where new.kind = 'signed' and new.draft_rev <> (select max(rev) from draft where berkas_id = new.berkas_id);
end;
create trigger outbox_judge before insert on outbox begin
  select raise(ignore) where exists (select 1 from outbox where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 write') where not exists (select 1 from may_write where berkas_id = new.berkas_id and what = new.kind
    and role = new.as_role);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
end;
create trigger outbox_event_judge before insert on outbox_event begin
  select raise(ignore) where exists (select 1 from outbox_event where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
  select raise(abort, 'P3403 write') where new.as_role not in ('FO', 'EDITOR', 'MAILER') or new.as_role not in (select role from my_role);
  select raise(abort, 'P3400 berkas') where new.berkas_id <> (select berkas_id from outbox where id = new.outbox_id);
  select raise(abort, 'P3409 moved') where new.at_n <> (select n from berkas where id = new.berkas_id);
  select raise(abort, 'P3409 sent') where exists (select 1 from outbox_event where outbox_id = new.outbox_id and event in ('SENT', 'REFUSED'));
  select raise(abort, 'P3409 leased') where new.event = 'LEASED' and exists (select 1 from outbox_event v where v.outbox_id = new.outbox_id
    and v.event = 'LEASED' and v.until_us > now_us() and v.id = (select max(id) from outbox_event where outbox_id = new.outbox_id));
  select raise(abort, 'P3403 lease') where new.event <> 'LEASED' and not exists (select 1 from outbox_event v where v.outbox_id = new.outbox_id
    and v.event = 'LEASED' and v.made_by = actor() and v.id = (select max(id) from outbox_event where outbox_id = new.outbox_id));
end;
create trigger entry_stamp after insert on entry begin
  update berkas set husband_name = coalesce(json_extract(new.data, '$.husband.name'), ''), wife_name = coalesce(json_extract(new.data, '$.wife.name'), ''),
    husband_nik = coalesce(json_extract(new.data, '$.husband.nik'), ''), wife_nik = coalesce(json_extract(new.data, '$.wife.nik'), ''),
    route = coalesce(json_extract(new.data, '$.route'), '') where id = new.berkas_id;
end;
create trigger blob_judge before insert on blob begin
  select raise(ignore) where exists (select 1 from blob where sha256 = new.sha256);
  select raise(abort, 'P3403 write') where not exists (select 1 from my_role);
  select raise(abort, 'P3400 sha256') where new.sha256 <> sha256hex(new.data);
end;
create trigger entry_frozen before update on entry begin select raise(abort, 'P3423 frozen'); end;
create trigger entry_kept before delete on entry begin select raise(abort, 'P3423 kept'); end;
create trigger contact_frozen before update on contact begin select raise(abort, 'P3423 frozen'); end;
create trigger contact_kept before delete on contact begin select raise(abort, 'P3423 kept'); end;
create trigger requirement_check_frozen before update on requirement_check begin select raise(abort, 'P3423 frozen'); end;
create trigger requirement_check_kept before delete on requirement_check begin select raise(abort, 'P3423 kept'); end;
create trigger finding_frozen before update on finding begin select raise(abort, 'P3423 frozen'); end;
create trigger finding_kept before delete on finding begin select raise(abort, 'P3423 kept'); end;
create trigger answer_frozen before update on answer begin select raise(abort, 'P3423 frozen'); end;
create trigger answer_kept before delete on answer begin select raise(abort, 'P3423 kept'); end;
create trigger confirmation_frozen before update on confirmation begin select raise(abort, 'P3423 frozen'); end;
create trigger confirmation_kept before delete on confirmation begin select raise(abort, 'P3423 kept'); end;
create trigger note_frozen before update on note begin select raise(abort, 'P3423 frozen'); end;
create trigger note_kept before delete on note begin select raise(abort, 'P3423 kept'); end;
create trigger removal_frozen before update on removal begin select raise(abort, 'P3423 frozen'); end;
create trigger removal_kept before delete on removal begin select raise(abort, 'P3423 kept'); end;
create trigger draft_frozen before update on draft begin select raise(abort, 'P3423 frozen'); end;
create trigger draft_kept before delete on draft begin select raise(abort, 'P3423 kept'); end;
create trigger seen_frozen before update on seen begin select raise(abort, 'P3423 frozen'); end;
create trigger seen_kept before delete on seen begin select raise(abort, 'P3423 kept'); end;
create trigger print_event_frozen before update on print_event begin select raise(abort, 'P3423 frozen'); end;
create trigger print_event_kept before delete on print_event begin select raise(abort, 'P3423 kept'); end;
create trigger paper_frozen before update on paper begin select raise(abort, 'P3423 frozen'); end;
create trigger paper_kept before delete on paper begin select raise(abort, 'P3423 kept'); end;
create trigger outbox_frozen before update on outbox begin select raise(abort, 'P3423 frozen'); end;
create trigger outbox_kept before delete on outbox begin select raise(abort, 'P3423 kept'); end;
create trigger outbox_event_frozen before update on outbox_event begin select raise(abort, 'P3423 frozen'); end;
create trigger outbox_event_kept before delete on outbox_event begin select raise(abort, 'P3423 kept'); end;
create trigger blob_frozen before update on blob begin select raise(abort, 'P3423 frozen'); end;
create trigger blob_kept before delete on blob begin select raise(abort, 'P3423 kept'); end;
create trigger package_frozen before update on package begin select raise(abort, 'P3423 frozen'); end;
create trigger package_kept before delete on package begin select raise(abort, 'P3423 kept'); end;
create trigger ticket_event_frozen before update on ticket_event begin select raise(abort, 'P3423 frozen'); end;
create trigger ticket_event_kept before delete on ticket_event begin select raise(abort, 'P3423 kept'); end;
create trigger ticket_judge before insert on ticket begin
  select raise(ignore) where exists (select 1 from ticket where key = new.key and made_by = actor());
  select raise(abort, 'P3400 column') where new.number <> 0 or new.day <> '' or new.code <> '' or new.made_by <> actor();
  select raise(abort, 'P3403 ticket') where not exists (select 1 from my_role where role in ('FO', 'KIOSK'));
end;
create trigger ticket_stamp after insert on ticket begin
  update ticket set day = (select day from today),
    number = (select coalesce(max(number), 0) + 1 from ticket where prefix = new.prefix and day = (select day from today)) where id = new.id;
  update ticket set code = 'T3-' || strftime('%Y%m%d', new.made_us / 1000000 + 25200, 'unixepoch') where id = new.id;
  update ticket set code = 'T3-' || substr(code, 6, 6) || '-' || prefix || printf('%03d', number) where id = new.id;
  update ticket set code = code || '-' || check_digit(code) where id = new.id;
end;
create trigger ticket_frozen before update on ticket begin
  select raise(abort, 'P3423 frozen') where old.code glob '*-*-*-*';
end;
create trigger ticket_kept before delete on ticket begin select raise(abort, 'P3423 kept'); end;
create trigger ticket_event_judge before insert on ticket_event begin
  select raise(ignore) where exists (select 1 from ticket_event where key = new.key and made_by = actor());
  select raise(abort, 'P3403 ticket') where not exists (select 1 from my_role where role = 'FO');
  select raise(abort, 'P3409 called') where new.event = 'CALLED' and exists (select 1 from ticket_event v where v.ticket_id = new.ticket_id
    and v.made_by <> actor() and v.id = (select max(id) from ticket_event where ticket_id = new.ticket_id));
end;
create trigger package_judge before insert on package begin
  select raise(ignore) where exists (select 1 from package where key = new.key and made_by = actor());
  select raise(abort, 'P3403 register') where not exists (select 1 from my_role where role = 'FO');
  select raise(abort, 'P3409 package') where exists (select 1 from package where external_ref = new.external_ref or sha256 = new.sha256);
end;
