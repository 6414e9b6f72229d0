-- What became of a ticket's paper. The newest row of a ticket counts; a ticket without a row has none.
-- The first row also keeps how many waited before it, so that the same paper can be printed again.
create table ticket_paper(
  id integer primary key autoincrement, ticket_id integer not null references ticket,
  state text not null check(state in ('NONE', 'ASKED', 'OUT', 'UNSURE', 'FAILED')), ahead integer not null default 0 check(ahead between 0 and 9999),
  reason text not null default '' check(length(reason) <= 200),
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index ticket_paper_ticket on ticket_paper(ticket_id, id);
create trigger ticket_paper_judge before insert on ticket_paper begin
  select raise(ignore) where exists (select 1 from ticket_paper where key = new.key and made_by = actor());
  select raise(abort, 'P3403 ticket') where new.made_by <> actor() or abs(new.made_us - now_us()) > 60000000
    or not exists (select 1 from ticket t where t.id = new.ticket_id and (t.made_by = actor() or exists (select 1 from my_role where role = 'FO')));
end;
create trigger ticket_paper_frozen before update on ticket_paper begin select raise(abort, 'P3423 frozen'); end;
create trigger ticket_paper_kept before delete on ticket_paper begin select raise(abort, 'P3423 kept'); end;
