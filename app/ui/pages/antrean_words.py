"""The queue's figures in sentences: what is slow, who stays away, and what can be done; rules, no guessing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.services.queue_figures import FEW, Figures, Missed, Served, Spread, Way
from app.ui.parts.spans import minutes, running

tr = partial(QCoreApplication.translate, "QueueWords")
FEW_WORDS = "–"
"""Too few for a figure; the sentence above says from how many on there is one."""
GOOD_SHARE = 0.8
"""Of all should be called within the limit, and served within the norm."""
FAR = timedelta(seconds=90)
"""A longer way to the counter says that the call was not seen or heard."""
AWAY = 0.2
"""More who stay away are a matter for the head."""
WIDE = 10
"""Minutes by which a guess may be off."""
AT_MOST = 3


def share(part: float) -> str:
    """A part of the whole."""
    return f"{round(part * 100)} %"


def of(part: int, whole: int) -> float:
    """A part of the whole; nothing of nothing."""
    return part / whole if whole else 0.0


def span(time: timedelta | None) -> str:
    """A percentile, or that there are too few for one."""
    return tr(FEW_WORDS) if time is None else minutes(time)


def short(time: timedelta | None) -> str:
    """The same for what takes seconds."""
    return tr(FEW_WORDS) if time is None else running(time)


def way_words(way: Way) -> str:
    """How somebody came by his number."""
    words = {Way.WEB: tr("Cek-in daring"), Way.KIOSK: tr("Kios"), Way.COUNTER: tr("Diberi di loket")}
    return words[way]


def sentences(found: Figures) -> list[str]:
    """At most three, the weightiest first; one that all is well where nothing is amiss."""
    said = [
        *_now(found), *_wait(found), *_way(found.way), *(w for s in found.services for w in _service(s)),
        *(w for m in found.missed for w in _missed(m)), *_left(found), *_guess(found),
    ]  # fmt: skip
    if not said:
        enough = found.wait.n >= FEW
        few = tr("Belum cukup data untuk dinilai: angka muncul mulai {0} nomor.").format(FEW)
        said = [tr("Antrean berjalan lancar.") if enough else few]
    return said[:AT_MOST]


def _now(found: Figures) -> Iterator[str]:
    limit = found.wait.limit
    if found.oldest is not None and limit is not None and found.oldest > limit:
        said = tr("{0} menunggu sekarang, terlama {1}: buka loket tambahan bila ada.")
        yield said.format(found.waiting, minutes(found.oldest))


def _wait(found: Figures) -> Iterator[str]:
    wait = found.wait
    if wait.within is not None and wait.within < GOOD_SHARE and wait.limit is not None:
        yield tr("Hanya {0} dipanggil dalam {1}; seorang dari sepuluh menunggu lebih dari {2}.").format(
            share(wait.within), minutes(wait.limit), span(wait.p90)
        )


def _way(way: Spread) -> Iterator[str]:
    if way.p50 is not None and way.p50 > FAR:
        yield tr("Pemohon lama sampai ke loket (median {0}): periksa TV lobi dan suara panggilan.").format(
            running(way.p50)
        )


def _service(served: Served) -> Iterator[str]:
    spread = served.spread
    if spread.within is not None and spread.within < GOOD_SHARE and spread.limit is not None:
        yield tr("{0}: {1} melewati norma {2}.").format(served.label, share(1 - spread.within), minutes(spread.limit))


def _missed(missed: Missed) -> Iterator[str]:
    if missed.called >= FEW and of(missed.absent, missed.called) > AWAY:
        said = tr("{0} dari nomor “{1}” tidak hadir saat dipanggil.")
        yield said.format(share(of(missed.absent, missed.called)), way_words(missed.way))
    if missed.booked >= FEW and of(missed.never, missed.booked) > AWAY:
        yield tr("{0} yang memesan daring tidak pernah datang.").format(share(of(missed.never, missed.booked)))


def _left(found: Figures) -> Iterator[str]:
    days = (found.last - found.first).days
    if days and found.arrived >= FEW and of(found.unfinished, found.arrived) > AWAY:
        yield tr("{0} nomor tidak selesai sampai hari berakhir.").format(share(of(found.unfinished, found.arrived)))


def _guess(found: Figures) -> Iterator[str]:
    if found.error is not None and found.error > WIDE:
        yield tr("Perkiraan pada tiket meleset {0} menit (median): jangan dijadikan janji.").format(found.error)
