"""What the entry form asks, in which order: data that the form is built from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One input: its path, what it is called, its kind (see `entry_inputs`), and its share of the row's width.

    A `width` of 0 shares by `stretch`, otherwise it is fixed. `route` limits it to PN or PA.
    """

    path: str
    label: str
    kind: str
    width: int = 0
    stretch: int = 1
    route: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """Inputs side by side under one label of a matrix; their paths lack the party."""

    label: str
    items: tuple[Item, ...]


PARTY_ROWS = (
    Row("NIK", (Item("nik", "NIK", "nik"),)),
    Row("Nama lengkap", (Item("name", "Nama lengkap", "name"),)),
    Row(
        "Tempat, tanggal lahir",
        (Item("birth_place", "Tempat lahir", "name"), Item("birth_date", "Tanggal lahir", "date", 118)),
    ),
    Row(
        "Kelamin, gol. darah",
        (
            Item("sex", "Jenis kelamin", "choice:sex", stretch=4),
            Item("blood_type", "Golongan darah", "choice:blood_type", stretch=3),
            Item("citizenship", "Kewarganegaraan", "choice:citizenship", stretch=3),
        ),
    ),
    Row(
        "Agama, pendidikan",
        (
            Item("religion", "Agama", "choice:religion", 112),
            Item("education", "Pendidikan", "choice:education"),
        ),
    ),
    Row("Pekerjaan", (Item("occupation", "Pekerjaan", "choice:occupation"),)),
    Row("Nama ayah", (Item("father", "Nama ayah", "name"),)),
    Row("Nama ibu", (Item("mother", "Nama ibu", "name"),)),
    Row("Paspor, KITAS/KITAP", (Item("passport", "Nomor paspor", "text"), Item("permit", "Nomor KITAS/KITAP", "text"))),
    Row("Nomor KK", (Item("kk_number", "Nomor KK", "kk"),)),
    Row("Kepala keluarga", (Item("kk_head", "Nama kepala keluarga", "name"),)),
    Row(
        "Hubungan, telepon",
        (Item("relation_before", "Hubungan dalam KK", "choice:relation"), Item("phone", "Telepon", "text")),
    ),
)
ADDRESS_ROWS = (
    Row("Alamat", (Item("street", "Alamat", "name"),)),
    Row(
        "RT, RW, kode pos",
        (Item("rt", "RT", "rt"), Item("rw", "RW", "rw"), Item("postcode", "Kode pos", "postcode", stretch=2)),
    ),
    Row(
        "Kelurahan, kec.",
        (Item("kelurahan", "Kelurahan", "kelurahan"), Item("kecamatan", "Kecamatan", "kecamatan")),
    ),
    Row("Kota, provinsi", (Item("city", "Kabupaten/kota", "name"), Item("province", "Provinsi", "name"))),
)
FOREIGN = "Paspor, KITAS/KITAP"
SIDES = (("husband", "suami"), ("wife", "istri"))

