"""What the kiosk says: waits, days, and the sentences for everything that can go otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import QCoreApplication

from app.services.hall import Doors
from app.services.kiosk import Offer
from app.sop.calendar import WIB

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("Kiosk", text)


@dataclass(frozen=True)
class Said:
    """A sentence on a card: its picture, tone, title, and what to do; `other` offers an ordinary number instead."""

    icon: str
    tone: str
    title: str
    text: str
    other: bool = False


def date_words(at: datetime) -> str:
    """As in "Selasa, 12 Mei 2026"; local."""
    local = at.astimezone(WIB)
    return f"{WEEKDAYS[local.weekday()]}, {local.day} {MONTHS[local.month - 1]} {local.year}"


def clock_words(at: datetime) -> str:
    """As in "08.14"; local."""
    return f"{at.astimezone(WIB):%H.%M}"


def hour(at: time) -> str:
    """As in "07.30"."""
    return f"{at:%H.%M}"


def span_words(low: int, high: int) -> str:
    """A range of minutes as one says it."""
    if low == 0:
        return _tr("sampai {0} menit").format(high)
    return _tr("{0} menit").format(low) if low == high else _tr("{0}–{1} menit").format(low, high)


def waiting_words(offer: Offer) -> str:
    """Who waits for a service, and how long it would take."""
    if not offer.waiting:
        return _tr("Tidak ada antrean")
    return _tr("{0} menunggu, {1}").format(offer.waiting, span_words(offer.low, offer.high))


def again_words(again: datetime | None, now: datetime) -> str:
    """When to come again: "besok pukul 07.30", "Senin pukul 07.30", "Senin, 25 Mei pukul 07.30"."""
    if again is None:
        return _tr("pada hari kerja berikutnya")
    local, today = again.astimezone(WIB), now.astimezone(WIB)
    days = (local.date() - today.date()).days
    if days <= 1:
        day = (_tr("hari ini"), _tr("besok"))[max(days, 0)]
    else:
        day = WEEKDAYS[local.weekday()] if days < 7 else f"{date_words(local).rsplit(' ', 1)[0]}"
    return _tr("{0} pukul {1}").format(day, clock_words(again))


def closed(doors: Doors, now: datetime) -> Said:
    """Outside the hours in which numbers are given."""
    hours = _tr("Nomor diambil pukul {0} sampai {1} pada hari kerja.").format(hour(doors.opens), hour(doors.closes))
    text = _tr("{0}\nSilakan datang {1}.").format(hours, again_words(doors.again, now))
    return Said("moon", "info", _tr("Pengambilan nomor sedang tutup"), text)


def full(again: datetime | None, now: datetime) -> Said:
    """Today's numbers of a service have all been given."""
    text = _tr("Datanglah {0}, atau pilih jam lewat antrean daring. Bila mendesak, temui petugas.")
    return Said("calendar-x", "warn", _tr("Kuota hari ini sudah habis"), text.format(again_words(again, now)))


BOOKING = {
    "unknown": ("question", "warn", "Nomor daring tidak dikenal"),
    "used": ("check-circle", "warn", "Nomor daring sudah dipakai"),
    "cancelled": ("x-circle", "warn", "Nomor daring sudah dibatalkan"),
    "day": ("calendar", "warn", "Nomor daring untuk hari lain"),
    "early": ("clock", "info", "Anda datang lebih awal"),
    "late": ("clock", "warn", "Jam Anda sudah lewat"),
}


def refused(code: str, message: str, again: datetime | None, now: datetime) -> Said:
    """Why there is no number, in the visitor's words; `message` is the office's sentence."""
    if code in BOOKING:
        icon, tone, title = BOOKING[code]
        return Said(icon, tone, _tr(title), message, other=True)
    if code == "quota":
        return full(again, now)
    if code in {"closed", "service"}:
        return Said("prohibit", "warn", _tr("Layanan ini sedang tidak dibuka"), message)
    return Said("warning-circle", "warn", _tr("Nomor belum dapat diambil"), _tr("Silakan temui petugas di meja depan."))


