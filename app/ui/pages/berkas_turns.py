"""The rows of the control card: one per desk, two stamps each, waiting and working told apart (SOP warning 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.services.berkas import Head
from app.services.card import Stamp as StampData
from app.services.card import short_name
from app.services.journey import Turn
from app.services.worklist import DESK_LIMIT
from app.sop.model import Channel, Role
from app.ui.parts import moments, paint
from app.ui.parts.bars import Bar
from app.ui.parts.layout import Item, box, column, row
from app.ui.parts.stamp import Stamp
from app.ui.parts.subjects import subject_short
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import color, font, px

TALL, DESK, STAMP, WAIT, WORK = 60, 106, 160, 86, 98


def _tr(text: str) -> str:
    return QCoreApplication.translate("berkas_turns", text)


class Waited(paint.Painted):
    """An arrow from the giver's stamp to the receiver's, with how long the file lay between them."""

    def __init__(self, words: str, tone: str) -> None:
        super().__init__()
        self._words, self._tone = words, tone
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """As wide as its column."""
        return QSize(px(WAIT), px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words over an arrow."""
        painter = self.brush()
        ink = color(paint.TONES[self._tone][0])
        y, right = self.height() * 0.7, self.width() - 6.0
        painter.setPen(QPen(ink, 1.4))
        painter.drawLine(QPointF(6, y), QPointF(right, y))
        painter.drawLine(QPointF(right - 5, y - 4), QPointF(right, y))
        painter.drawLine(QPointF(right - 5, y + 4), QPointF(right, y))
        room = QRectF(0, 2, self.width(), self.height() * 0.55)
        paint.words(painter, room, self._words, font(13, 600), ink, paint.CENTRE)
        painter.end()


def _fixed(widget: QWidget, width: int) -> QWidget:
    widget.setFixedWidth(px(width))
    return widget


def heads() -> QFrame:
    """The heads over the rows."""

    def words(text: str, width: int = 0) -> QLabel:
        label = Txt(text, "captionb", "ink2")
        if width:
            label.setFixedWidth(px(width))
        return label

    cells = row(
        words(_tr("Meja"), DESK),
        words(_tr("Diserahkan oleh"), STAMP),
        words(_tr("Menunggu"), WAIT),
        words(_tr("Diterima oleh"), STAMP),
        12,
        words(_tr("Dikerjakan"), WORK),
        words(_tr("Hasil")),
        "s",
        gap=6,
        margins=(16, 0, 12, 0),
    )
    made = box(cells, "grouphead")
    made.setFixedHeight(px(32))
    return made


