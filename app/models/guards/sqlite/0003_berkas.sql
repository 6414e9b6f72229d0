-- Tickets, online packages, the file's head, and what is written beside a file.
create table ticket(
  id integer primary key autoincrement, day text not null default '', prefix text not null check(prefix glob '[A-Z]'), number integer not null default 0,
  code text not null default '', made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create unique index ticket_number on ticket(day, prefix, number) where number > 0;
create table ticket_event(
  id integer primary key autoincrement, ticket_id integer not null references ticket, event text not null check(event in ('CALLED','NO_SHOW','DONE')),
  place text not null default '', made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index ticket_event_ticket on ticket_event(ticket_id, id);

create table package(
  id integer primary key autoincrement, external_ref text not null, sha256 text not null unique, data text not null check(json_valid(data)),
  submitted_us integer not null, made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create unique index package_ref on package(external_ref);

create table berkas(
  id integer primary key autoincrement, number text not null default '', sop text not null references sop,
  channel text not null check(channel in ('ONLINE','OFFLINE')), ticket_id integer unique references ticket, package_id integer unique references package,
  stage text not null default '', n integer not null default 0, head text not null default '', holder text not null default '',
  husband_name text not null default '', wife_name text not null default '', husband_nik text not null default '', wife_nik text not null default '',
  route text not null default '', moved_us integer not null default 0,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique, client integer not null,
  check((channel = 'OFFLINE') = (ticket_id is not null)), check((channel = 'ONLINE') = (package_id is not null)));
create unique index berkas_number on berkas(number) where number <> '';
create index berkas_stage on berkas(stage, id);
create index berkas_husband on berkas(husband_nik) where husband_nik <> '';
create index berkas_wife on berkas(wife_nik) where wife_nik <> '';

create table entry(
  id integer primary key autoincrement, berkas_id integer not null references berkas, rev integer not null, data text not null
    check(json_valid(data) and length(data) <= 262144), sha256 text not null,
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique, unique(berkas_id, rev));
create table contact(
  id integer primary key autoincrement, berkas_id integer not null references berkas, email text not null, phone text not null default '',
  read_back integer not null default 0, at_n integer not null, as_role text not null,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index contact_berkas on contact(berkas_id, id);
create table requirement_check(
  id integer primary key autoincrement, berkas_id integer not null references berkas, code text not null,
  verdict text not null check(verdict in ('OK','BAD','UNSET')), original_seen integer not null default 0, reason text not null default '',
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique);
create index requirement_check_berkas on requirement_check(berkas_id, code, id);
create table finding(
  id integer primary key autoincrement, berkas_id integer not null references berkas, subject text not null check(length(subject) between 1 and 200),
  problem text not null check(length(trim(problem)) between 3 and 500), solution text not null default '' check(length(solution) <= 500),
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique);
create index finding_berkas on finding(berkas_id, at_n);
create table answer(
  id integer primary key autoincrement, berkas_id integer not null references berkas, what text not null check(length(trim(what)) between 3 and 500),
  came_us integer not null, at_n integer not null, as_role text not null,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index answer_berkas on answer(berkas_id, at_n);
create table confirmation(
  id integer primary key autoincrement, berkas_id integer not null references berkas, draft_rev integer not null, statement text not null,
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique);
create index confirmation_berkas on confirmation(berkas_id, at_n);
create table note(
  id integer primary key autoincrement, berkas_id integer not null references berkas, text text not null check(length(trim(text)) between 1 and 280),
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique);
create index note_berkas on note(berkas_id, id);

-- Bytes by their SHA-256, never overwritten; papers point at them.
create table blob(sha256 text primary key, data blob not null check(length(data) between 1 and 33554432), made_us integer not null default (now_us()));
create table paper(
  id integer primary key autoincrement, berkas_id integer not null references berkas,
  kind text not null check(kind in ('scan','document','draft_print','deficiency','ktp_request','resi','signed','card')),
  subject text not null default '', title text not null default '', draft_rev integer not null default 0, sha256 text not null references blob,
  mime text not null, pages integer not null check(pages >= 1), source text not null default '', meta text not null default '{}' check(json_valid(meta)),
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique);
create index paper_berkas on paper(berkas_id, kind, id);
create table removal(
  id integer primary key autoincrement, berkas_id integer not null references berkas, paper_id integer not null unique references paper,
  why text not null check(length(trim(why)) >= 3), at_n integer not null, as_role text not null,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create table draft(
  id integer primary key autoincrement, berkas_id integer not null references berkas, rev integer not null, entry_rev integer not null,
  manifest text not null check(json_valid(manifest)), sha256 text not null,
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique, unique(berkas_id, rev));
create table seen(
  id integer primary key autoincrement, berkas_id integer not null references berkas, sha256 text not null, page integer not null check(page >= 1),
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique);
create unique index seen_once on seen(berkas_id, sha256, page, made_by);
create table print_event(
  id integer primary key autoincrement, berkas_id integer not null references berkas, paper_id integer not null references paper,
  printer text not null, job text not null default '', state text not null check(state in ('QUEUED','PRINTING','COMPLETED','STOPPED','LOST')),
  detail text not null default '', at_n integer not null, as_role text not null,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index print_event_paper on print_event(paper_id, id);
create table outbox(
  id integer primary key autoincrement, berkas_id integer not null references berkas, kind text not null
    check(kind in ('mail_deficiency','mail_resi','mail_documents')),
  to_address text not null check(to_address like '_%@_%._%'), subject text not null, body text not null, attachments text not null check(json_valid(attachments)),
  message_id text not null unique, at_n integer not null, as_role text not null,
  made_by text not null default (actor()), made_us integer not null default (now_us()), key text not null unique);
create index outbox_berkas on outbox(berkas_id, kind, id);
create table outbox_event(
  id integer primary key autoincrement, outbox_id integer not null references outbox, berkas_id integer not null references berkas,
  event text not null check(event in ('LEASED','SENT','FAILED','REFUSED')), until_us integer not null default 0, reply text not null default '',
  at_n integer not null, as_role text not null, made_by text not null default (actor()), made_us integer not null default (now_us()),
  key text not null unique);
create index outbox_event_outbox on outbox_event(outbox_id, id);
