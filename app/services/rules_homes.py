"""Rules about who lives where afterwards (facts.md 2.2, 2.7; SOP README "Documents of one file")."""

from __future__ import annotations

import re
from datetime import date

from app.services import nik
from app.services.case import Address, Case, Household, Party, Plan
from app.services.issue import Found, error, info, warning

ADULT = 18
BOTH_STAY = "Suami dan istri tidak bisa sama-sama tetap di KK yang sama. Pilih Baru atau Numpang untuk salah satu"
TEXT_DIGITS = (("rt", r"\d{3}", "RT ditulis 3 angka, contoh 003"), ("rw", r"\d{3}", "RW ditulis 3 angka, contoh 005"))
POSTCODE = ("postcode", r"\d{5}", "Kode pos ditulis 5 angka")


def check(case: Case, today: date) -> Found:
    """All rules about households and addresses."""
    for path, address in _addresses(case):
        yield from _written(path, address)
    yield from _plans(case)
    yield from _placed(case, today)


def after(party: Party, home: Household) -> Address:
    """Where a party lives afterwards: the household's address, or the old one where none is written."""
    return home.address if home.address.street else party.address


def _addresses(case: Case) -> list[tuple[str, Address]]:
    return [
        ("husband.address", case.husband.address),
        ("wife.address", case.wife.address),
        ("household_husband.address", case.household_husband.address),
        ("household_wife.address", case.household_wife.address),
    ]


def _written(path: str, address: Address) -> Found:
    for name, shape, text in (*TEXT_DIGITS, POSTCODE):
        value = getattr(address, name)
        if value and not re.fullmatch(shape, value):
            padded = value.zfill(3) if name in ("rt", "rw") and value.isdigit() and len(value) < len("000") else None
            yield error(f"{path}.{name}", text, padded)


def _plans(case: Case) -> Found:
    his, hers = case.household_husband, case.household_wife
    if his.plan is Plan.KEEP and hers.plan is Plan.KEEP and _same_kk(case):
        yield error("household_wife.plan", BOTH_STAY)
    old = {case.husband.kk_number, case.wife.kk_number} - {""}
    for path, home in (("household_husband", his), ("household_wife", hers)):
        if home.plan is Plan.NEW and home.kk_number and home.kk_number in old:
            yield error(f"{path}.kk_number", "Nomor ini nomor KK lama. Kosongkan: nomor KK baru datang dari SIAK")
    if his.plan and hers.plan and his.plan is not Plan.JOIN and hers.plan is not Plan.JOIN:
        same = after(case.husband, his).street
        if same and after(case.husband, his) == after(case.wife, hers):
            text = "Alamat keduanya sama setelah cerai. Periksa, atau tulis alasannya"
            yield warning("household_wife.address.street", text, reason=True)


def _same_kk(case: Case) -> bool:
    his = case.household_husband.kk_number or case.husband.kk_number
    hers = case.household_wife.kk_number or case.wife.kk_number
    return not his or not hers or his == hers


def _placed(case: Case, today: date) -> Found:
    homes = {1: case.household_husband, 2: case.household_wife}
    for i, member in enumerate(case.members):
        path = f"members.{i}.household"
        if member.household not in homes:
            yield error(path, "Pilih KK I (suami) atau KK II (istri) untuk anggota ini, sesuai amar putusan")
        if member.birth_date and nik.age(member.birth_date, today) >= ADULT and member.relation == "ANAK":
            yield info(path, f"{nik.age(member.birth_date, today)} tahun, boleh memilih sendiri KK-nya")
