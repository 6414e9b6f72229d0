-- The SOP's table as the guards read it; the runner writes it from app/sop, nobody else ever changes it.
create table sop(number text primary key, title text not null);
create table sop_stage(sop text not null references sop, stage text not null, kind text not null, desk text not null default '',
  primary key(sop, stage)) without rowid;
create table sop_step(
  sop text not null references sop, at_stage text not null, action text not null, channel text not null check(channel in ('ONLINE','OFFLINE')),
  to_stage text not null, row_no integer, minutes integer, not_by text not null default '', held integer not null default 0,
  pauses integer not null default 0, primary key(sop, at_stage, action, channel)) without rowid;
create table sop_who(sop text not null, at_stage text not null, action text not null, channel text not null, role text not null,
  primary key(sop, at_stage, action, channel, role)) without rowid;
create table sop_need(sop text not null, at_stage text not null, action text not null, channel text not null, need text not null,
  primary key(sop, at_stage, action, channel, need)) without rowid;
create table sop_writable(sop text not null, what text not null, role text not null, stage text not null,
  primary key(sop, what, role, stage)) without rowid;
create table requirement(
  code text not null, route text not null check(route in ('PN','PA')), label text not null, condition text not null default 'ALWAYS'
    check(condition in ('ALWAYS','PROXY','OPTIONAL')), position integer not null, primary key(code, route)) without rowid;
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
create trigger sop_frozen before update on sop begin select raise(abort, 'P3423 frozen'); end;
create trigger sop_kept before delete on sop begin select raise(abort, 'P3423 kept'); end;
create trigger sop_stage_frozen before update on sop_stage begin select raise(abort, 'P3423 frozen'); end;
create trigger sop_stage_kept before delete on sop_stage begin select raise(abort, 'P3423 kept'); end;
create trigger sop_step_frozen before update on sop_step begin select raise(abort, 'P3423 frozen'); end;
create trigger sop_step_kept before delete on sop_step begin select raise(abort, 'P3423 kept'); end;
create trigger sop_who_frozen before update on sop_who begin select raise(abort, 'P3423 frozen'); end;
create trigger sop_who_kept before delete on sop_who begin select raise(abort, 'P3423 kept'); end;
create trigger sop_need_frozen before update on sop_need begin select raise(abort, 'P3423 frozen'); end;
create trigger sop_need_kept before delete on sop_need begin select raise(abort, 'P3423 kept'); end;
create trigger sop_writable_frozen before update on sop_writable begin select raise(abort, 'P3423 frozen'); end;
create trigger sop_writable_kept before delete on sop_writable begin select raise(abort, 'P3423 kept'); end;
