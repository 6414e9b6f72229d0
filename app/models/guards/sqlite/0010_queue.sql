-- The queue: services, bookings, tickets and what happens to them; states and rules judged by a table, as the SOP's are.
-- The prefix follows from the service now, so the column needs something to begin with; the rows stay as they are.
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, 'prefix text not null check(', 'prefix text not null default ''A'' check(') where type = 'table' and name = 'ticket';
pragma writable_schema = reset;

create table queue_rule(at_state text not null, event text not null, to_state text not null, reason integer not null, own integer not null,
  primary key(at_state, event)) without rowid;

create table queue_service(
  id integer primary key autoincrement, service text not null check(service glob '[A-OQ-Z]'),
  label text not null check(length(trim(label)) between 3 and 60), detail text not null default '' check(length(detail) <= 100),
  icon text not null default '', quota integer not null default 0 check(quota between 0 and 9999),
  position integer not null default 0, registers integer not null default 1 check(registers in (0, 1)), active integer not null default 1 check(active in (0, 1)),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create table queue_setting(
  id integer primary key autoincrement, data text not null check(json_valid(data)),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create table queue_counter(
  id integer primary key autoincrement, place text not null check(length(trim(place)) between 1 and 40), services text not null default '',
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create view current_service as select s.* from queue_service s where s.id = (select max(id) from queue_service where service = s.service);
create view queue_number(name, value) as
  select 'fair', coalesce(json_extract((select data from queue_setting order by id desc limit 1), '$.fair'), 3)
  union all select 'rejoin_after', coalesce(json_extract((select data from queue_setting order by id desc limit 1), '$.rejoin_after'), 2)
  union all select 'early', coalesce(json_extract((select data from queue_setting order by id desc limit 1), '$.early'), 15)
  union all select 'late', coalesce(json_extract((select data from queue_setting order by id desc limit 1), '$.late'), 15)
  union all select 'opens', coalesce(json_extract((select data from queue_setting order by id desc limit 1), '$.opens'), 450)
  union all select 'closes', coalesce(json_extract((select data from queue_setting order by id desc limit 1), '$.closes'), 900)
  union all select 'slot_quota', coalesce(json_extract((select data from queue_setting order by id desc limit 1), '$.slot_quota'), 0);

insert into queue_service(service, label, detail, icon, position, registers, made_by, key) values
  ('A', 'Akta perceraian, KK, KTP-el', 'Putusan Pengadilan Negeri', 'gavel', 1, 1, 'pemasangan', 'layanan-awal-A'),
  ('B', 'KK dan KTP-el setelah cerai', 'Akta cerai Pengadilan Agama', 'users-three', 2, 1, 'pemasangan', 'layanan-awal-B'),
  ('C', 'Melengkapi berkas', 'Sudah punya resi atau catatan', 'files', 3, 0, 'pemasangan', 'layanan-awal-C'),
  ('D', 'Tanya status atau ambil dokumen', 'Siapkan resi Anda', 'magnifying-glass', 4, 0, 'pemasangan', 'layanan-awal-D');

-- A booking of another system: a number and an hour, nobody's name. It becomes a ticket only when its owner has come.
create table booking(
  id integer primary key autoincrement, source text not null check(length(source) between 2 and 40),
  external_ref text not null check(length(external_ref) between 1 and 100), day text not null check(day glob '????-??-??'),
  slot_us integer not null, service text not null,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique, unique(source, external_ref));
create index booking_day on booking(day, slot_us);
create table booking_cancel(
  id integer primary key autoincrement, booking_id integer not null unique references booking, why text not null check(length(trim(why)) between 3 and 200),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);

alter table ticket add column service text not null default 'A';
alter table ticket add column priority integer not null default 0;
alter table ticket add column booking_id integer references booking;
alter table ticket add column state text not null default 'WAITING';
alter table ticket add column place text not null default '';
alter table ticket add column aim text not null default '';
alter table ticket add column turn integer not null default 0;
alter table ticket add column queued_us integer not null default 0;
alter table ticket add column state_us integer not null default 0;
alter table ticket add column called_us integer not null default 0;
alter table ticket add column calls integer not null default 0;
create unique index ticket_booking on ticket(booking_id) where booking_id is not null;
create unique index ticket_at_place on ticket(day, place) where state in ('CALLED', 'SERVING');
create index ticket_open on ticket(day, service, priority, turn, queued_us) where state in ('WAITING', 'CALLED', 'SERVING', 'HELD');

create table queue_event(
  id integer primary key autoincrement, ticket_id integer references ticket, event text not null, place text not null default '' check(length(place) <= 40),
  reason text not null default '' check(length(reason) <= 200), to_service text not null default '', to_place text not null default '',
  day text not null default '', priority integer not null default 0, at_state text not null default '', to_state text not null default '',
  before text not null default '',
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index queue_event_ticket on queue_event(ticket_id, id);
create index queue_event_day on queue_event(day, event, id);
create table ticket_estimate(
  ticket_id integer primary key references ticket, low integer not null, high integer not null check(high >= low),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create table device_state(name text primary key, kind text not null, state text not null, detail text not null, seen_us integer not null default (now_us()),
  made_by text not null default (actor()));

-- What stood in the first form of the queue goes on standing.
drop trigger ticket_judge;
drop trigger ticket_stamp;
drop trigger ticket_frozen;
insert into queue_event(ticket_id, event, place, day, at_state, to_state, made_by, made_us, key)
  select e.ticket_id, e.event, e.place, t.day, '', case e.event when 'CALLED' then 'CALLED' when 'DONE' then 'DONE' else 'NO_SHOW' end, e.made_by, e.made_us, e.key
  from ticket_event e join ticket t on t.id = e.ticket_id order by e.id;
update ticket set service = prefix, queued_us = made_us, state_us = made_us, state = case
  when day < (select day from today) then 'EXPIRED' else coalesce((select case e.event when 'CALLED' then 'CALLED' when 'DONE' then 'DONE' else 'NO_SHOW' end
    from ticket_event e where e.ticket_id = ticket.id order by e.id desc limit 1), 'WAITING') end;
drop trigger ticket_event_judge;
drop trigger ticket_event_frozen;
drop trigger ticket_event_kept;
drop table ticket_event;

create trigger ticket_judge before insert on ticket begin
  select raise(ignore) where exists (select 1 from ticket where key = new.key and made_by = actor());
  select raise(abort, 'P3400 column') where new.number <> 0 or new.day <> '' or new.code <> '' or new.made_by <> actor() or new.state <> 'WAITING'
    or new.place <> '' or new.aim <> '' or new.turn <> 0 or new.queued_us <> 0 or new.state_us <> 0 or new.called_us <> 0 or new.calls <> 0
    or new.priority not in (0, 1) or abs(new.made_us - now_us()) > 60000000;
  select raise(abort, 'P3403 ticket') where not exists (select 1 from my_role where role in ('FO', 'KIOSK'));
  select raise(abort, 'P3403 too_many') where exists (select 1 from my_role where role = 'KIOSK')
    and (select count(*) from ticket where made_by = actor() and made_us > now_us() - 10000000) >= 20;
  select raise(abort, 'P3422 closed') where exists (select 1 from my_role where role = 'KIOSK')
    and not ((now_us() / 1000000 + 25200) % 86400 / 60 between (select value from queue_number where name = 'opens')
      and (select value from queue_number where name = 'closes'));
  select raise(abort, 'P3422 booking') where new.booking_id is not null and (not exists (select 1 from booking where id = new.booking_id)
    or exists (select 1 from booking_cancel where booking_id = new.booking_id));
  select raise(abort, 'P3409 booking') where new.booking_id is not null and exists (select 1 from ticket where booking_id = new.booking_id);
  select raise(abort, 'P3422 booking_day') from booking b where b.id = new.booking_id and b.day <> (select day from today);
  select raise(abort, 'P3422 booking_early') from booking b where b.id = new.booking_id
    and now_us() < b.slot_us - (select value from queue_number where name = 'early') * 60000000;
  select raise(abort, 'P3422 booking_late') from booking b where b.id = new.booking_id and exists (select 1 from my_role where role = 'KIOSK')
    and now_us() > b.slot_us + (select value from queue_number where name = 'late') * 60000000;
  select raise(abort, 'P3422 service') where not exists (select 1 from current_service s where s.active = 1
    and s.service = coalesce((select service from booking where id = new.booking_id), new.service));
  select raise(abort, 'P3422 quota') from current_service s where s.service = new.service and new.booking_id is null and s.quota > 0
    and (select count(*) from ticket t where t.day = (select day from today) and t.service = new.service) >= s.quota;
end;
create trigger ticket_stamp after insert on ticket begin
  update ticket set day = (select day from today), service = coalesce((select service from booking where id = new.booking_id), new.service),
    queued_us = new.made_us, state_us = new.made_us where id = new.id;
  update ticket set prefix = iif(new.priority = 1, 'P', service) where id = new.id;
  update ticket set number = (select coalesce(max(t.number), 0) + 1 from ticket t where t.prefix = ticket.prefix and t.day = ticket.day) where id = new.id;
  update ticket set code = 'T3-' || substr(replace(day, '-', ''), 3) || '-' || prefix || printf('%03d', number) where id = new.id;
  update ticket set code = code || '-' || check_digit(code) where id = new.id;
end;
create trigger ticket_frozen before update on ticket begin
  select raise(abort, 'P3423 frozen') where old.code glob '*-*-*-*' and ((old.id, old.day, old.prefix, old.number, old.code, old.priority, old.booking_id,
      old.queued_us, old.made_by, old.made_us, old.key) is not (new.id, new.day, new.prefix, new.number, new.code, new.priority, new.booking_id,
      new.queued_us, new.made_by, new.made_us, new.key)
    -- A ticket is only moved by the event that was written just before.
    or not exists (select 1 from queue_event e where e.ticket_id = old.id and e.id = (select max(id) from queue_event where ticket_id = old.id)
      and e.to_state = new.state));
end;

create trigger booking_judge before insert on booking begin
  select raise(ignore) where exists (select 1 from booking where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
  select raise(abort, 'P3403 booking') where not exists (select 1 from my_role where role in ('FO', 'ADMIN'));
  select raise(abort, 'P3409 booking') where exists (select 1 from booking where source = new.source and external_ref = new.external_ref);
  select raise(abort, 'P3422 service') where not exists (select 1 from current_service where service = new.service and active = 1);
  select raise(abort, 'P3422 slot') from queue_number q where q.name = 'slot_quota' and q.value > 0 and (
    select count(*) from booking b where b.day = new.day and b.slot_us = new.slot_us and b.service = new.service
      and not exists (select 1 from booking_cancel c where c.booking_id = b.id)) >= q.value;
end;
create trigger booking_cancel_judge before insert on booking_cancel begin
  select raise(ignore) where exists (select 1 from booking_cancel where key = new.key and made_by = actor());
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
  select raise(abort, 'P3403 booking') where not exists (select 1 from my_role where role in ('FO', 'ADMIN'));
  select raise(abort, 'P3409 booking') where exists (select 1 from ticket where booking_id = new.booking_id)
    or exists (select 1 from booking_cancel where booking_id = new.booking_id);
end;

-- Who is next at a counter: whoever was sent to it, then the fair rule (one priority ticket in so many calls), in each class the front first.
create view queue_order(place, ticket_id, aimed, class_first, turn, queued_us) as
  select c.place, t.id, t.aim <> '',
    t.priority = ((select count(*) from queue_event e where e.day = t.day and e.event = 'CALLED' and e.at_state = 'WAITING' and e.reason = ''
      and e.id > coalesce((select max(p.id) from queue_event p where p.day = t.day and p.event = 'CALLED' and p.priority = 1), 0))
      >= (select value from queue_number where name = 'fair') - 1), t.turn, t.queued_us
  from (select distinct place from queue_event) c join ticket t on t.day = (select day from today) and t.state = 'WAITING' and t.aim in ('', c.place)
  where t.aim = c.place or coalesce((select services from queue_counter q where q.place = c.place order by q.id desc limit 1), '') = ''
    or instr((select services from queue_counter q where q.place = c.place order by q.id desc limit 1), t.service) > 0;

-- Nobody ends a number by hand: only a day that is over does.
create trigger queue_event_over before insert on queue_event when new.event = 'EXPIRED' begin
  select raise(abort, 'P3403 ticket') where not exists (select 1 from ticket t where t.id = new.ticket_id and t.day < (select day from today)
    and t.state in ('WAITING', 'CALLED', 'SERVING', 'HELD') and new.at_state = t.state and new.to_state = 'EXPIRED' and new.day = t.day
    and new.priority = t.priority and new.key = 'akhir-hari-' || t.id and new.place = '' and new.reason = '' and new.before = ''
    and abs(new.made_us - now_us()) <= 60000000);
end;
create trigger queue_event_judge before insert on queue_event when new.event <> 'EXPIRED' begin
  select raise(ignore) where exists (select 1 from queue_event where key = new.key and made_by = actor());
  select raise(abort, 'P3400 column') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000 or new.day <> '' or new.at_state <> ''
    or new.to_state <> '' or new.before <> '' or new.priority <> 0 or new.key glob 'akhir-hari-*';
  select raise(abort, 'P3403 ticket') where not exists (select 1 from my_role where role = 'FO');
  select raise(abort, 'P3422 place') where trim(new.place) = '';
  select raise(abort, 'P3400 ticket') where new.ticket_id is null and new.event <> 'CALLED';
  select raise(abort, 'P3403 ticket') where new.ticket_id is not null and not exists (select 1 from ticket where id = new.ticket_id);
  -- Another day's number is nobody's any more, also where its owner did not come then.
  select raise(abort, 'P3409 queue') from ticket t where t.id = new.ticket_id and t.day <> (select day from today);
  -- What yesterday left open ends with yesterday, at the first press of a new day.
  insert into queue_event(ticket_id, event, day, priority, at_state, to_state, key)
    select id, 'EXPIRED', day, priority, state, 'EXPIRED', 'akhir-hari-' || id from ticket
    where day < (select day from today) and state in ('WAITING', 'CALLED', 'SERVING', 'HELD')
      and not exists (select 1 from queue_event where key = 'akhir-hari-' || ticket.id);
  update ticket set state = 'EXPIRED', place = '', aim = '', state_us = now_us()
    where day < (select day from today) and state in ('WAITING', 'CALLED', 'SERVING', 'HELD');
  select raise(abort, 'P3409 place') from ticket x where new.event = 'CALLED' and x.day = (select day from today) and x.place = new.place
    and x.state in ('CALLED', 'SERVING') and x.id is not new.ticket_id;
  select raise(abort, 'P3409 undo') where new.event = 'UNDONE' and not exists (select 1 from queue_event e where e.ticket_id = new.ticket_id
    and e.id = (select max(id) from queue_event where ticket_id = new.ticket_id) and e.made_by = actor() and e.event not in ('UNDONE', 'EXPIRED')
    and e.made_us >= now_us() - 12000000);
  select raise(abort, 'P3409 place') from queue_event e, ticket x where new.event = 'UNDONE' and e.id = (select max(id) from queue_event
      where ticket_id = new.ticket_id) and json_extract(e.before, '$.state') in ('CALLED', 'SERVING') and x.day = e.day
    and x.place = json_extract(e.before, '$.place') and x.state in ('CALLED', 'SERVING') and x.id <> new.ticket_id;
  select raise(abort, 'P3409 called') from ticket t where t.id = new.ticket_id and new.event <> 'UNDONE' and t.state in ('CALLED', 'SERVING')
    and not exists (select 1 from queue_rule r where r.at_state = t.state and r.event = new.event);
  select raise(abort, 'P3409 queue') from ticket t where t.id = new.ticket_id and new.event <> 'UNDONE'
    and not exists (select 1 from queue_rule r where r.at_state = t.state and r.event = new.event);
  select raise(abort, 'P3409 called') from ticket t join queue_rule r on r.at_state = t.state and r.event = new.event
    where t.id = new.ticket_id and r.own = 1 and t.place <> new.place;
  select raise(abort, 'P3422 reason') from ticket t join queue_rule r on r.at_state = t.state and r.event = new.event
    where t.id = new.ticket_id and (r.reason = 1 or (new.event = 'CALLED' and t.state = 'WAITING')) and length(trim(new.reason)) < 3;
  select raise(abort, 'P3422 rejoin') from ticket t where t.id = new.ticket_id and new.event = 'REJOINED' and (select count(*) from queue_event e
      where e.day = t.day and e.event = 'CALLED' and e.id > (select max(n.id) from queue_event n where n.ticket_id = t.id and n.event = 'NO_SHOW'))
    < (select value from queue_number where name = 'rejoin_after');
  select raise(abort, 'P3422 service') where new.event = 'TRANSFERRED' and new.to_service <> ''
    and not exists (select 1 from current_service where service = new.to_service and active = 1);
end;
create trigger queue_event_stamp after insert on queue_event when new.event <> 'EXPIRED' begin
  update queue_event set ticket_id = (select o.ticket_id from queue_order o where o.place = new.place
      order by o.aimed desc, o.class_first desc, o.turn desc, o.queued_us, o.ticket_id limit 1)
    where id = new.id and new.ticket_id is null;
  select raise(abort, 'P3409 empty') from queue_event where id = new.id and ticket_id is null;
  update queue_event set (day, priority, at_state, before, made_us) = (select t.day, t.priority, t.state, json_object('state', t.state, 'place', t.place,
      'aim', t.aim, 'turn', t.turn, 'service', t.service, 'called_us', t.called_us, 'calls', t.calls), max(queue_event.made_us, t.state_us)
      from ticket t where t.id = queue_event.ticket_id),
    reason = iif(new.ticket_id is null, '', new.reason) where id = new.id;
  update queue_event set to_state = iif(event = 'UNDONE',
      (select json_extract(p.before, '$.state') from queue_event p where p.ticket_id = queue_event.ticket_id and p.id < new.id order by p.id desc limit 1),
      (select r.to_state from queue_rule r where r.at_state = queue_event.at_state and r.event = queue_event.event)) where id = new.id;
  update ticket set (state, place, aim, turn, service, called_us, calls, state_us) = (
      select json_extract(p.before, '$.state'), json_extract(p.before, '$.place'), json_extract(p.before, '$.aim'), json_extract(p.before, '$.turn'),
        json_extract(p.before, '$.service'), json_extract(p.before, '$.called_us'), json_extract(p.before, '$.calls'), e.made_us
      from queue_event e join queue_event p on p.ticket_id = e.ticket_id and p.id = (select max(id) from queue_event where ticket_id = e.ticket_id and id < e.id)
      where e.id = new.id)
    where new.event = 'UNDONE' and id = new.ticket_id;
  update ticket set (state, place, aim, turn, service, called_us, calls, state_us) = (
      select e.to_state, iif(e.to_state in ('CALLED', 'SERVING'), e.place, ''),
        case e.event when 'TRANSFERRED' then e.to_place when 'RETURNED' then ticket.aim else '' end,
        case when e.event in ('RETURNED', 'TRANSFERRED') then 1 when e.event = 'CALLED' then 0 else ticket.turn end,
        iif(e.event = 'TRANSFERRED' and e.to_service <> '', e.to_service, ticket.service),
        iif(e.event in ('CALLED', 'RECALLED'), e.made_us, ticket.called_us), ticket.calls + (e.event in ('CALLED', 'RECALLED')), e.made_us
      from queue_event e where e.id = new.id)
    where new.event <> 'UNDONE' and id = (select ticket_id from queue_event where id = new.id);
end;
create trigger queue_event_frozen before update on queue_event begin select raise(abort, 'P3423 frozen') where old.to_state <> ''; end;
create trigger queue_event_kept before delete on queue_event begin select raise(abort, 'P3423 kept'); end;
create trigger queue_service_judge before insert on queue_service begin
  select raise(ignore) where exists (select 1 from queue_service where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger queue_setting_judge before insert on queue_setting begin
  select raise(ignore) where exists (select 1 from queue_setting where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger queue_counter_judge before insert on queue_counter begin
  select raise(ignore) where exists (select 1 from queue_counter where key = new.key and made_by = actor());
  select raise(abort, 'P3403 admin') where not exists (select 1 from may_administer);
  select raise(abort, 'P3400 made_by') where new.made_by <> actor();
end;
create trigger ticket_estimate_judge before insert on ticket_estimate begin
  select raise(ignore) where exists (select 1 from ticket_estimate where key = new.key and made_by = actor());
  select raise(abort, 'P3403 ticket') where new.made_by <> actor() or not exists (select 1 from ticket t where t.id = new.ticket_id
    and t.made_by = actor() and t.made_us > now_us() - 600000000);
end;
create trigger queue_rule_frozen before update on queue_rule begin select raise(abort, 'P3423 frozen'); end;
create trigger queue_rule_kept before delete on queue_rule begin select raise(abort, 'P3423 kept'); end;
create trigger queue_service_frozen before update on queue_service begin select raise(abort, 'P3423 frozen'); end;
create trigger queue_service_kept before delete on queue_service begin select raise(abort, 'P3423 kept'); end;
create trigger queue_setting_frozen before update on queue_setting begin select raise(abort, 'P3423 frozen'); end;
create trigger queue_setting_kept before delete on queue_setting begin select raise(abort, 'P3423 kept'); end;
create trigger queue_counter_frozen before update on queue_counter begin select raise(abort, 'P3423 frozen'); end;
create trigger queue_counter_kept before delete on queue_counter begin select raise(abort, 'P3423 kept'); end;
create trigger booking_frozen before update on booking begin select raise(abort, 'P3423 frozen'); end;
create trigger booking_kept before delete on booking begin select raise(abort, 'P3423 kept'); end;
create trigger booking_cancel_frozen before update on booking_cancel begin select raise(abort, 'P3423 frozen'); end;
create trigger booking_cancel_kept before delete on booking_cancel begin select raise(abort, 'P3423 kept'); end;
create trigger ticket_estimate_frozen before update on ticket_estimate begin select raise(abort, 'P3423 frozen'); end;
create trigger ticket_estimate_kept before delete on ticket_estimate begin select raise(abort, 'P3423 kept'); end;

-- UNDONE stands here only where it takes a call back.
-- The hall's screen: numbers, counters and times, nothing else.
create view tv_call as
  select e.id, e.ticket_id, e.event, t.prefix, t.number, e.place, e.made_us as at_us, t.state from queue_event e join ticket t on t.id = e.ticket_id
  where e.day = (select day from today) and (e.event in ('CALLED', 'RECALLED') or (e.event = 'UNDONE' and e.at_state = 'CALLED' and e.to_state <> 'CALLED'))
    and e.id > coalesce((select max(id) from queue_event), 0) - 5000;
-- A counter is open when it worked in the last 45 minutes; in a day's first ones those of the last day count too.
create view queue_load as
  with open(place, services) as (
    select e.place, coalesce((select c.services from queue_counter c where c.place = e.place order by c.id desc limit 1), '')
    from queue_event e, today n where e.event in ('CALLED', 'STARTED', 'DONE') and ((e.day = n.day and e.made_us > now_us() - 2700000000)
      or (e.day = (select max(y.day) from queue_event y where y.day < n.day and y.event = 'DONE')
        and not exists (select 1 from queue_event f where f.day = n.day and f.event = 'CALLED' and f.made_us <= now_us() - 2700000000)))
    group by e.place)
  select s.service, s.label, s.position,
    (select count(*) from ticket t where t.day = d.day and t.service = s.service and t.state = 'WAITING' and t.priority = 0) as waiting,
    (select count(*) from ticket t where t.day = d.day and t.service = s.service and t.state = 'WAITING' and t.priority = 1) as waiting_priority,
    (select min(t.queued_us) from ticket t where t.day = d.day and t.service = s.service and t.state = 'WAITING') as oldest_us,
    (select cast(avg(done_us - (select max(x.made_us) from queue_event x where x.ticket_id = f.ticket_id and x.event = 'STARTED')) as integer) from (
      select e.ticket_id, e.made_us as done_us from queue_event e join ticket t on t.id = e.ticket_id
      where e.day = d.day and e.event = 'DONE' and t.service = s.service order by e.id desc limit 20) f) as mean_us,
    (select count(*) from open o where o.services = '' or instr(o.services, s.service) > 0) as open_places,
    coalesce((select group_concat(place, '|') from (select o.place from open o where o.services = '' or instr(o.services, s.service) > 0 order by o.place)), '')
      as places,
    (select e.made_us - t.queued_us from queue_event e join ticket t on t.id = e.ticket_id where e.day = d.day and e.event = 'CALLED'
      and e.at_state = 'WAITING' and t.service = s.service and t.priority = 0 order by e.id desc limit 1) as last_wait_us,
    (select count(*) from ticket t where t.day = d.day and t.service = s.service) as given
  from current_service s, today d where s.active = 1;
create view office_face as
  select json_extract(data, '$.name') as name, json_extract(data, '$.city') as city, json_extract(data, '$.short_name') as short_name,
    json_extract(data, '$.contact') as contact from office order by id desc limit 1;

