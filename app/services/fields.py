"""What each value of a case is called: its section, its Indonesian label, and the paper that proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.services.case import Case, Route, flat

PERSON = {
    "nik": "NIK", "name": "Nama lengkap", "sex": "Jenis kelamin", "birth_place": "Tempat lahir",
    "birth_date": "Tanggal lahir", "religion": "Agama", "education": "Pendidikan", "occupation": "Pekerjaan",
    "blood_type": "Golongan darah", "citizenship": "Kewarganegaraan", "passport": "Nomor paspor",
    "permit": "Nomor KITAS/KITAP", "father": "Nama ayah", "mother": "Nama ibu",
}  # fmt: skip
PARTY = {
    **PERSON, "kk_number": "Nomor KK", "kk_head": "Kepala keluarga", "address": "Alamat",
    "relation_before": "Hubungan dalam KK", "phone": "Telepon",
}  # fmt: skip
MEMBER = {
    **PERSON, "relation": "Hubungan dalam KK", "marital_status": "Status perkawinan", "household": "Ikut KK",
}  # fmt: skip
HOME = {"plan": "Rencana KK", "kk_number": "Nomor KK", "head": "Kepala keluarga", "address": "Alamat"}
WITNESS = {"name": "Nama lengkap", "nik": "NIK", "kk_number": "Nomor KK", "citizenship": "Kewarganegaraan"}
MARRIAGE = {
    "number": "Nomor akta perkawinan", "date": "Tanggal perkawinan", "place": "Tempat pencatatan",
    "certificate_withdrawn": "Kutipan asli sudah ditarik",
    "no_certificate_statement": "Surat pernyataan tidak memiliki kutipan",
}  # fmt: skip
DECISION = {
    "court": "Pengadilan", "seat": "Tempat kedudukan", "number": "Nomor putusan", "date": "Tanggal putusan",
    "bht_date": "Tanggal BHT", "clerk_letter": "Nomor surat panitera", "clerk_letter_date": "Tanggal surat panitera",
    "level": "Tingkat putusan", "appeal_number": "Nomor putusan tingkat lanjut",
    "appeal_date": "Tanggal putusan tingkat lanjut", "filed_by": "Yang mengajukan", "cause": "Sebab perceraian",
    "pa_certificate": "Nomor akta cerai", "pa_certificate_date": "Tanggal akta cerai",
}  # fmt: skip
REQUEST = {
    "route": "Putusan dari", "reporter": "Pelapor", "reported": "Tanggal melapor", "proxy.name": "Nama penerima kuasa",
    "proxy.nik": "NIK penerima kuasa", "proxy.letter": "Surat kuasa",
}  # fmt: skip
SIAK = {
    "deed_number": "Nomor akta perceraian", "deed_date": "Tanggal akta", "new_kk_husband": "Nomor KK baru suami",
    "new_kk_wife": "Nomor KK baru istri",
}  # fmt: skip
ADDRESS = {
    "street": "Alamat", "rt": "RT", "rw": "RW", "kelurahan": "Kelurahan", "kecamatan": "Kecamatan",
    "city": "Kabupaten/kota", "province": "Provinsi", "postcode": "Kode pos",
}  # fmt: skip

SECTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "decision": ("Putusan", DECISION), "husband": ("Suami", PARTY), "wife": ("Istri", PARTY),
    "marriage": ("Perkawinan", MARRIAGE), "members": ("Anak", MEMBER),
    "household_husband": ("KK suami setelah cerai", HOME), "household_wife": ("KK istri setelah cerai", HOME),
    "witness_1": ("Saksi I", WITNESS), "witness_2": ("Saksi II", WITNESS), "siak": ("Nomor dari SIAK", SIAK),
}  # fmt: skip
"""First part of a path -> its section and the labels in it, in the order a reviewer compares them."""
REQUEST_SECTION = "Permohonan"

WORDS = {
    "sex": {"L": "Laki-laki", "P": "Perempuan"},
    "plan": {"KEEP": "Tetap", "NEW": "KK baru", "JOIN": "Numpang KK lain"},
    "route": {"PN": "Pengadilan Negeri", "PA": "Pengadilan Agama"},
    "reporter": {"HUSBAND": "Suami", "WIFE": "Istri", "PROXY": "Penerima kuasa"},
    "household": {"0": "belum ditempatkan", "1": "KK suami", "2": "KK istri"},
}
"""Last part of a path -> its codes in words; other values stand as they will be printed."""
ON_KK = ("kk_", "address", "relation_before", "father", "mother", "education")
NUMBER = re.compile(r"\d{16}")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Field:
    """One value's place: `evidence` is the code of the requirement whose scan proves it, empty for none."""

    section: str
    label: str
    evidence: str


@dataclass(frozen=True)
class ValueRow:
    """One value to compare. `old` is what the previous draft said, None where it said the same.

    An address is one row under the path of its street. `note` is the reason given for keeping a warned value.
    """

    path: str
    section: str
    label: str
    value: str
    old: str | None
    evidence: str
    note: str = ""


