-- What became of a ticket's paper. The newest row of a ticket counts; a ticket without a row has none.
-- The first row also keeps how many waited before it, so that the same paper can be printed again.
create table ticket_paper(
  id bigint generated always as identity primary key, ticket_id bigint not null references ticket,
  state text not null constraint limit_ticket_paper_state check(state in ('NONE', 'ASKED', 'OUT', 'UNSURE', 'FAILED')),
  ahead integer not null default 0 constraint limit_ticket_paper_ahead check(ahead between 0 and 9999),
  reason text not null default '' constraint limit_ticket_paper_reason check(length(reason) <= 200),
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_ticket_paper_key check(length(key) between 8 and 80));
create index ticket_paper_ticket on ticket_paper(ticket_id, id);
create function judge_ticket_paper() returns trigger language plpgsql security definer set search_path = pelita3, pg_temp as $$
begin
  perform read_committed();
  if not exists (select 1 from ticket t where t.id = new.ticket_id and (t.made_by = actor() or has_role('FO'))) then
    perform refuse('P3403', 'ticket');
  end if;
  -- A machine that anybody can reach has no more to say of one paper than this.
  if not has_role('FO') and (select count(*) from ticket_paper p where p.ticket_id = new.ticket_id) >= 20 then
    perform refuse('P3403', 'too_many');
  end if;
  return new;
end $$;
create trigger ticket_paper_a_stamp before insert on ticket_paper for each row execute function stamp();
create trigger ticket_paper_b_judge before insert on ticket_paper for each row execute function judge_ticket_paper();
call close_table('ticket_paper');
create policy seen on ticket_paper for select to pelita3_officer using ((select my_roles()) <> '{}');
create policy own on ticket_paper for select to pelita3_kiosk using (made_by = actor());
create policy added on ticket_paper for insert to pelita3_officer, pelita3_kiosk with check (made_by = actor());
grant select on ticket_paper to pelita3_officer, pelita3_kiosk;
grant insert(ticket_id, state, ahead, reason, key) on ticket_paper to pelita3_officer, pelita3_kiosk;
-- What became of a number's paper, for the kiosk that gave it: a counter may have printed it again, and who did is not told.
create function paper_word(wanted bigint) returns text language sql stable security definer set search_path = pelita3, pg_temp as $$
  select p.state from ticket_paper p join ticket t on t.id = p.ticket_id
    where p.ticket_id = wanted and (t.made_by = actor() or has_role('FO')) order by p.id desc limit 1
$$;
grant execute on function paper_word(bigint) to pelita3_officer, pelita3_kiosk;
