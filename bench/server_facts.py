"""What stands beside the measured files where the next step asks for it, written by SQL after the files themselves."""

from __future__ import annotations

from typing import Any

import psycopg

AFTER = (
    """insert into berkas_party(berkas_id, names, husband_nik, wife_nik)
  select id, upper(husband_name || ' ' || wife_name), husband_nik, wife_nik from berkas where husband_name <> ''""",
    "insert into ticket_counter select day, prefix, max(number) from ticket group by day, prefix",
    """insert into blob(sha256, data)
  select sha256hex('ukur' || k), convert_to('ukur' || k, 'UTF8') from generate_series(0, 4) k""",
)
"""What the guards would have kept beside the rows that were copied in."""

FACTS = {
    "VERIFIKASI": """
insert into contact(berkas_id, email, read_back, at_n, as_role, made_by, key)
  select b.id, 'pemohon' || b.id || '@contoh.id', 1, b.n, 'FO', b.holder, 'ukur-kontak-' || b.id from b;
insert into requirement_check(berkas_id, code, verdict, original_seen, at_n, as_role, made_by, key)
  select b.id, q.code, 'OK', 0, b.n, 'FO', b.holder, 'ukur-periksa-' || b.id || q.code
  from b join q on q.route = b.route;
insert into paper(berkas_id, kind, subject, sha256, mime, pages, at_n, as_role, made_by, key)
  select b.id, 'scan', q.code, sha256hex('ukur0'), 'application/pdf', 1, b.n, 'FO', b.holder,
    'ukur-pindai-' || b.id || q.code
  from b join q on q.route = b.route
""",
    "DI_KASI": """
insert into paper(berkas_id, kind, subject, draft_rev, sha256, mime, pages, at_n, as_role, made_by, key)
  select b.id, 'document', 'kk-' || k, 1, sha256hex('ukur' || k), 'application/pdf', 2, b.n, 'FO', 'fo002',
    'ukur-dokumen-' || b.id || k
  from b cross join generate_series(1, 4) k;
insert into draft(berkas_id, rev, entry_rev, manifest, sha256, at_n, as_role, made_by, key)
  select b.id, 1, 1, m.manifest, sha256hex(m.manifest), b.n, 'FO', 'fo002', 'ukur-draf-' || b.id
  from b cross join lateral (
    select json_agg(json_build_object('subject', p.subject, 'sha256', p.sha256, 'sign', true))::text as manifest
    from paper p where p.berkas_id = b.id and p.kind = 'document') m;
insert into seen(berkas_id, sha256, page, at_n, as_role, made_by, key)
  select b.id, sha256hex('ukur' || k), p, b.n, 'KASI', b.holder, 'ukur-lihat-' || b.id || '-' || k || '-' || p
  from b cross join generate_series(1, 4) k cross join generate_series(1, 2) p
""",
    "TERTANDA": """
insert into outbox(berkas_id, kind, to_address, subject, body, attachments, message_id, at_n, as_role, made_by, key)
  select b.id, 'mail_documents', 'pemohon' || b.id || '@contoh.id', 'Dokumen', 'Terlampir', '[]',
    b.id || '@ukur.id', b.n, 'FO', 'fo002', 'ukur-surel-' || b.id from b;
insert into outbox_event(outbox_id, berkas_id, event, reply, at_n, as_role, made_by, key)
  select o.id, b.id, 'FAILED', '451 nanti', b.n, 'FO', 'fo002', 'ukur-gagal-' || b.id
  from b join outbox o on o.berkas_id = b.id where b.id % 2 = 0
""",
}
"""By stage: facts at the line the file has now, as the next step needs them."""


def facts(su: psycopg.Connection[tuple[Any, ...]], stage: str, which: str) -> None:
    """Write them beside the files of a stage, once."""
    b = f"select * from berkas where stage = '{stage}' and id {which}"  # noqa: S608  our own words
    su.execute(f"create temporary view b as {b}".encode())
    su.execute("create temporary view q as select * from requirement where condition = 'ALWAYS'")
    for statement in FACTS[stage].split(";"):
        su.execute((statement + " on conflict do nothing").encode())
    su.execute("update berkas set touched = n where id in (select id from b)")
    su.execute("drop view b, q")
