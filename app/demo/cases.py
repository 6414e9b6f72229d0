"""Four invented cases that walk the whole SOP: nobody in them exists."""

from __future__ import annotations

from datetime import date

from app.demo.case_people import child, nik, party
from app.services.case import (
    Address,
    Case,
    Decision,
    Household,
    Marriage,
    Plan,
    Reporter,
    Route,
    Sex,
    Siak,
    Witness,
)

HOUSE_H, HOUSE_W = 1, 2
REPORTED = date(2026, 11, 23)


def sitorus() -> Case:
    """PN, walk-in: three children shared between two households; the husband keeps the KK."""
    home = Address("JL. KAYU MANIS GG. RAMBAI NO. 14", "003", "008", "TAMPAN", "PAYUNG SEKAKI", postcode="28292")
    hers = Address("JL. MELUR GG. ANGGREK NO. 3", "001", "002", "HARJOSARI", "SUKAJADI", postcode="28122")
    kk, both = "1471071109100021", ("YOHANES PARULIAN SITORUS", "DEBORA MELINDA HUTAPEA")
    husband = party(
        both[0],
        Sex.MALE,
        date(1984, 3, 14),
        "PEKANBARU",
        3,
        home,
        kk,
        religion="KRISTEN",
        education="DIPLOMA IV/STRATA I",
        work="WIRASWASTA",
        blood="O",
        parents=("PARLINDUNGAN SITORUS", "TIUR SIMBOLON"),
        relation="KEPALA KELUARGA",
    )
    wife = party(
        both[1],
        Sex.FEMALE,
        date(1987, 8, 22),
        "PEMATANGSIANTAR",
        5,
        home,
        kk,
        religion="KRISTEN",
        education="AKADEMI/DIPLOMA III/S. MUDA",
        work="KARYAWAN SWASTA",
        blood="A",
        parents=("MARULI HUTAPEA", "ROSMAULI PANJAITAN"),
        relation="ISTRI",
        head=both[0],
    )
    return Case(
        route=Route.PN,
        reporter=Reporter.WIFE,
        husband=husband,
        wife=wife,
        marriage=Marriage("1471-KW-18092010-0007", date(2010, 9, 18), "KOTA PEKANBARU", certificate_withdrawn=True),
        decision=Decision(
            court="PENGADILAN NEGERI PEKANBARU",
            seat="PEKANBARU",
            number="87/Pdt.G/2026/PN Pbr",
            date=date(2026, 8, 26),
            bht_date=date(2026, 9, 25),
            clerk_letter="W4.U1/1204/HK.02/9/2026",
            clerk_letter_date=date(2026, 9, 28),
            filed_by="ISTRI",
        ),
        members=(
            child(
                "GABRIEL ANDREAS SITORUS",
                Sex.MALE,
                date(2011, 11, 5),
                2,
                HOUSE_H,
                both,
                "TAMAT SD/SEDERAJAT",
                "KRISTEN",
            ),
            child(
                "RACHEL ANGELINA SITORUS",
                Sex.FEMALE,
                date(2014, 6, 17),
                4,
                HOUSE_W,
                both,
                "BELUM TAMAT SD/SEDERAJAT",
                "KRISTEN",
            ),
            child(
                "SAMUEL TIMOTHY SITORUS", Sex.MALE, date(2018, 1, 9), 1, HOUSE_W, both, "TIDAK/BELUM SEKOLAH", "KRISTEN"
            ),
        ),
        household_husband=Household(Plan.KEEP, kk, both[0], home),
        household_wife=Household(Plan.NEW, "", both[1], hers),
        witness_1=Witness("ANDREAS TAMBUNAN", nik("147101", date(1979, 1, 9), Sex.MALE, 2), "1471010102030004"),
        witness_2=Witness("LIDYA MARPAUNG", nik("147102", date(1990, 7, 17), Sex.FEMALE, 1), "1471020304050006"),
        reported=REPORTED,
        siak=Siak("1471-CR-23112026-0001", REPORTED, new_kk_wife="1471012311260001"),
    )


