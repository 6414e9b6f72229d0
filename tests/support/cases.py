"""Invented cases for tests: a PN file, a PA file, and one with the longest data a paper must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.services.case import (
    Address,
    Case,
    Decision,
    Household,
    Marriage,
    Member,
    Party,
    Plan,
    Reporter,
    Route,
    Sex,
    Siak,
    Witness,
)

LONG_NAME = "MARIA MAGDALENA BERNADETTE ROSALINDA SIMANJUNTAK HUTAGALUNG"[:60].ljust(60, "A")
LONG_STREET = (
    "PERUMAHAN GRIYA SEJAHTERA BERSAMA TAHAP III BLOK KENANGA UTARA NOMOR 128B, "
    "JALAN LINTAS TIMUR SIMPANG EMPAT PASAR PAGI, DEKAT GEREJA SANTO YOSEF, "
    "KOMPLEK PERTOKOAN LAMA LANTAI DUA"
)


def nik(region: str, born: date, sex: Sex, serial: int) -> str:
    """A NIK consistent with birth date and sex: women have 40 added to the day (facts.md 2.1)."""
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    return f"{region}{day:02d}{born.month:02d}{born.year % 100:02d}{serial:04d}"


def _member(name: str, sex: Sex, born: date, serial: int, household: int, parents: tuple[str, str]) -> Member:
    return Member(
        nik=nik("147107", born, sex, serial), name=name, sex=sex, birth_place="PEKANBARU", birth_date=born,
        religion="KRISTEN", education="TIDAK/BELUM SEKOLAH", occupation="PELAJAR/MAHASISWA",
        blood_type="TIDAK TAHU", father=parents[0], mother=parents[1], household=household,
    )  # fmt: skip


def case_pn() -> Case:
    """A Pengadilan Negeri decision: the husband keeps the KK with one child, the wife gets a new KK with the other."""
    home = Address("JL. KAYU MANIS GG. RAMBAI NO. 14", "003", "005", "TAMPAN", "PAYUNG SEKAKI", postcode="28292")
    hers = Address("JL. MELUR GG. ANGGREK NO. 3", "001", "002", "HARJOSARI", "SUKAJADI", postcode="28122")
    born_h, born_w = date(1984, 3, 14), date(1987, 8, 22)
    husband = Party(
        nik=nik("147107", born_h, Sex.MALE, 3), name="YOHANES PARULIAN SITORUS", sex=Sex.MALE,
        birth_place="PEKANBARU", birth_date=born_h, religion="KRISTEN", education="DIPLOMA IV/STRATA I",
        occupation="WIRASWASTA", blood_type="O", father="PARLINDUNGAN SITORUS", mother="TIUR SIMBOLON",
        kk_number="1471071109100021", kk_head="YOHANES PARULIAN SITORUS", address=home,
        relation_before="KEPALA KELUARGA", phone="081200000001",
    )  # fmt: skip
    wife = Party(
        nik=nik("147107", born_w, Sex.FEMALE, 5), name="DEBORA MELINDA HUTAPEA", sex=Sex.FEMALE,
        birth_place="PEMATANGSIANTAR", birth_date=born_w, religion="KRISTEN", education="AKADEMI/DIPLOMA III/S. MUDA",
        occupation="KARYAWAN SWASTA", blood_type="A", father="MARULI HUTAPEA", mother="ROSMAULI PANJAITAN",
        kk_number="1471071109100021", kk_head="YOHANES PARULIAN SITORUS", address=home,
        relation_before="ISTRI", phone="081200000002",
    )  # fmt: skip
    parents = (husband.name, wife.name)
    return Case(
        route=Route.PN,
        reporter=Reporter.WIFE,
        husband=husband,
        wife=wife,
        marriage=Marriage("1471-KW-18092010-0007", date(2010, 9, 18), "KOTA PEKANBARU", certificate_withdrawn=True),
        decision=Decision(
            court="PENGADILAN NEGERI PEKANBARU", seat="PEKANBARU", number="87/Pdt.G/2026/PN Pbr",
            date=date(2026, 2, 26), bht_date=date(2026, 3, 27), clerk_letter="W4.U1/1204/HK.02/4/2026",
            clerk_letter_date=date(2026, 4, 6), level="TINGKAT PERTAMA", filed_by="ISTRI",
        ),
        members=(
            _member("GABRIEL SITORUS", Sex.MALE, date(2012, 5, 2), 11, 1, parents),
            _member("KIRANA SITORUS", Sex.FEMALE, date(2016, 11, 30), 12, 2, parents),
        ),
        household_husband=Household(Plan.KEEP, "1471071109100021", husband.name, home),
        household_wife=Household(Plan.NEW, "", wife.name, hers),
        witness_1=Witness("ANDREAS TAMBUNAN", nik("147101", date(1979, 1, 9), Sex.MALE, 2), "1471010102030004"),
        witness_2=Witness("LIDYA MARPAUNG", nik("147102", date(1990, 7, 17), Sex.FEMALE, 1), "1471020304050006"),
        reported=date(2026, 5, 12),
        siak=Siak(deed_number="1471-CR-12052026-0004", deed_date=date(2026, 5, 12), new_kk_wife="1471011205260007"),
    )  # fmt: skip


def case_pa() -> Case:
    """A Pengadilan Agama decision: no akta of ours; the wife joins her parents' KK, no children."""
    home = Address("JL. GARUDA SAKTI KM 2 NO. 8", "002", "001", "BINA WIDYA", "BINAWIDYA", postcode="28293")
    born_h, born_w = date(1990, 1, 5), date(1993, 12, 19)
    husband = Party(
        nik=nik("147108", born_h, Sex.MALE, 7), name="AHMAD FAUZI RAMADHAN", sex=Sex.MALE, birth_place="BANGKINANG",
        birth_date=born_h, religion="ISLAM", education="SLTA/SEDERAJAT", occupation="KARYAWAN SWASTA",
        blood_type="B", father="RAMADHAN", mother="NURHAYATI", kk_number="1471082006150009",
        kk_head="AHMAD FAUZI RAMADHAN", address=home, relation_before="KEPALA KELUARGA", phone="081200000003",
    )  # fmt: skip
    wife = Party(
        nik=nik("147108", born_w, Sex.FEMALE, 2), name="SITI AISYAH", sex=Sex.FEMALE, birth_place="PEKANBARU",
        birth_date=born_w, religion="ISLAM", education="DIPLOMA IV/STRATA I", occupation="GURU", blood_type="AB",
        father="ZAINAL ABIDIN", mother="MARYAM", kk_number="1471082006150009", kk_head="AHMAD FAUZI RAMADHAN",
        address=home, relation_before="ISTRI", phone="081200000004",
    )  # fmt: skip
    parents_home = Address("JL. DURIAN NO. 21", "004", "003", "LABUH BARU TIMUR", "PAYUNG SEKAKI", postcode="28291")
    return Case(
        route=Route.PA,
        reporter=Reporter.HUSBAND,
        husband=husband,
        wife=wife,
        marriage=Marriage("0412/021/VI/2015", date(2015, 6, 12), "KUA KECAMATAN TAMPAN"),
        decision=Decision(
            court="PENGADILAN AGAMA PEKANBARU", seat="PEKANBARU", number="310/Pdt.G/2026/PA.Pbr",
            date=date(2026, 3, 3), bht_date=date(2026, 4, 2), filed_by="SUAMI",
            pa_certificate="0288/AC/2026/PA.Pbr", pa_certificate_date=date(2026, 4, 14),
        ),
        household_husband=Household(Plan.KEEP, "1471082006150009", husband.name, home),
        household_wife=Household(Plan.JOIN, "1471071503020011", "ZAINAL ABIDIN", parents_home),
        witness_1=Witness("RUDI HARTONO", nik("147103", date(1985, 4, 21), Sex.MALE, 4), "1471030102030004"),
        witness_2=Witness("DEWI LESTARI", nik("147104", date(1991, 9, 8), Sex.FEMALE, 6), "1471040304050006"),
        reported=date(2026, 5, 12),
    )  # fmt: skip


