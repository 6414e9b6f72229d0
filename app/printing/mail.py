"""The texts of our e-mails, plain Indonesian; subjects hold the file's number and nothing about a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.printing import dates
from app.printing.data import DeficiencyData, Frame, Problem, ResiData, Signer
from app.printing.deficiency import kept, opening
from app.printing.resi import follow_up

FREE = "Pelayanan ini GRATIS, tidak dipungut biaya. Abaikan siapa pun yang meminta uang atas nama kami."

CHECK = """Cara memeriksa tanda tangan:
1. Buka lampiran dengan aplikasi pembaca PDF yang menampilkan panel tanda tangan.
2. Pastikan panel itu menyebut nama penanda tangan di atas dan menyatakan dokumen tidak diubah.
3. Pindai kode QR pada dokumen, lalu cocokkan nomornya dengan nomor yang tercetak."""
KEEP = (
    "Simpan berkas PDF ini. Yang sah adalah berkas elektroniknya; cetakannya dapat dibuat kapan saja "
    "pada kertas HVS A4 80 gram putih dan tidak perlu dilegalisir."
)


@dataclass(frozen=True)
class Letter:
    """Subject and body of one e-mail; lines end with a bare newline."""

    subject: str
    body: str


def deficiency(data: DeficiencyData) -> Letter:
    """What is missing and how to mend it (SOP row 3)."""
    parts = [opening(data), *(_problem(i, p) for i, p in enumerate(data.problems, 1))]
    parts += [f"Catatan petugas:\n{data.note}"] if data.note else []
    parts.append(data.how or "Balas e-mail ini dengan melampirkan berkas yang diminta (PDF atau foto yang jelas).")
    parts.append(kept(data))
    return _letter(data.frame, "Berkas Anda perlu dilengkapi", data.applicant, parts)


def resi(data: ResiData) -> Letter:
    """The receipt of an online application (SOP row 7)."""
    documents = [f"- {name} ({copies} rangkap)" if copies > 1 else f"- {name}" for name, copies in data.documents]
    parts = [
        f"Permohonan Anda kami terima lengkap pada {dates.moment(data.received_at_local)}.",
        f"Nomor berkas: {data.frame.number}\nPetugas: {data.received_by}",
        "Dokumen yang dimohon:\n" + "\n".join(documents),
        "Persyaratan yang diterima:\n" + "\n".join(f"- {r.label}" for r in data.requirements),
        f"Dijanjikan selesai: {dates.moment(data.promised_local)}",
        follow_up(data),
    ]
    return _letter(data.frame, "Resi penerimaan permohonan", data.applicant, parts)


def delivery(frame: Frame, titles: Sequence[str], signer: Signer, applicant: str = "") -> Letter:
    """The signed documents (SOP row 11): what is attached, how to check the signature, how to print."""
    who = f"{signer.name}, {signer.position}" if signer.name else signer.position
    parts = [
        "Dokumen Anda sudah selesai dan ditandatangani secara elektronik. Terlampir:\n"
        + "\n".join(f"{i}. {title}" for i, title in enumerate(titles, 1)),
        f"Penanda tangan: {who}",
        CHECK,
        KEEP,
        "Periksa kembali isi setiap dokumen. Bila ada yang keliru, balas e-mail ini dan kami perbaiki tanpa biaya.",
    ]
    return _letter(frame, "Dokumen Anda sudah selesai", applicant, parts)


def _problem(number: int, problem: Problem) -> str:
    lines = [f"{number}. {problem.about}", f"   Masalah: {problem.problem}", f"   Solusi: {problem.solution}"]
    return "\n".join([*lines, f"   Bawa/kirim: {problem.bring}"] if problem.bring else lines)


def _letter(frame: Frame, topic: str, applicant: str, parts: Sequence[str]) -> Letter:
    office = frame.office
    greeting = f"Yth. {applicant}," if applicant else "Yth. Pemohon,"
    closing = f"Salam hormat,\n{office.name}\n{office.address}\n{office.contact}"
    return Letter(f"{topic} – {frame.number}", "\n\n".join([greeting, *parts, FREE, closing]) + "\n")
