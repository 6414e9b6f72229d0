"""An invented lobby for the screen's tests: calls, people who wait, and the words that come of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from app.services.devices import Face
from app.services.hall import Call, Doors, Hall, Waiting
from app.sop.calendar import WIB
from app.sop.queue import State
from app.ui.display.scene import Facts, Scene, compose

NOW = datetime(2026, 5, 12, 10, 36, tzinfo=WIB)
NOTICE = "Semua layanan GRATIS. Siapkan KTP-el, KK, salinan putusan, dan akta perkawinan."
OFFICE = Face("DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "Pekanbaru", "Disdukcapil Kota Pekanbaru", "")
OPEN = Doors(open=True, opens=time(7, 30), closes=time(15))
SHUT = Doors(open=False, opens=time(7, 30), closes=time(15), again=datetime(2026, 5, 13, 7, 30, tzinfo=WIB))
MORNING = replace(SHUT, again=datetime(2026, 5, 12, 7, 30, tzinfo=WIB))
AWAY = "Server kantor tidak dapat dihubungi. Periksa kabel jaringan atau Wi-Fi, lalu coba lagi."


def call(number: int, label: str, place: str, ago: float, state: State = State.CALLED) -> Call:
    return Call(number, number, label[0], int(label[2:]), place, NOW - timedelta(seconds=ago), state)


CALLS = (
    call(99, "A-017", "Loket 3", 4),
    call(98, "B-006", "Loket 5", 20),
    call(97, "C-013", "Loket 1", 41, State.SERVING),
    call(96, "A-016", "Loket 4", 80, State.SERVING),
    call(95, "C-012", "Loket 7", 120, State.SERVING),
    call(94, "A-015", "Loket 2", 200, State.DONE),
    call(93, "D-021", "Loket 6", 260, State.DONE),
    call(92, "A-014", "Loket 3", 300, State.DONE),
    call(91, "P-003", "Loket 8", 330, State.NO_SHOW),
)
WAITING = (
    Waiting("A", "Akta perceraian", 14, 25, 40),
    Waiting("B", "KK dan KTP-el", 6, 15, 25),
    Waiting("C", "Melengkapi", 2, 5, 10),
    Waiting("P", "Prioritas", 2, 5, 10),
)
FULL = Hall(NOW, CALLS, (), WAITING, OFFICE, NOTICE, OPEN, 60)
LONG = tuple(replace(c, number=c.number + 1000, place=c.place.replace("Loket ", "Loket 1")) for c in CALLS)
NAMED = (
    replace(CALLS[0], place="Ruang Konsultasi"),
    replace(CALLS[1], place="Loket A"),
    replace(CALLS[2], place="Kasir"),
    *(replace(c, place="Ruang Konsultasi") for c in CALLS[3:6]),
    *CALLS[6:],
)
MANY = (*WAITING, Waiting("D", "Tanya", 120, 95, 120), Waiting("E", "Lain", 3, 5, 10))


def scenes() -> dict[str, Scene]:
    """Every state of the screen by its name."""
    quiet = replace(FULL, calls=CALLS[3:])
    late = NOW + timedelta(minutes=2)
    shut = replace(quiet, waiting=(), doors=SHUT)
    crowded = replace(
        FULL, calls=LONG, waiting=MANY, notice=f"{NOTICE} Loket KTP-el pindah ke lantai dua mulai 1 Juni 2026."
    )
    return {
        "panggil": compose(FULL, NOW, Facts()),
        "satu-lain": compose(replace(FULL, calls=(*CALLS[:2], *CALLS[3:])), NOW, Facts()),
        "sendiri": compose(replace(FULL, calls=(CALLS[0], *CALLS[3:])), NOW, Facts()),
        "terakhir": compose(quiet, NOW, Facts()),
        "terakhir-kosong": compose(replace(quiet, waiting=()), NOW, Facts()),
        "kosong": compose(replace(FULL, calls=(), waiting=()), NOW, Facts()),
        "belum-dipanggil": compose(replace(FULL, calls=()), NOW, Facts()),
        "tutup": compose(shut, NOW.replace(hour=15, minute=40), Facts()),
        "belum-buka": compose(replace(shut, calls=(), doors=MORNING), NOW.replace(hour=7, minute=5), Facts()),
        "terlambat": compose(FULL, late, Facts(late=True, sound="tanpa suara")),
        "jauh": compose(FULL, NOW, Facts(far=True)),
        "jauh-ramai": compose(replace(FULL, calls=LONG, waiting=MANY), NOW, Facts(far=True)),
        "ramai": compose(crowded, NOW, Facts(sound="suara dimatikan")),
        "tempat-bernama": compose(replace(FULL, calls=NAMED), NOW, Facts()),
        "tidak-tersambung": compose(None, NOW, Facts(away=AWAY)),
    }