def case_long() -> Case:
    """The fullest case: 60-character names, three-line addresses, twelve people on one KK."""
    base = case_pn()
    far = Address(
        LONG_STREET, "012", "018", "SIMPANG TIGA MARPOYAN DAMAI RAYA", "MARPOYAN DAMAI PERHENTIAN BARAT",
        "KOTA PEKANBARU", "RIAU", "28284",
    )  # fmt: skip
    long_husband = "BARTHOLOMEUS ALEXANDER FRANSISKUS XAVERIUS PARLINDUNGAN PANE"[:60]
    parents = (long_husband, LONG_NAME)
    children = tuple(
        _member(
            f"{'ABCDEFGHIJK'[i]}NASTASIA IMMANUELA KRISTIANI PUTRI SIMANJUNTAK HUTAGALUNG PANE"[:60],
            Sex.FEMALE if i % 2 else Sex.MALE, date(2004 + i, 1 + i, 28), 20 + i, 1, parents,
        )
        for i in range(11)
    )  # fmt: skip
    husband = _lengthened(replace(base.husband, name=long_husband, address=far, kk_head=long_husband))
    wife = _lengthened(replace(base.wife, name=LONG_NAME, address=far, kk_head=long_husband))
    return Case(
        route=Route.PN,
        reporter=Reporter.PROXY,
        husband=husband,
        wife=wife,
        marriage=Marriage(
            "1471-KW-18092003-0007/PERBAIKAN/2011", date(2003, 9, 18),
            "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO",
        ),
        decision=Decision(
            court="PENGADILAN NEGERI TANJUNG BALAI KARIMUN KELAS I B KHUSUS PERIKANAN", seat="TANJUNG BALAI KARIMUN",
            number="1287/Pdt.G/2025/PN Tbk jo. 44/PDT/2026/PT TPG", date=date(2025, 12, 31),
            bht_date=date(2026, 3, 27), clerk_letter="W4.U12/12044/HK.02/PANITERA/4/2026",
            clerk_letter_date=date(2026, 4, 6), level="TINGKAT BANDING", appeal_number="44/PDT/2026/PT TPG",
            appeal_date=date(2026, 3, 1), filed_by="SUAMI",
        ),
        members=children,
        household_husband=Household(Plan.KEEP, husband.kk_number, husband.name, far),
        household_wife=Household(Plan.NEW, "", wife.name, far),
        witness_1=base.witness_1,
        witness_2=base.witness_2,
        reported=date(2026, 9, 30),
    )  # fmt: skip


def _lengthened(party: Party) -> Party:
    return replace(
        party,
        birth_place="KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO",
        education="AKADEMI/DIPLOMA III/SARJANA MUDA",
        occupation="ANGGOTA LEMBAGA TINGGI LAINNYA/PENELITI",
        religion="KEPERCAYAAN TERHADAP TUHAN YME/LAINNYA",
        blood_type="TIDAK TAHU",
        father="HASIHOLAN MANGARAJA TUA BONIFASIUS SIMANJUNTAK HUTAGALUNG SR",
        mother="THERESIA MARGARETHA ELISABETH NURHAIDA SIAHAAN SITANGGANG",
    )