MARRIAGE = (
    (
        Item("marriage.number", "Nomor akta perkawinan", "text", stretch=3, route="PN"),
        Item("marriage.date", "Tanggal perkawinan", "date", stretch=2),
        Item("marriage.place", "Tempat pencatatan", "name", stretch=3, route="PN"),
    ),
    (
        Item("marriage.certificate_withdrawn", "Kutipan asli sudah ditarik", "tick", route="PN"),
        Item("marriage.no_certificate_statement", "Ada surat pernyataan tidak memiliki kutipan", "tick", route="PN"),
    ),
)
DECISION = (
    (
        Item("decision.court", "Pengadilan", "court", stretch=3),
        Item("decision.number", "Nomor putusan", "text", stretch=3),
        Item("decision.date", "Tanggal putusan", "date", stretch=2),
    ),
    (
        Item("decision.pa_certificate", "Nomor akta cerai", "text", stretch=3, route="PA"),
        Item("decision.pa_certificate_date", "Tanggal akta cerai", "date", stretch=2, route="PA"),
        Item("decision.clerk_letter", "Nomor surat panitera", "text", stretch=3, route="PN"),
        Item("decision.clerk_letter_date", "Tanggal surat panitera", "date", stretch=2, route="PN"),
        Item("decision.bht_date", "Tanggal BHT", "date", stretch=2),
    ),
    (
        Item("decision.filed_by", "Yang mengajukan", "choice:filed_by", stretch=3),
        Item("decision.level", "Tingkat putusan", "choice:level", stretch=3),
        Item("decision.seat", "Tempat kedudukan", "name", stretch=3),
        Item("reported", "Tanggal melapor", "date", stretch=2),
    ),
    (
        Item("decision.appeal_number", "Nomor putusan tingkat lanjut", "text", stretch=3),
        Item("decision.appeal_date", "Tanggal putusan tingkat lanjut", "date", stretch=2),
        Item("decision.cause", "Sebab perceraian (boleh kosong)", "text", stretch=3),
    ),
    (
        Item("siak.deed_number", "Nomor akta perceraian dari SIAK", "text", stretch=3, route="PN"),
        Item("siak.deed_date", "Tanggal akta", "date", stretch=2, route="PN"),
    ),
)
HOME_ROWS = (
    Row("Setelah cerai", (Item("plan", "Rencana KK", "plan"),)),
    Row("Nomor KK tujuan", (Item("kk_number", "Nomor KK yang ditumpangi", "kk"),)),
    Row("Nomor KK baru", (Item("new_kk", "Nomor KK baru", "kk_later"),)),
    Row("Kepala keluarga", (Item("head", "Kepala keluarga yang ditumpangi", "name"),)),
)
WITNESS_ROWS = (
    Row("NIK", (Item("nik", "NIK", "nik"),)),
    Row("Nama lengkap", (Item("name", "Nama lengkap", "name"),)),
    Row(
        "Nomor KK",
        (Item("kk_number", "Nomor KK", "kk"), Item("citizenship", "Kewarganegaraan", "choice:citizenship", 92)),
    ),
)
MEMBER_ROWS = (
    (
        Item("nik", "NIK", "nik", stretch=3),
        Item("name", "Nama lengkap", "name", stretch=4),
        Item("sex", "Jenis kelamin", "choice:sex", stretch=2),
    ),
    (
        Item("birth_place", "Tempat lahir", "name", stretch=3),
        Item("birth_date", "Tanggal lahir", "date", 124),
        Item("relation", "Hubungan", "choice:relation", stretch=2),
        Item("marital_status", "Status kawin", "choice:marital_status", stretch=2),
    ),
    (
        Item("religion", "Agama", "choice:religion", stretch=2),
        Item("education", "Pendidikan", "choice:education", stretch=3),
        Item("occupation", "Pekerjaan", "choice:occupation", stretch=3),
        Item("blood_type", "Gol. darah", "choice:blood_type", stretch=2),
    ),
    (
        Item("father", "Nama ayah", "name", stretch=3),
        Item("mother", "Nama ibu", "name", stretch=3),
        Item("citizenship", "Kewarganegaraan", "choice:citizenship", stretch=2),
    ),
)

SECTIONS = ("Pihak", "Perkawinan", "Putusan", "Anak & KK", "Saksi")
PREFIXES = {
    "route": 0, "husband": 0, "wife": 0, "marriage": 1, "decision": 2, "reported": 2, "siak": 2, "members": 3,
    "household_husband": 3, "household_wife": 3, "witness_1": 4, "witness_2": 4,
}  # fmt: skip


def section_of(path: str) -> int:
    """Which tab a path belongs to."""
    return 3 if path.startswith("siak.new_kk") else PREFIXES.get(path.partition(".")[0], 0)


EVIDENCE = {
    "marriage": "akta_kawin", "decision": "putusan", "reported": "putusan", "siak": "putusan", "members": "kk",
    "household_husband": "putusan", "household_wife": "putusan", "witness_1": "lain", "witness_2": "lain",
}  # fmt: skip


def evidence_of(path: str) -> str:
    """The requirement whose scan proves a field."""
    if path.startswith("decision.pa_"):
        return "akta_cerai"
    side = {"husband": "ktp_suami", "wife": "ktp_istri"}.get(path.partition(".")[0])
    if side is None:
        return EVIDENCE.get(path.partition(".")[0], "putusan")
    on_kk = (".kk_", ".address.", ".relation_before", ".father", ".mother", ".education")
    return "kk" if any(part in path for part in on_kk) else side