def lost() -> Said:
    """The server is away: people are sent to people."""
    return Said(
        "wifi-slash", "warn", _tr("Silakan ambil nomor di meja petugas"),
        _tr("Kios sedang tidak tersambung ke server kantor. Layar ini kembali sendiri begitu tersambung."),
    )  # fmt: skip


def starting() -> Said:
    """The first seconds."""
    return Said("devices", "info", _tr("Kios sedang disiapkan"), _tr("Mohon tunggu sebentar."))


def not_ready(reason: str) -> Said:
    """The account does not open: that is for IT, visitors go to the desk."""
    return Said(
        "plugs", "warn", _tr("Silakan ambil nomor di meja petugas"),
        _tr("Kios ini belum siap dipakai.\nUntuk petugas TI: {0}").format(reason),
    )  # fmt: skip


def called() -> Said:
    """Somebody comes."""
    return Said(
        "hand-waving", "ok", _tr("Petugas sudah diberi tahu"),
        _tr("Mohon tunggu di dekat layar ini. Petugas segera datang."),
    )  # fmt: skip


def not_called() -> Said:
    """Nobody could be told."""
    return Said(
        "hand-waving", "warn", _tr("Petugas belum dapat diberi tahu"), _tr("Silakan datang langsung ke meja petugas.")
    )


def still_there() -> Said:
    """Nothing was touched for a while."""
    return Said("hand-waving", "info", _tr("Masih di sini?"), _tr("Sentuh “Ya, lanjutkan” untuk meneruskan."))


def own_paper(code: str) -> Said | None:
    """A paper of ours under the scanner: a ticket has its number already, a file's code belongs to the counter."""
    if code.upper().startswith("T3-"):
        text = _tr("Nomor pada kertas ini sudah terdaftar. Tunggu dipanggil di layar TV.")
        return Said("check-circle", "ok", _tr("Anda sudah punya nomor"), text)
    if code.upper().startswith("P3-"):
        text = _tr("Ini kode berkas. Ambil nomor, lalu tunjukkan kertas ini di loket.")
        return Said("file-text", "info", _tr("Kode berkas Anda"), text, other=True)
    return None


def booking_words(reference: str, slot: datetime) -> str:
    """Which booking this is."""
    return _tr("Nomor daring {0}, pukul {1}").format(reference, clock_words(slot))


def printing_words() -> tuple[str, str]:
    """While the paper comes."""
    return _tr("Sedang mencetak nomor Anda"), _tr("Ambil kertas di bawah layar, lalu tunggu\nnomor Anda di layar TV.")


def printed_words() -> tuple[str, str]:
    """The paper is there."""
    return _tr("Silakan ambil nomor Anda"), _tr("Kertas keluar di bawah layar.\nTunggu nomor Anda di layar TV.")


def perhaps_words() -> tuple[str, str]:
    """Nobody can say whether paper came."""
    return (
        _tr("Silakan ambil nomor Anda"),
        _tr("Bila kertas tidak keluar, foto nomor ini.\nNomor Anda tetap berlaku."),
    )


def no_paper_words() -> tuple[str, str]:
    """No paper came: the number counts all the same."""
    return (
        _tr("Foto nomor ini"),
        _tr(
            "Kertas tidak dapat dicetak, tetapi nomor Anda tetap berlaku dan akan dipanggil. Petugas sudah diberi tahu."
        ),
    )


def looking_words() -> tuple[str, str]:
    """Between the scan and what it is for."""
    return _tr("Sedang memeriksa nomor daring"), _tr("Mohon tunggu sebentar.")


def taking_words() -> tuple[str, str]:
    """Between the touch and the number."""
    return _tr("Sedang mengambil nomor"), _tr("Mohon tunggu sebentar.")


def slow_words() -> tuple[str, str]:
    """The server takes its time."""
    return _tr("Sedang mengambil nomor"), _tr("Server sedang lambat. Mohon tunggu, jangan tinggalkan layar.")