def field_of(path: str, route: Route = Route.PN) -> Field:
    """What a path ("husband.address.street", "members.1.nik") is called; an unknown one is called by its path."""
    first, _, rest = path.partition(".")
    if first not in SECTIONS:
        return Field(REQUEST_SECTION, REQUEST.get(path, path), "kuasa" if first == "proxy" else "")
    section, labels = SECTIONS[first]
    if first == "members":
        number, _, rest = rest.partition(".")
        section = f"{section} {int(number) + 1}" if number.isdigit() else section
    name, _, part = rest.partition(".")
    label = ADDRESS.get(part, part) if part else labels.get(name, rest or path)
    return Field(section, label, _evidence(first, rest, route))


def label(path: str) -> str:
    """A field in words, with its section: "Nama lengkap, istri"."""
    found = field_of(path)
    section = found.section if found.section[1:2].isupper() else found.section[:1].lower() + found.section[1:]
    return f"{found.label}, {section}"


def labels(case: Case) -> dict[str, str]:
    """Every path of a case -> its words, for choosing what is wrong."""
    return {row.path: label(row.path) for row in listing(case)}


def shown(path: str, value: str) -> str:
    """A stored text as officers read it: dates as 26-02-2026, NIK and KK as 6 6 4, codes in words."""
    last = path.rpartition(".")[2]
    if last in WORDS:
        return WORDS[last].get(value, value)
    if NUMBER.fullmatch(value):
        return f"{value[:6]} {value[6:12]} {value[12:]}"
    return date.fromisoformat(value).strftime("%d-%m-%Y") if ISO.fullmatch(value) else value


def listing(case: Case, before: Case | None = None) -> tuple[ValueRow, ...]:
    """The values of a case in the order they are compared; empty ones only where the previous draft had one."""
    new, old = _joined(flat(case)), _joined(flat(before)) if before else {}
    empty = _bare_sections(new) - ({_home(p) for p in old} - _bare_sections(old))
    out = []
    for path in _ordered({**new, **old}):
        value, was = new.get(path, ""), old.get(path, "") if before else None
        if not (value or was) or _home(path) in empty or (path.endswith(".household") and value == was == "0"):
            continue
        out.append(_row(case, path, value, None if was == value else was))
    return tuple(out)


def _row(case: Case, path: str, value: str, old: str | None) -> ValueRow:
    found = field_of(path, case.route)
    label_ = "Alamat" if path.endswith(".address.street") else found.label
    was = None if old is None else shown(path, old)
    return ValueRow(path, found.section, label_, shown(path, value), was, found.evidence, case.override(path) or "")


def _joined(values: Mapping[str, str]) -> dict[str, str]:
    """Values by path, an address's parts joined under its street; what a rule was answered is no value."""
    out = {}
    for path, value in values.items():
        if path.startswith("overrides"):
            continue
        if path.endswith(".address.street"):
            out[path] = _address(values, path.removesuffix("street"))
        elif ".address." not in path:
            out[path] = value
    return out


def _address(values: Mapping[str, str], prefix: str) -> str:
    at = {part: values.get(prefix + part, "") for part in ADDRESS}
    if not at["street"]:
        return ""
    places = [f"RT {at['rt']} RW {at['rw']}" if at["rt"] or at["rw"] else ""]
    places += [at["kelurahan"], at["kecamatan"], at["city"], at["province"], at["postcode"]]
    return ", ".join(p for p in (at["street"], *places) if p)


def _ordered(paths: Mapping[str, str]) -> Iterator[str]:
    """Section by section as in `SECTIONS`, the request last; inside a section in the order of its labels."""
    places = {first: i for i, first in enumerate(SECTIONS)}

    def place(path: str) -> tuple[int, int, int]:
        first, _, rest = path.partition(".")
        number, inner = 0, rest
        if first == "members":
            text, _, inner = rest.partition(".")
            number = int(text)
        names = list(SECTIONS[first][1]) if first in SECTIONS else list(REQUEST)
        name = inner.partition(".")[0] if first in SECTIONS else path
        return places.get(first, len(places)), number, names.index(name) if name in names else len(names)

    yield from sorted(paths, key=place)


def _home(path: str) -> str:
    """The part of a case a path belongs to: "witness_1", "members.0"."""
    parts = path.split(".")
    return ".".join(parts[: 2 if parts[0] == "members" else 1])


def _bare_sections(values: Mapping[str, str]) -> set[str]:
    """Witnesses and children of whom nothing is written but what stands there by itself."""
    by_itself = ("citizenship", "relation", "marital_status", "household")
    homes = {_home(p) for p in values if p.startswith(("witness_", "members."))}
    filled = {_home(p) for p, v in values.items() if v and not p.endswith(by_itself)}
    return homes - filled


def _evidence(first: str, rest: str, route: Route) -> str:
    if rest == "phone":
        return ""
    if first in ("husband", "wife"):
        side = "ktp_suami" if first == "husband" else "ktp_istri"
        return "kk" if rest.startswith(ON_KK) else side
    if first == "decision":
        return "akta_cerai" if rest.startswith("pa_") else "putusan"
    if first == "marriage":
        return "akta_kawin" if route is not Route.PA else "akta_cerai"
    return {"members": "kk", "household_husband": "kk", "household_wife": "kk", "siak": ""}.get(first, "lain")