def tanujaya() -> Case:
    """PN, online: one child; both leave with an address of their own; the KTP-el scan is illegible at first."""
    home = Address("JL. SETIA BUDI NO. 88", "002", "004", "RINTIS", "LIMA PULUH", postcode="28141")
    hers = Address("JL. KULIM GG. MELATI NO. 9", "005", "001", "KAMPUNG BARU", "SENAPELAN", postcode="28155")
    kk, both = "1471040703120014", ("WILLY TANUJAYA", "MERRY GUNAWAN")
    husband = party(
        both[0],
        Sex.MALE,
        date(1982, 7, 2),
        "PEKANBARU",
        2,
        home,
        kk,
        religion="BUDHA",
        education="DIPLOMA IV/STRATA I",
        work="PEDAGANG",
        blood="B",
        parents=("HENDRA TANUJAYA", "LINA WIJAYA"),
        region="147104",
        relation="KEPALA KELUARGA",
    )
    wife = party(
        both[1],
        Sex.FEMALE,
        date(1985, 12, 30),
        "BAGANSIAPIAPI",
        6,
        home,
        kk,
        religion="BUDHA",
        education="SLTA/SEDERAJAT",
        work="WIRASWASTA",
        blood="O",
        parents=("TONY GUNAWAN", "SUSI HALIM"),
        region="147104",
        relation="ISTRI",
        head=both[0],
    )
    return Case(
        route=Route.PN,
        reporter=Reporter.HUSBAND,
        husband=husband,
        wife=wife,
        marriage=Marriage("1471-KW-07032012-0011", date(2012, 3, 7), "KOTA PEKANBARU", certificate_withdrawn=True),
        decision=Decision(
            court="PENGADILAN NEGERI PEKANBARU",
            seat="PEKANBARU",
            number="133/Pdt.G/2026/PN Pbr",
            date=date(2026, 9, 9),
            bht_date=date(2026, 10, 8),
            clerk_letter="W4.U1/1391/HK.02/10/2026",
            clerk_letter_date=date(2026, 10, 12),
            filed_by="SUAMI",
        ),
        members=(
            child(
                "CELINE TANUJAYA", Sex.FEMALE, date(2015, 2, 14), 3, HOUSE_W, both, "BELUM TAMAT SD/SEDERAJAT", "BUDHA"
            ),
        ),
        household_husband=Household(Plan.KEEP, kk, both[0], home),
        household_wife=Household(Plan.NEW, "", both[1], hers),
        witness_1=Witness("BUDI SANTOSO", nik("147103", date(1975, 5, 5), Sex.MALE, 8), "1471030506070008"),
        witness_2=Witness("YENNY KUSUMA", nik("147105", date(1988, 10, 21), Sex.FEMALE, 9), "1471050607080009"),
        reported=REPORTED,
        siak=Siak("1471-CR-23112026-0002", REPORTED, new_kk_wife="1471052311260002"),
    )


