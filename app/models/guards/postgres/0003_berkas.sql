-- Tickets, online packages, the file's head, and what is written beside a file.
create table ticket(
  id bigint generated always as identity primary key, day text not null default '', prefix text not null check(prefix ~ '^[A-Z]$'), number integer not null default 0,
  code text not null default '', made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_ticket_key check(length(key) between 8 and 80));
create unique index ticket_number on ticket(day, prefix, number);
create index ticket_code on ticket(code);
create table ticket_event(
  id bigint generated always as identity primary key, ticket_id bigint not null references ticket, event text not null check(event in ('CALLED','NO_SHOW','DONE')),
  place text not null default '', made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_ticket_event_place check(length(place) <= 100),
  constraint limit_ticket_event_key check(length(key) between 8 and 80));
create index ticket_event_ticket on ticket_event(ticket_id, id);

create table package(
  id bigint generated always as identity primary key, external_ref text not null, sha256 text not null unique, data text not null check(data::json is not null),
  submitted_us bigint not null, made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_package_external_ref check(length(external_ref) <= 200),
  constraint limit_package_data check(length(data) <= 1048576),
  constraint limit_package_key check(length(key) between 8 and 80));
create unique index package_ref on package(external_ref);

create table berkas(
  id bigint generated always as identity primary key, number text not null default '', sop text not null references sop,
  channel text not null check(channel in ('ONLINE','OFFLINE')), ticket_id bigint references ticket, package_id bigint references package,
  stage text not null default '', n integer not null default 0, head text not null default '', holder text not null default '',
  husband_name text not null default '', wife_name text not null default '', husband_nik text not null default '', wife_nik text not null default '',
  route text not null default '', moved_us bigint not null default 0,
  -- Which transaction moved it last; until that has ended the file is shown to nobody, so that nobody reads by a step that he takes back.
  moved_in xid8 not null default '0',
  -- How many lines it had when something was last written beside it: where nothing was since, a line has nothing to bind.
  touched integer not null default -1,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique, client integer not null,
  check((channel = 'OFFLINE') = (ticket_id is not null)), check((channel = 'ONLINE') = (package_id is not null)),
  constraint limit_berkas_key check(length(key) between 8 and 80)) with (fillfactor = 85);
create unique index berkas_number on berkas(number text_pattern_ops);
create unique index berkas_ticket on berkas(ticket_id) where ticket_id is not null;
create unique index berkas_package on berkas(package_id) where package_id is not null;
create index berkas_stage on berkas(stage, moved_us);
create index berkas_ended on berkas(moved_us desc, id desc) where stage in ('SELESAI', 'BATAL');
-- What searches look in, apart from the head: its indexes are heavy, and every signed line moves the head.
create table berkas_party(
  berkas_id bigint primary key references berkas, names text not null, husband_nik text not null, wife_nik text not null);
create index berkas_party_names on berkas_party using gin (names gin_trgm_ops);
create index berkas_party_husband on berkas_party(husband_nik);
create index berkas_party_wife on berkas_party(wife_nik);
alter table berkas_party enable row level security;

create table entry(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, rev integer not null, data text not null constraint length_entry_data check(length(data) <= 262144 and data::json is not null), sha256 text not null,
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique, unique(berkas_id, rev),
  constraint limit_entry_key check(length(key) between 8 and 80));
create table contact(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, email text not null, phone text not null default '',
  read_back integer not null default 0, at_n integer not null, as_role text not null,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_contact_email check(length(email) <= 254),
  constraint limit_contact_phone check(length(phone) <= 60),
  constraint limit_contact_key check(length(key) between 8 and 80));
create index contact_berkas on contact(berkas_id, id);
create table requirement_check(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, code text not null,
  verdict text not null check(verdict in ('OK','BAD','UNSET')), original_seen integer not null default 0, reason text not null default '',
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique,
  constraint limit_requirement_check_reason check(length(reason) <= 500),
  constraint limit_requirement_check_code check(length(code) <= 100),
  constraint limit_requirement_check_key check(length(key) between 8 and 80));
create index requirement_check_berkas on requirement_check(berkas_id, code, id);
create table finding(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, subject text not null constraint length_finding_subject check(length(subject) between 1 and 200),
  problem text not null constraint length_finding_problem check(length(trim(problem)) between 3 and 500), solution text not null default '' constraint length_finding_solution check(length(solution) <= 500),
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique,
  constraint limit_finding_key check(length(key) between 8 and 80));
create index finding_berkas on finding(berkas_id, at_n);
create table answer(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, what text not null constraint length_answer_what check(length(trim(what)) between 3 and 500),
  came_us bigint not null, at_n integer not null, as_role text not null,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_answer_key check(length(key) between 8 and 80));
