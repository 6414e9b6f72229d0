-- The queue: services, bookings, tickets and what happens to them; states and rules judged by a table, as the SOP's are.
create table queue_rule(at_state text not null, event text not null, to_state text not null, reason integer not null, own integer not null,
  primary key(at_state, event));

create table queue_service(
  id bigint generated always as identity primary key, service text not null check(service ~ '^[A-OQ-Z]$'),
  label text not null constraint length_queue_service_label check(length(trim(label)) between 3 and 60),
  detail text not null default '' constraint length_queue_service_detail check(length(detail) <= 100),
  icon text not null default '' check(length(icon) <= 40), quota integer not null default 0 check(quota between 0 and 9999),
  position integer not null default 0, registers integer not null default 1 check(registers in (0, 1)), active integer not null default 1 check(active in (0, 1)),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create table queue_setting(
  id bigint generated always as identity primary key, data text not null check(length(data) <= 20000 and data::json is not null),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create table queue_counter(
  id bigint generated always as identity primary key, place text not null check(length(trim(place)) between 1 and 40),
  services text not null default '' check(services ~ '^[A-Z]*$'),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create view current_service with (security_invoker = true) as
  select s.* from queue_service s where s.id = (select max(id) from queue_service where service = s.service);

insert into queue_service(service, label, detail, icon, position, registers, key) values
  ('A', 'Akta perceraian, KK, KTP-el', 'Putusan Pengadilan Negeri', 'gavel', 1, 1, 'layanan-awal-A'),
  ('B', 'KK dan KTP-el setelah cerai', 'Akta cerai Pengadilan Agama', 'users-three', 2, 1, 'layanan-awal-B'),
  ('C', 'Melengkapi berkas', 'Sudah punya resi atau catatan', 'files', 3, 0, 'layanan-awal-C'),
  ('D', 'Tanya status atau ambil dokumen', 'Siapkan resi Anda', 'magnifying-glass', 4, 0, 'layanan-awal-D');

-- A booking of another system: a number and an hour, nobody's name. It becomes a ticket only when its owner has come.
create table booking(
  id bigint generated always as identity primary key, source text not null check(length(source) between 2 and 40),
  external_ref text not null check(length(external_ref) between 1 and 100), day text not null check(day ~ '^\d{4}-\d\d-\d\d$'),
  slot_us bigint not null, service text not null,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique, unique(source, external_ref));
create index booking_day on booking(day, slot_us);
create table booking_cancel(
  id bigint generated always as identity primary key, booking_id bigint not null unique references booking,
  why text not null constraint length_booking_cancel_why check(length(trim(why)) between 3 and 200),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);
create table booking_slot(day text not null, slot_us bigint not null, service text not null, taken integer not null, primary key(day, slot_us, service));
alter table booking_slot enable row level security;

alter table ticket add column service text not null default 'A', add column priority integer not null default 0 check(priority in (0, 1)),
  add column booking_id bigint unique references booking, add column state text not null default 'WAITING', add column place text not null default '',
  add column aim text not null default '', add column turn integer not null default 0, add column queued_us bigint not null default 0,
  add column state_us bigint not null default 0, add column called_us bigint not null default 0, add column calls integer not null default 0;
create unique index ticket_at_place on ticket(day, place) where state in ('CALLED', 'SERVING');
create index ticket_open on ticket(day, service, priority, turn, queued_us) where state in ('WAITING', 'CALLED', 'SERVING', 'HELD');

create table queue_event(
  id bigint generated always as identity primary key, ticket_id bigint references ticket,
  event text not null, place text not null default '' check(length(place) <= 40),
  reason text not null default '' constraint length_queue_event_reason check(length(reason) <= 200), to_service text not null default '',
  to_place text not null default '' check(length(to_place) <= 40), day text not null default '', priority integer not null default 0,
  at_state text not null default '', to_state text not null default '', before text not null default '',
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_queue_event_key check(length(key) between 8 and 80));
create index queue_event_ticket on queue_event(ticket_id, id);
create index queue_event_day on queue_event(day, event, id);
create table ticket_estimate(
  ticket_id bigint primary key references ticket, low integer not null check(low between 0 and 999), high integer not null check(high between low and 999),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique);

-- What stood in the first form of the queue goes on standing.
drop trigger ticket_frozen on ticket;
insert into queue_event(ticket_id, event, place, day, at_state, to_state, made_by, made_us, key)
  select e.ticket_id, e.event, e.place, t.day, '', case e.event when 'CALLED' then 'CALLED' when 'DONE' then 'DONE' else 'NO_SHOW' end, e.made_by, e.made_us, e.key
  from ticket_event e join ticket t on t.id = e.ticket_id order by e.id;
update ticket set service = prefix, queued_us = made_us, state_us = made_us, state = case
  when day < (select today()) then 'EXPIRED' else coalesce((select case e.event when 'CALLED' then 'CALLED' when 'DONE' then 'DONE' else 'NO_SHOW' end
    from ticket_event e where e.ticket_id = ticket.id order by e.id desc limit 1), 'WAITING') end;
drop view tv_call;
drop view tv_waiting;
drop table ticket_event;
drop function judge_ticket_event();

create function keep_ticket() returns trigger language plpgsql as $$
begin
  if (old.id, old.day, old.prefix, old.number, old.code, old.priority, old.booking_id, old.queued_us, old.made_by, old.made_us, old.key)
    is distinct from (new.id, new.day, new.prefix, new.number, new.code, new.priority, new.booking_id, new.queued_us, new.made_by, new.made_us, new.key) then
    perform refuse('P3423', 'frozen');
  end if;
  return new;
end $$;
create trigger ticket_frozen before update on ticket for each row execute function keep_ticket();
create trigger ticket_stays before delete on ticket for each row execute function frozen();

create function queue_number(name text, otherwise integer) returns integer language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  return coalesce((select (data::jsonb ->> name)::integer from queue_setting order by id desc limit 1), otherwise);
end $$;
create function wib_minute(at_us bigint) returns integer language sql immutable parallel safe as
  $$ select ((at_us / 1000000 + 25200) % 86400 / 60)::integer $$;

create or replace function judge_ticket() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare
  s current_service;
  b booking;
  now bigint := now_us();
  many integer;
  kiosk boolean := has_role('KIOSK');
begin
  perform read_committed();
  if not (has_role('FO') or kiosk) then
    perform refuse('P3403', 'ticket');
  end if;
  -- A machine that anybody can reach takes no more than a hall can: twenty in ten seconds.
  if kiosk and (select count(*) from ticket where made_by = actor() and made_us > now - 10000000) >= 20 then
    perform refuse('P3403', 'too_many');
  end if;
  if kiosk and not wib_minute(now) between queue_number('opens', 450) and queue_number('closes', 900) then
    perform refuse('P3422', 'closed');
  end if;
  new.day := today();
  if new.booking_id is not null then
    select * into b from booking where id = new.booking_id for no key update;
    if b.id is null or exists (select 1 from booking_cancel c where c.booking_id = b.id) then
      perform refuse('P3422', 'booking');
    end if;
    if exists (select 1 from ticket t where t.booking_id = b.id) then
      perform refuse('P3409', 'booking');
    end if;
    if b.day <> new.day then
      perform refuse('P3422', 'booking_day');
    end if;
    if now < b.slot_us - queue_number('early', 15) * 60000000::bigint then
      perform refuse('P3422', 'booking_early');
    end if;
    if kiosk and now > b.slot_us + queue_number('late', 15) * 60000000::bigint then
      perform refuse('P3422', 'booking_late');
    end if;
    new.service := b.service;
  end if;
  select * into s from current_service where service = new.service;
  if s.id is null or s.active = 0 then
    perform refuse('P3422', 'service');
  end if;
  new.prefix := case new.priority when 1 then 'P' else new.service end;
  -- These two rows are held until this ticket is committed: so there is no gap, no double, and no ticket above the quota.
  insert into ticket_counter as c(day, prefix, last) values (new.day, '+' || new.service, 1)
    on conflict (day, prefix) do update set last = c.last + 1 returning last into many;
  if s.quota > 0 and many > s.quota and new.booking_id is null then
    perform refuse('P3422', 'quota');
  end if;
  insert into ticket_counter as c(day, prefix, last) values (new.day, new.prefix, 1)
    on conflict (day, prefix) do update set last = c.last + 1 returning last into new.number;
  new.code := 'T3-' || substr(replace(new.day, '-', ''), 3) || '-' || new.prefix
    || case when new.number < 1000 then lpad(new.number::text, 3, '0') else new.number::text end;
  new.code := new.code || '-' || check_digit(new.code);
  new.state := 'WAITING';
  new.queued_us := new.made_us;
  new.state_us := new.made_us;
  return new;
end $$;

create function judge_booking() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare
  room integer;
  many integer;
begin
  perform read_committed();
  if not (has_role('FO') or has_role('ADMIN')) then
    perform refuse('P3403', 'booking');
  end if;
  if exists (select 1 from booking where source = new.source and external_ref = new.external_ref) then
    perform refuse('P3409', 'booking');
  end if;
  if not exists (select 1 from current_service where service = new.service and active = 1) then
    perform refuse('P3422', 'service');
  end if;
  insert into booking_slot as c(day, slot_us, service, taken) values (new.day, new.slot_us, new.service, 1)
    on conflict (day, slot_us, service) do update set taken = c.taken + 1 returning taken into many;
  room := queue_number('slot_quota', 0);
  if room > 0 and many > room then
    perform refuse('P3422', 'slot');
  end if;
  return new;
end $$;
create function judge_booking_cancel() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not (has_role('FO') or has_role('ADMIN')) then
    perform refuse('P3403', 'booking');
  end if;
  perform 1 from booking where id = new.booking_id for no key update;
  if exists (select 1 from ticket where booking_id = new.booking_id) or exists (select 1 from booking_cancel where booking_id = new.booking_id) then
    perform refuse('P3409', 'booking');
  end if;
  update booking_slot c set taken = taken - 1 from booking b where b.id = new.booking_id and (c.day, c.slot_us, c.service) = (b.day, b.slot_us, b.service);
  return new;
end $$;

-- What yesterday left open ends with yesterday, at the first press of a new day.
create function close_days() returns void language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare t ticket;
begin
  for t in select * from ticket where day < (select today()) and state in ('WAITING', 'CALLED', 'SERVING', 'HELD') for no key update skip locked loop
    insert into queue_event(ticket_id, event, day, priority, at_state, to_state, key)
      values (t.id, 'EXPIRED', t.day, t.priority, t.state, 'EXPIRED', 'akhir-hari-' || t.id);
    update ticket set state = 'EXPIRED', place = '', aim = '', state_us = now_us() where id = t.id;
  end loop;
end $$;

-- Who is next at this counter: whoever was sent to it, then the fair rule (one priority ticket in so many calls), in each class the front first.
create function next_ticket(at_place text) returns bigint language plpgsql volatile security definer set search_path = pelita3, pg_temp as $$
declare
  now_day text := today();
  served text := coalesce((select services from queue_counter where place = at_place order by id desc limit 1), '');
  since integer;
  first integer;
  found_id bigint;
  class integer;
begin
  select t.id into found_id from ticket t where t.day = now_day and t.state = 'WAITING' and t.aim = at_place
    order by t.turn desc, t.queued_us, t.id limit 1 for no key update skip locked;
  if found_id is not null then
    return found_id;
  end if;
  select count(*) into since from queue_event e where e.day = now_day and e.event = 'CALLED' and e.at_state = 'WAITING' and e.reason = ''
    and e.id > coalesce((select max(p.id) from queue_event p where p.day = now_day and p.event = 'CALLED' and p.priority = 1), 0);
  first := case when since >= queue_number('fair', 3) - 1 then 1 else 0 end;
  foreach class in array array[first, 1 - first] loop
    select t.id into found_id from ticket t where t.day = now_day and t.state = 'WAITING' and t.priority = class and t.aim = ''
      and (served = '' or strpos(served, t.service) > 0)
      order by t.turn desc, t.queued_us, t.id limit 1 for no key update skip locked;
    exit when found_id is not null;
  end loop;
  return found_id;
end $$;

create function judge_queue_event() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
declare
  t ticket;
  r queue_rule;
  last queue_event;
  o jsonb;
  chosen boolean := new.ticket_id is null;
begin
  perform read_committed();
  if new.event = 'EXPIRED' then
    if pg_trigger_depth() < 2 then
      perform refuse('P3403', 'ticket');
    end if;
    return new;
  end if;
  if not has_role('FO') then
    perform refuse('P3403', 'ticket');
  end if;
  if new.key like 'akhir-hari-%' then
    perform refuse('P3400', 'key');
  end if;
  if trim(new.place) = '' then
    perform refuse('P3422', 'place');
  end if;
  perform close_days();
  if new.ticket_id is null then
    if new.event <> 'CALLED' then
      perform refuse('P3400', 'ticket');
    end if;
    if exists (select 1 from ticket x where x.day = (select today()) and x.place = new.place and x.state in ('CALLED', 'SERVING')) then
      perform refuse('P3409', 'place');
    end if;
    new.ticket_id := next_ticket(new.place);
    new.reason := '';
    if new.ticket_id is null then
      perform refuse('P3409', 'empty');
    end if;
    select * into t from ticket where id = new.ticket_id;
  else
    select * into t from ticket where id = new.ticket_id for no key update;
  end if;
  if t.id is null then
    perform refuse('P3403', 'ticket');
  end if;
  -- Another day's number is nobody's any more, also where its owner did not come then.
  if t.day <> today() then
    perform refuse('P3409', 'queue');
  end if;
  new.day := t.day;
  new.priority := t.priority;
  new.at_state := t.state;
  new.made_us := greatest(new.made_us, t.state_us);
  new.before := jsonb_build_object('state', t.state, 'place', t.place, 'aim', t.aim, 'turn', t.turn, 'service', t.service,
    'called_us', t.called_us, 'calls', t.calls)::text;
  if new.event = 'UNDONE' then
    select * into last from queue_event where ticket_id = t.id order by id desc limit 1;
    if last.id is null or last.made_by <> actor() or last.event in ('UNDONE', 'EXPIRED') or last.made_us < now_us() - 12000000 then
      perform refuse('P3409', 'undo');
    end if;
    o := last.before::jsonb;
    if o ->> 'state' in ('CALLED', 'SERVING')
      and exists (select 1 from ticket x where x.day = t.day and x.place = o ->> 'place' and x.state in ('CALLED', 'SERVING') and x.id <> t.id) then
      perform refuse('P3409', 'place');
    end if;
    new.to_state := o ->> 'state';
    update ticket set state = o ->> 'state', place = o ->> 'place', aim = o ->> 'aim', turn = (o ->> 'turn')::integer, service = o ->> 'service',
      called_us = (o ->> 'called_us')::bigint, calls = (o ->> 'calls')::integer, state_us = new.made_us where id = t.id;
    return new;
  end if;
  select * into r from queue_rule where at_state = t.state and event = new.event;
  if r.event is null then
    perform refuse('P3409', case when t.state in ('CALLED', 'SERVING') then 'called' else 'queue' end);
  end if;
  if r.own = 1 and t.place <> new.place then
    perform refuse('P3409', 'called');
  end if;
  if new.event = 'CALLED' and exists (select 1 from ticket x where x.day = (select today()) and x.place = new.place and x.state in ('CALLED', 'SERVING')) then
    perform refuse('P3409', 'place');
  end if;
  -- Taking somebody out of turn is possible and says why.
  if (r.reason = 1 or (new.event = 'CALLED' and t.state = 'WAITING' and not chosen)) and length(trim(new.reason)) < 3 then
    perform refuse('P3422', 'reason');
  end if;
  if new.event = 'REJOINED' and (select count(*) from queue_event e where e.day = t.day and e.event = 'CALLED'
      and e.id > (select max(n.id) from queue_event n where n.ticket_id = t.id and n.event = 'NO_SHOW')) < queue_number('rejoin_after', 2) then
    perform refuse('P3422', 'rejoin');
  end if;
  if new.event = 'TRANSFERRED' and new.to_service <> '' and not exists (select 1 from current_service where service = new.to_service and active = 1) then
    perform refuse('P3422', 'service');
  end if;
  new.to_state := r.to_state;
  begin
  update ticket set state = r.to_state, state_us = new.made_us,
    place = case when r.to_state in ('CALLED', 'SERVING') then new.place else '' end,
    aim = case new.event when 'TRANSFERRED' then new.to_place when 'RETURNED' then aim else '' end,
    turn = case when new.event in ('RETURNED', 'TRANSFERRED') then 1 when new.event = 'CALLED' then 0 else turn end,
    service = case when new.event = 'TRANSFERRED' and new.to_service <> '' then new.to_service else service end,
    called_us = case when new.event in ('CALLED', 'RECALLED') then new.made_us else called_us end,
    calls = calls + case when new.event in ('CALLED', 'RECALLED') then 1 else 0 end
    where id = t.id;
  exception when unique_violation then
    -- Two presses for one counter at the same moment: the index lets one through.
    perform refuse('P3409', 'place');
  end;
  return new;
end $$;

create function judge_estimate() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not exists (select 1 from ticket t where t.id = new.ticket_id and t.made_by = actor() and t.made_us > now_us() - 600000000) then
    perform refuse('P3403', 'ticket');
  end if;
  return new;
end $$;

-- Machines of the hall: what each said last, and when. The only rows that are overwritten: they are no record of anything.
create table device_state(name text primary key, kind text not null, state text not null, detail text not null, seen_us bigint not null, made_by text not null);
alter table device_state enable row level security;
create function report_device(name text, kind text, state text, detail text) returns void language plpgsql volatile security definer
  set search_path = pelita3, pg_temp as $$
begin
  if my_roles() = '{}' then
    perform refuse('P3403', 'ticket');
  end if;
  -- A stolen password makes no flood of machines.
  if (select count(*) from device_state where made_by = actor()) >= 20 and not exists (select 1 from device_state d where d.name = left(report_device.name, 60)) then
    perform refuse('P3403', 'too_many');
  end if;
  insert into device_state as d values (left(report_device.name, 60), left(report_device.kind, 20), left(report_device.state, 20),
      left(report_device.detail, 200), now_us(), actor())
    on conflict on constraint device_state_pkey do update set kind = excluded.kind, state = excluded.state, detail = excluded.detail,
      seen_us = excluded.seen_us, made_by = excluded.made_by where d.made_by = actor() or has_role('FO');
end $$;
-- A booking by its number, for its owner at the kiosk: what it is for and when, or nothing.
create function find_booking(wanted text) returns table(id bigint, service text, slot_us bigint, day text, used integer, cancelled integer)
  language plpgsql stable security definer set search_path = pelita3, pg_temp as $$
begin
  if not (has_role('KIOSK') or has_role('FO')) then
    return;
  end if;
  return query select b.id, b.service, b.slot_us, b.day, (exists (select 1 from ticket t where t.booking_id = b.id))::integer,
    (exists (select 1 from booking_cancel c where c.booking_id = b.id))::integer
    from booking b where b.external_ref = wanted order by (b.day = (select today())) desc, b.id desc limit 1;
end $$;

-- UNDONE stands here only where it takes a call back.
-- The hall's screen: numbers, counters and times, nothing else. `id` only grows: whoever knows the last one he showed knows what is new.
create view tv_call with (security_barrier = true) as
  select e.id, e.ticket_id, e.event, t.prefix, t.number, e.place, e.made_us as at_us, t.state from queue_event e join ticket t on t.id = e.ticket_id
  where e.day = (select today()) and (e.event in ('CALLED', 'RECALLED') or (e.event = 'UNDONE' and e.at_state = 'CALLED' and e.to_state <> 'CALLED'))
    and e.id > coalesce((select max(id) from queue_event), 0) - 5000;
-- What waits, how long it takes, how many counters work: from today's own events.
-- A counter is open when it worked in the last 45 minutes; in a day's first ones those of the last day count too.
create view queue_load with (security_barrier = true) as
  with open(place, services) as (
    select e.place, coalesce((select c.services from queue_counter c where c.place = e.place order by c.id desc limit 1), '')
    from queue_event e where e.event in ('CALLED', 'STARTED', 'DONE') and ((e.day = (select today()) and e.made_us > now_us() - 2700000000)
      or (e.day = (select max(y.day) from queue_event y where y.day < (select today()) and y.event = 'DONE')
        and not exists (select 1 from queue_event f where f.day = (select today()) and f.event = 'CALLED' and f.made_us <= now_us() - 2700000000)))
    group by e.place)
  select s.service, s.label, s.position,
    (select count(*) from ticket t where t.day = (select today()) and t.service = s.service and t.state = 'WAITING' and t.priority = 0) as waiting,
    (select count(*) from ticket t where t.day = (select today()) and t.service = s.service and t.state = 'WAITING' and t.priority = 1) as waiting_priority,
    (select min(t.queued_us) from ticket t where t.day = (select today()) and t.service = s.service and t.state = 'WAITING') as oldest_us,
    (select avg(d.made_us - b.made_us)::bigint from (select e.ticket_id, e.made_us from queue_event e join ticket t on t.id = e.ticket_id
        where e.day = (select today()) and e.event = 'DONE' and t.service = s.service order by e.id desc limit 20) d
      join lateral (select max(x.made_us) as made_us from queue_event x where x.ticket_id = d.ticket_id and x.event = 'STARTED') b on b.made_us is not null) as mean_us,
    (select count(*) from open o where o.services = '' or strpos(o.services, s.service) > 0) as open_places,
    coalesce((select string_agg(o.place, '|' order by o.place) from open o where o.services = '' or strpos(o.services, s.service) > 0), '') as places,
    (select e.made_us - t.queued_us from queue_event e join ticket t on t.id = e.ticket_id where e.day = (select today()) and e.event = 'CALLED'
      and e.at_state = 'WAITING' and t.service = s.service and t.priority = 0 order by e.id desc limit 1) as last_wait_us,
    coalesce((select c.last from ticket_counter c where c.day = (select today()) and c.prefix = '+' || s.service), 0) as given
  from current_service s where s.active = 1;
-- What a screen in the hall may know of the office.
create view office_face with (security_barrier = true) as
  select o.data::jsonb ->> 'name' as name, o.data::jsonb ->> 'city' as city, o.data::jsonb ->> 'short_name' as short_name,
    o.data::jsonb ->> 'contact' as contact from office o order by o.id desc limit 1;

create trigger ticket_estimate_a_stamp before insert on ticket_estimate for each row execute function stamp();
create trigger ticket_estimate_b_judge before insert on ticket_estimate for each row execute function judge_estimate();
create trigger queue_service_a_stamp before insert on queue_service for each row execute function stamp();
create trigger queue_service_b_judge before insert on queue_service for each row execute function judge_admin();
create trigger queue_setting_a_stamp before insert on queue_setting for each row execute function stamp();
create trigger queue_setting_b_judge before insert on queue_setting for each row execute function judge_admin();
create trigger queue_counter_a_stamp before insert on queue_counter for each row execute function stamp();
create trigger queue_counter_b_judge before insert on queue_counter for each row execute function judge_admin();
create trigger booking_a_stamp before insert on booking for each row execute function stamp();
create trigger booking_b_judge before insert on booking for each row execute function judge_booking();
create trigger booking_cancel_a_stamp before insert on booking_cancel for each row execute function stamp();
create trigger booking_cancel_b_judge before insert on booking_cancel for each row execute function judge_booking_cancel();
create trigger queue_event_a_stamp before insert on queue_event for each row execute function stamp();
create trigger queue_event_b_judge before insert on queue_event for each row execute function judge_queue_event();
call close_table('queue_rule');
call close_table('queue_service');
call close_table('queue_setting');
call close_table('queue_counter');
call close_table('booking');
call close_table('booking_cancel');
call close_table('queue_event');
call close_table('ticket_estimate');

create policy seen on queue_rule for select to public using (true);
create policy seen on queue_service for select to public using (true);
create policy seen on queue_setting for select to public using (true);
create policy seen on queue_counter for select to pelita3_officer using (true);
create policy seen on booking for select to pelita3_officer using ((select my_roles()) && array['FO', 'KASI', 'KABID', 'KADIS', 'ADMIN']);
create policy seen on booking_cancel for select to pelita3_officer using ((select my_roles()) && array['FO', 'KASI', 'KABID', 'KADIS', 'ADMIN']);
create policy seen on queue_event for select to pelita3_officer using ((select my_roles()) <> '{}');
create policy seen on ticket_estimate for select to pelita3_officer using ((select my_roles()) <> '{}');
create policy own on ticket_estimate for select to pelita3_kiosk using (made_by = actor());
create policy seen on device_state for select to pelita3_officer using ((select my_roles()) <> '{}');
create policy added on queue_service for insert to pelita3_officer with check (made_by = actor());
create policy added on queue_setting for insert to pelita3_officer with check (made_by = actor());
create policy added on queue_counter for insert to pelita3_officer with check (made_by = actor());
create policy added on booking for insert to pelita3_officer with check (made_by = actor());
create policy added on booking_cancel for insert to pelita3_officer with check (made_by = actor());
create policy added on queue_event for insert to pelita3_officer with check (made_by = actor());
create policy added on ticket_estimate for insert to pelita3_officer, pelita3_kiosk with check (made_by = actor());

grant select on queue_rule, queue_service, queue_setting, current_service to pelita3_officer, pelita3_kiosk, pelita3_display;
grant select on queue_counter, booking, booking_cancel, queue_event, ticket_estimate, device_state to pelita3_officer;
grant select on ticket_estimate to pelita3_kiosk;
grant select on tv_call, queue_load, office_face to pelita3_officer, pelita3_display;
grant select on queue_load, office_face to pelita3_kiosk;
-- A machine compares the procedure with its own before it works, as every client does; the ticket names the papers to bring.
grant select on sop, sop_stage, sop_step, sop_who, sop_need, sop_way, sop_writable, requirement to pelita3_kiosk, pelita3_display;
revoke insert(prefix) on ticket from pelita3_officer, pelita3_kiosk;
grant insert(service, priority, booking_id) on ticket to pelita3_officer, pelita3_kiosk;
grant insert(service, label, detail, icon, quota, position, registers, active, key) on queue_service to pelita3_officer;
grant insert(data, key) on queue_setting to pelita3_officer;
grant insert(place, services, key) on queue_counter to pelita3_officer;
grant insert(source, external_ref, day, slot_us, service, key) on booking to pelita3_officer;
grant insert(booking_id, why, key) on booking_cancel to pelita3_officer;
grant insert(ticket_id, event, place, reason, to_service, to_place, key) on queue_event to pelita3_officer;
grant insert(ticket_id, low, high, key) on ticket_estimate to pelita3_officer, pelita3_kiosk;
grant execute on function report_device(text, text, text, text) to pelita3_officer, pelita3_kiosk, pelita3_display;
grant execute on function find_booking(text) to pelita3_officer, pelita3_kiosk;
grant execute on function wib_minute(bigint) to pelita3_officer, pelita3_kiosk, pelita3_display;
drop policy seen on office;
create policy seen on office for select to pelita3_officer using (true);

