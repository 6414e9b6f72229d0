"""Rules about the marriage, the decision, its numbers and dates (facts.md 2.3, 2.5)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from app.services import catalogue
from app.services.case import Case, Route, value_at
from app.services.issue import Found, error, info, warning

APPEAL_DAYS = 14
REPORT_DAYS = 60
"""UU 23/2006 jo 24/2013 art. 40: report within 60 days after BHT. Being late never blocks."""

DATES = (
    ("marriage.date", "Tanggal perkawinan"),
    ("decision.date", "Tanggal putusan"),
    ("decision.bht_date", "Tanggal BHT"),
    ("decision.clerk_letter_date", "Tanggal surat panitera"),
    ("decision.appeal_date", "Tanggal putusan tingkat lanjut"),
    ("decision.pa_certificate_date", "Tanggal akta cerai"),
    ("reported", "Tanggal melapor"),
    ("siak.deed_date", "Tanggal akta"),
)


def check(case: Case, today: date) -> Found:
    """All rules about events."""
    for path, noun in DATES:
        day = value_at(case, path)
        if day is not None and day > today:
            yield error(path, f"{noun} belum terjadi. Periksa tahunnya")
    yield from _order(case)
    yield from _finality(case)
    yield from _numbers(case)
    if case.route is Route.PN:
        yield from _lateness(case, today)
        yield from _certificate(case)


def _order(case: Case) -> Found:
    married, decided = case.marriage.date, case.decision.date
    if married and decided and married >= decided:
        yield error("decision.date", "Putusan tertulis sebelum perkawinan. Periksa kedua tanggal")
    for path, party, title in (("husband", case.husband, "Suami"), ("wife", case.wife, "Istri")):
        if party.birth_date and married and party.birth_date >= married:
            yield error(f"{path}.birth_date", f"{title} tertulis lahir sesudah perkawinan. Periksa kedua tanggal")
    given = case.decision.pa_certificate_date
    if given and decided and given < decided:
        yield error("decision.pa_certificate_date", "Akta cerai tertulis terbit sebelum putusan. Periksa kedua tanggal")


def _finality(case: Case) -> Found:
    d = case.decision
    if not (d.date and d.bht_date):
        return
    if d.bht_date < d.date:
        yield error("decision.bht_date", "Tanggal BHT tertulis sebelum putusan. Lihat surat keterangan panitera")
    elif d.bht_date < d.date + timedelta(days=APPEAL_DAYS) and not d.appeal_date:
        days = (d.bht_date - d.date).days
        text = f"BHT hanya {days} hari setelah putusan, biasanya 14. Ikuti surat panitera"
        yield warning("decision.bht_date", text)
    if d.clerk_letter_date and d.clerk_letter_date < d.bht_date:
        text = "Surat panitera tertulis sebelum tanggal BHT. Periksa kedua tanggal"
        yield warning("decision.clerk_letter_date", text)


def _numbers(case: Case) -> Found:
    court = "decision_pa" if case.route is Route.PA else "decision_pn"
    kinds = {"decision.number": court, "siak.deed_number": "deed", "decision.pa_certificate": "pa_certificate"}
    for path, kind in kinds.items():
        number = value_at(case, path)
        usual = catalogue.pattern(kind)
        if number and not re.match(usual.regex, number):
            yield warning(path, f"Bentuk nomor tidak lazim, contoh {usual.example}")


def _lateness(case: Case, today: date) -> Found:
    if case.decision.bht_date is None:
        return
    late = ((case.reported or today) - case.decision.bht_date).days - REPORT_DAYS
    if late > 0:
        text = f"Dilaporkan {late} hari lewat dari 60 hari sejak BHT. Permohonan tetap dilayani"
        yield info("decision.bht_date", text)


def _certificate(case: Case) -> Found:
    m = case.marriage
    if m.number and not (m.certificate_withdrawn or m.no_certificate_statement):
        text = "Kutipan akta perkawinan asli belum ditandai ditarik. Tarik dahulu, atau tulis alasannya"
        yield warning("marriage.certificate_withdrawn", text, reason=True)