create index answer_berkas on answer(berkas_id, at_n);
create table confirmation(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, draft_rev integer not null, statement text not null,
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique,
  constraint limit_confirmation_statement check(length(statement) <= 2000),
  constraint limit_confirmation_key check(length(key) between 8 and 80));
create index confirmation_berkas on confirmation(berkas_id, at_n);
create table note(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, text text not null constraint length_note_text check(length(trim(text)) between 1 and 280),
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique,
  constraint limit_note_key check(length(key) between 8 and 80));
create index note_berkas on note(berkas_id, id);

-- Bytes by their SHA-256, never overwritten; papers point at them.
create table blob(sha256 text primary key, data bytea not null constraint length_blob_data check(length(data) between 1 and 33554432), made_us bigint not null default now_us());
create table paper(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas,
  kind text not null check(kind in ('scan','document','draft_print','deficiency','ktp_request','resi','signed','card')),
  subject text not null default '', title text not null default '', draft_rev integer not null default 0, sha256 text not null references blob,
  mime text not null, pages integer not null check(pages >= 1), source text not null default '', meta text not null default '{}' check(meta::json is not null),
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique,
  constraint limit_paper_subject check(length(subject) <= 300),
  constraint limit_paper_title check(length(title) <= 300),
  constraint limit_paper_mime check(length(mime) <= 100),
  constraint limit_paper_source check(length(source) <= 64),
  constraint limit_paper_meta check(length(meta) <= 20000),
  constraint limit_paper_key check(length(key) between 8 and 80));
create index paper_berkas on paper(berkas_id, kind, id);
create table removal(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, paper_id bigint not null unique references paper,
  why text not null constraint length_removal_why check(length(trim(why)) >= 3), at_n integer not null, as_role text not null,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_removal_why check(length(why) <= 500),
  constraint limit_removal_key check(length(key) between 8 and 80));
create table draft(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, rev integer not null, entry_rev integer not null,
  manifest text not null check(manifest::json is not null), sha256 text not null,
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique, unique(berkas_id, rev),
  constraint limit_draft_manifest check(length(manifest) <= 262144),
  constraint limit_draft_key check(length(key) between 8 and 80));
create table seen(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, sha256 text not null, page integer not null check(page >= 1),
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique,
  constraint limit_seen_key check(length(key) between 8 and 80));
create index removal_berkas on removal(berkas_id);
create unique index seen_once on seen(berkas_id, sha256, page, made_by);
create table print_event(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, paper_id bigint not null references paper,
  printer text not null, job text not null default '', state text not null check(state in ('QUEUED','PRINTING','COMPLETED','STOPPED','LOST')),
  detail text not null default '', at_n integer not null, as_role text not null,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_print_event_printer check(length(printer) <= 300),
  constraint limit_print_event_job check(length(job) <= 200),
  constraint limit_print_event_detail check(length(detail) <= 1000),
  constraint limit_print_event_key check(length(key) between 8 and 80));
create index print_event_berkas on print_event(berkas_id, at_n);
create index print_event_paper on print_event(paper_id, id);
create table outbox(
  id bigint generated always as identity primary key, berkas_id bigint not null references berkas, kind text not null
    check(kind in ('mail_deficiency','mail_resi','mail_documents')),
  to_address text not null check(to_address like '_%@_%._%'), subject text not null, body text not null, attachments text not null check(attachments::json is not null),
  message_id text not null unique, at_n integer not null, as_role text not null,
  made_by text not null default actor(), made_us bigint not null default now_us(), key text not null unique,
  constraint limit_outbox_subject check(length(subject) <= 300),
  constraint limit_outbox_body check(length(body) <= 20000),
  constraint limit_outbox_attachments check(length(attachments) <= 20000),
  constraint limit_outbox_message_id check(length(message_id) <= 200),
  constraint limit_outbox_to_address check(length(to_address) <= 254),
  constraint limit_outbox_key check(length(key) between 8 and 80));
create index outbox_berkas on outbox(berkas_id, kind, id);
create table outbox_event(
  id bigint generated always as identity primary key, outbox_id bigint not null references outbox, berkas_id bigint not null references berkas,
  event text not null check(event in ('LEASED','SENT','FAILED','REFUSED')), until_us bigint not null default 0, reply text not null default '',
  at_n integer not null, as_role text not null, made_by text not null default actor(), made_us bigint not null default now_us(),
  key text not null unique,
  constraint limit_outbox_event_reply check(length(reply) <= 1000),
  constraint limit_outbox_event_key check(length(key) between 8 and 80));
create index outbox_event_berkas on outbox_event(berkas_id, at_n);
create index outbox_event_outbox on outbox_event(outbox_id, id);

-- The day's numbers, without gap and without double: one row per day and prefix, held only while a ticket is being issued.
create table ticket_counter(day text not null, prefix text not null, last integer not null, primary key(day, prefix));
alter table ticket_counter enable row level security;