def ramadhan() -> Case:
    """PA, walk-in: the akta cerai is the court's; only KK and KTP-el change; the wife joins her parents' KK."""
    home = Address("JL. GARUDA SAKTI KM 2 NO. 8", "002", "001", "BINAWIDYA", "BINAWIDYA", postcode="28293")
    parents_home = Address("JL. DURIAN NO. 21", "004", "003", "LABUH BARU TIMUR", "PAYUNG SEKAKI", postcode="28291")
    kk, both = "1471082006150009", ("AHMAD FAUZI RAMADHAN", "SITI AISYAH")
    husband = party(
        both[0],
        Sex.MALE,
        date(1990, 1, 5),
        "BANGKINANG",
        7,
        home,
        kk,
        religion="ISLAM",
        education="SLTA/SEDERAJAT",
        work="KARYAWAN SWASTA",
        blood="B",
        parents=("RAMADHAN", "NURHAYATI"),
        region="147108",
        relation="KEPALA KELUARGA",
    )
    wife = party(
        both[1],
        Sex.FEMALE,
        date(1993, 12, 19),
        "PEKANBARU",
        2,
        home,
        kk,
        religion="ISLAM",
        education="DIPLOMA IV/STRATA I",
        work="GURU",
        blood="AB",
        parents=("ZAINAL ABIDIN", "MARYAM"),
        region="147108",
        relation="ISTRI",
        head=both[0],
    )
    return Case(
        route=Route.PA,
        reporter=Reporter.HUSBAND,
        husband=husband,
        wife=wife,
        marriage=Marriage("0412/021/VI/2015", date(2015, 6, 12), "KUA KECAMATAN TAMPAN"),
        decision=Decision(
            court="PENGADILAN AGAMA PEKANBARU",
            seat="PEKANBARU",
            number="310/Pdt.G/2026/PA.Pbr",
            date=date(2026, 9, 3),
            bht_date=date(2026, 10, 2),
            filed_by="SUAMI",
            pa_certificate="0288/AC/2026/PA.Pbr",
            pa_certificate_date=date(2026, 10, 14),
        ),
        household_husband=Household(Plan.KEEP, kk, both[0], home),
        household_wife=Household(Plan.JOIN, "1471071503020011", "ZAINAL ABIDIN", parents_home),
        reported=REPORTED,
    )


def panjaitan() -> Case:
    """PN, walk-in: no children; returned once by the Kasi and once by the Kabid before it is right."""
    home = Address("JL. HANG TUAH UJUNG NO. 45", "001", "006", "REJOSARI", "TENAYAN RAYA", postcode="28281")
    hers = Address("JL. INDAH KASIH NO. 7", "003", "002", "TANGKERANG UTARA", "BUKIT RAYA", postcode="28289")
    kk, both = "1471101402140005", ("EKO PANJAITAN", "ROSMALA SIHOTANG")
    husband = party(
        both[0],
        Sex.MALE,
        date(1986, 6, 25),
        "DURI",
        4,
        home,
        kk,
        religion="KATHOLIK",
        education="AKADEMI/DIPLOMA III/S. MUDA",
        work="KARYAWAN SWASTA",
        blood="A",
        parents=("SAHAT PANJAITAN", "RUSMI NAIBAHO"),
        region="147110",
        relation="KEPALA KELUARGA",
    )
    wife = party(
        both[1],
        Sex.FEMALE,
        date(1989, 4, 3),
        "PEKANBARU",
        1,
        home,
        kk,
        religion="KATHOLIK",
        education="DIPLOMA IV/STRATA I",
        work="BIDAN",
        blood="B",
        parents=("JONSON SIHOTANG", "DELIMA MANULLANG"),
        region="147110",
        relation="ISTRI",
        head=both[0],
    )
    return Case(
        route=Route.PN,
        reporter=Reporter.WIFE,
        husband=husband,
        wife=wife,
        marriage=Marriage("1471-KW-14022014-0003", date(2014, 2, 14), "KOTA PEKANBARU", certificate_withdrawn=True),
        decision=Decision(
            court="PENGADILAN NEGERI PEKANBARU",
            seat="PEKANBARU",
            number="201/Pdt.G/2026/PN Pbr",
            date=date(2026, 9, 16),
            bht_date=date(2026, 10, 15),
            clerk_letter="W4.U1/1420/HK.02/10/2026",
            clerk_letter_date=date(2026, 10, 19),
            filed_by="ISTRI",
        ),
        household_husband=Household(Plan.KEEP, kk, both[0], home),
        household_wife=Household(Plan.NEW, "", both[1], hers),
        witness_1=Witness("SAMUEL TAMPUBOLON", nik("147106", date(1981, 9, 13), Sex.MALE, 5), "1471060708090010"),
        witness_2=Witness("IDA RAJAGUKGUK", nik("147107", date(1992, 3, 28), Sex.FEMALE, 7), "1471070809100011"),
        reported=REPORTED,
        siak=Siak("1471-CR-23112026-0003", REPORTED, new_kk_wife="1471072311260003"),
    )