class TurnRow(QFrame):
    """One desk's turn."""

    def __init__(self, turn: Turn, file: Head, now: datetime, labels: Mapping[str, str], *, first: bool) -> None:
        super().__init__()
        self.setObjectName("turn")
        self.turn = turn
        self._file, self._now, self._labels, self._first = file, now, labels, first
        self.setFixedHeight(px(TALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayout(
            row(
                _fixed(self._desk(), DESK),
                _fixed(self._handed(), STAMP),
                self._waited(),
                _fixed(self._received(), STAMP),
                12,
                _fixed(self._worked(), WORK),
                (self._result(), 1),
                gap=6,
                margins=(16, 0, 12, 0),
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline under the row."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))
        painter.end()

    def _desk(self) -> QWidget:
        hand = self.turn.hand
        rows = _ranges(hand.rows)
        under = _tr("langkah {0}").format(rows) if rows else _tr("perbaikan")
        short = {Role.KASI: _tr("Kasi"), Role.KABID: _tr("Kabid")}.get(hand.role, hand.desk)
        return box(column("s", Elide(short, "bodyb", "ink"), Elide(under, "small", "ink3"), "s", gap=1))

    def _handed(self) -> QWidget:
        given = self.turn.hand.handed
        if not self._first:
            return self._stamp(given)
        online = self._file.channel is Channel.ONLINE
        source = _tr("daring") if online else _tr("tiket {0}").format(self._file.source)
        letter = "D" if online else self._file.source[:1]
        return Stamp(given.name, f"{source}, {moments.clock(given.at)}", letter, width=STAMP)

    def _stamp(self, stamp: StampData) -> Stamp:
        kind = stamp.acting.partition(" ")[0].title()
        name = f"{kind}. {short_name(stamp.name)}" if kind else short_name(stamp.name)
        made = Stamp(name, moments.day_clock(stamp.at), stamp.initials, width=STAMP)
        made.setToolTip("\n".join(part for part in (stamp.name, stamp.acting, moments.full(stamp.at)) if part))
        return made

    def _received(self) -> QWidget:
        hand = self.turn.hand
        if hand.received is not None:
            return self._stamp(hand.received)
        if hand.over:
            return QWidget()
        sending = self._file.stage.key == "TERTANDA"
        return Stamp(empty=_tr("belum dikirim") if sending else _tr("belum diterima"), width=STAMP)

    def _waited(self) -> QWidget:
        waited, running = self.turn.spent.waited, self.turn.hand.received is None and not self.turn.hand.over
        tone = "mute" if waited < DESK_LIMIT else "bad" if running else "warn"
        words = moments.span(waited)
        return Waited(_tr("antre {0}").format(words) if self._first else words, tone)

    def _worked(self) -> QWidget:
        hand, used = self.turn.hand, moments.minutes(self.turn.spent.worked)
        # Sending is one act: its minutes are those of the mail server, not of a desk.
        if hand.received is None or hand.action == "kirim":
            return QWidget()
        norm = hand.norm_minutes
        tone = "ink" if not norm else "ok" if self.turn.spent.worked.total_seconds() <= norm * 60 else "bad"
        unit = _tr("/ {0} mnt").format(norm) if norm else _tr("mnt")
        words = row(Txt(f"{used}", "bodyb", tone), Txt(unit, "small", "ink3"), "s", gap=4)
        bar = Bar(used / norm, tone, thick=5) if norm else None
        return box(column("s", words, bar, "s", gap=4))

    def _result(self) -> QWidget:
        words, under, icon, tone = result_words(self.turn, self._labels)
        if not words:
            return QWidget()
        token = {"ok": "ok_l", "bad": "bad_l", "pause": "pause_l"}.get(tone, "ink3")
        ink = tone if tone in {"ok", "bad", "pause"} else "ink2"
        mark = Ico(icon, 16, token, "fill" if tone == "ok" else "bold")
        top: Item = row(mark, (Elide(words, "smallb", ink), 1), gap=6)
        return box(column("s", top, Elide(under, "caption", "ink3") if under else None, "s", gap=1))


def _ranges(rows: Sequence[int]) -> str:
    """Rows as they are written: 2, 4–7."""
    parts: list[list[int]] = []
    for n in rows:
        if parts and n == parts[-1][-1] + 1:
            parts[-1].append(n)
        else:
            parts.append([n])
    return ", ".join(str(p[0]) if len(p) == 1 else f"{p[0]}–{p[-1]}" for p in parts)


def result_words(turn: Turn, labels: Mapping[str, str]) -> tuple[str, str, str, str]:
    """What came of a turn: words, the line under them, icon and tone; empty words while nothing has."""
    hand, revision = turn.hand, _tr("revisi {0}").format(turn.revision) if turn.revision else ""
    acting = hand.done.acting if hand.done else ""
    lacking = _tr("{0} kekurangan").format(turn.deficiencies) if turn.deficiencies else ""
    if turn.paused:
        return _tr("Menunggu pemohon"), lacking, "pause", "pause"
    if hand.action.startswith(("kembali_", "koreksi_")) and hand.over:
        return (
            _tr("Dikembalikan"),
            ", ".join(subject_short(s, labels) for s in turn.subjects).capitalize(),
            "arrow-u-up-left",
            "bad",
        )
    under = " · ".join(part for part in (revision, acting) if part)
    known = {
        "beri_resi": (_tr("Draf, resi"), lacking, "files", "mute"),
        "perbaiki": (revision.capitalize(), "", "files", "mute"),
        "paraf_kasi": (_tr("Paraf"), under, "seal-check", "ok"),
        "paraf_kabid": (_tr("Paraf"), under, "seal-check", "ok"),
        "tte": (_tr("Ditandatangani"), under, "signature", "ok"),
        "kirim": (_tr("Terkirim"), "", "paper-plane-tilt", "ok"),
        "batalkan": (_tr("Dibatalkan"), turn.note, "prohibit", "bad"),
    }
    if hand.action in known:
        return known[hand.action]
    if hand.received is None:
        return "", "", "", ""
    return _tr("Sedang dikerjakan"), hand.result or lacking, "pencil-simple-line", "mute"
