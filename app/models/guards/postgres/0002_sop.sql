-- The SOP's table as the guards read it; the runner writes it from app/sop, nobody else ever changes it.
create table sop(number text primary key, title text not null);
create table sop_stage(sop text not null references sop, stage text not null, kind text not null, desk text not null default '',
  primary key(sop, stage));
create table sop_step(
  sop text not null references sop, at_stage text not null, action text not null, channel text not null check(channel in ('ONLINE','OFFLINE')),
  to_stage text not null, row_no integer, minutes integer, not_by text not null default '', held integer not null default 0,
  pauses integer not null default 0, primary key(sop, at_stage, action, channel));
create table sop_who(sop text not null, at_stage text not null, action text not null, channel text not null, role text not null,
  primary key(sop, at_stage, action, channel, role));
create table sop_need(sop text not null, at_stage text not null, action text not null, channel text not null, need text not null,
  primary key(sop, at_stage, action, channel, need));
-- The same as the four above, as a command asks for it: one row for one press, needs in the order in which they are told.
create table sop_way(
  sop text not null references sop, at_stage text not null, action text not null, channel text not null, to_stage text not null,
  not_by text not null, from_work boolean not null, into_work boolean not null, roles text[] not null, needs text[] not null,
  primary key(sop, at_stage, action, channel));
create table sop_writable(sop text not null, what text not null, role text not null, stage text not null,
  primary key(sop, what, role, stage));
create table requirement(
  code text not null, route text not null check(route in ('PN','PA')), label text not null, condition text not null default 'ALWAYS'
    check(condition in ('ALWAYS','PROXY','OPTIONAL')), position integer not null, primary key(code, route));
insert into requirement(code, route, label, condition, position) values
  ('putusan', 'PN', 'Salinan putusan yang berkekuatan hukum tetap', 'ALWAYS', 1),
  ('akta_kawin', 'PN', 'Kutipan akta perkawinan', 'ALWAYS', 2),
  ('kk', 'PN', 'Kartu Keluarga', 'ALWAYS', 3),
  ('ktp_suami', 'PN', 'KTP-el suami', 'ALWAYS', 4),
  ('ktp_istri', 'PN', 'KTP-el istri', 'ALWAYS', 5),
  ('kuasa', 'PN', 'Surat kuasa', 'PROXY', 6),
  ('lain', 'PN', 'Berkas pendukung lain', 'OPTIONAL', 9),
  ('akta_cerai', 'PA', 'Akta cerai dari Pengadilan Agama', 'ALWAYS', 1),
  ('putusan', 'PA', 'Salinan putusan yang berkekuatan hukum tetap', 'ALWAYS', 2),
  ('kk', 'PA', 'Kartu Keluarga', 'ALWAYS', 3),
  ('ktp_suami', 'PA', 'KTP-el suami', 'ALWAYS', 4),
  ('ktp_istri', 'PA', 'KTP-el istri', 'ALWAYS', 5),
  ('kuasa', 'PA', 'Surat kuasa', 'PROXY', 6),
  ('lain', 'PA', 'Berkas pendukung lain', 'OPTIONAL', 9);
call close_table('sop');
call close_table('sop_stage');
call close_table('sop_step');
call close_table('sop_who');
call close_table('sop_need');
call close_table('sop_way');
call close_table('sop_writable');
call close_table('requirement');
create policy seen on sop for select to public using (true);
create policy seen on sop_stage for select to public using (true);
create policy seen on sop_step for select to public using (true);
create policy seen on sop_who for select to public using (true);
create policy seen on sop_need for select to public using (true);
create policy seen on sop_way for select to public using (true);
create policy seen on sop_writable for select to public using (true);
create policy seen on requirement for select to public using (true);
grant select on sop, sop_stage, sop_step, sop_who, sop_need, sop_way, sop_writable, requirement to pelita3_officer;
