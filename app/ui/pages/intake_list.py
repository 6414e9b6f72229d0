"""The requirement list: one line for each paper, its state as icon and words; files may be dropped on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.services.intake import RequirementRow
from app.ui.parts import paint
from app.ui.parts.badges import Badge, KeyCap
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, column, row, scrolled
from app.ui.parts.refill import emptied
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import color, px

TALL = 54
SIGNS = {
    "ok": ("check-circle", "ok_l", "fill"),
    "bad": ("x-circle", "bad_l", "fill"),
    "look": ("eye", "warn", "bold"),
    "none": ("circle-dashed", "ink3", "bold"),
}


def files_of(mime: QMimeData) -> list[Path]:
    """The local files of a drag."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def state_of(requirement: RequirementRow) -> str:
    """ok, bad, look (a paper lies there and nobody judged it), or none."""
    if requirement.ready:
        return "ok"
    if requirement.verdict == "BAD":
        return "bad"
    return "look" if requirement.scans or requirement.original_seen else "none"


class RequirementLine(QWidget):
    """One requirement."""

    pressed = Signal(str)
    take = Signal(str)

    def __init__(self, requirement: RequirementRow, *, chosen: bool, takes: bool, twin: str) -> None:
        super().__init__()
        self.requirement, self._chosen, self._over = requirement, chosen, False
        self.state = state_of(requirement)
        icon, tone, weight = SIGNS[self.state]
        text, ink = self._words(twin)
        words = column("s", Elide(requirement.label, "bodyb", "ink"), Elide(text, "small", ink), "s", gap=1)
        self.button: Button | None = None
        if takes and self.state in {"none", "bad"}:
            verb = self.tr("Ambil ulang") if self.state == "bad" else self.tr("Ambil dari berkas")
            self.button = Button(verb, "", "secondary", height=34)
            self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.button.clicked.connect(partial(self.take.emit, requirement.code))
        self.setLayout(row(Ico(icon, 22, tone, weight), (words, 1), self.button, gap=12, margins=(18, 0, 10, 0)))
        self.setAccessibleName(f"{requirement.label}. {text}")
        self.setFixedHeight(px(TALL))

    def _words(self, twin: str) -> tuple[str, str]:
        r = self.requirement
        if r.verdict == "BAD":
            return r.reason, "bad"
        pages = sum(p.pages for p in r.scans)
        many = self.tr("{0} berkas, ").format(len(r.scans)) if len(r.scans) > 1 else ""
        parts = [many + self.tr("{0} halaman").format(pages)] if pages else []
        parts += [self.tr("asli dilihat")] if r.original_seen else []
        if twin:
            return self.tr("Isi berkas sama dengan {0}").format(twin), "warn"
        if self.state == "look":
            return ", ".join([*parts, self.tr("belum diperiksa")]), "warn"
        if not parts:
            return (self.tr("Belum ada") if r.required else self.tr("Bila ada")), "ink3"
        return ", ".join(parts), "ink2"

    def set_over(self, on: bool) -> None:
        """A file hangs over this line."""
        if on != self._over:
            self._over = on
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.pressed.emit(self.requirement.code)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft blue with a bar while chosen; a dashed edge while a file hangs over it; a hairline below."""
        painter = QPainter(self)
        if self._chosen:
            painter.fillRect(self.rect(), color("primary_s"))
            painter.fillRect(QRectF(0, 0, 3, self.height()), color("primary"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), color("line"))
        if self._over:
            inner = QRectF(self.rect()).adjusted(5, 4, -5, -5)
            paint.rounded(painter, inner, 6, None, color("primary_t"), 2, dashed=True)
        painter.end()


class Quarantine(QWidget):
    """A file of the online package that was not taken in, and why."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__()
        said = Elide(self.tr("Tidak diambil: {0}").format(what), "smallb", "warn")
        words = column(said, Txt(why, "small", "ink2", wrap=True), gap=0)
        self.setLayout(row(Ico("warning", 20, "warn", "fill"), (words, 1), gap=12, margins=(18, 6, 12, 6)))
        self.setAccessibleName(f"{what}. {why}")


class RequirementList(Card):
    """Keys with the focus here: ↑ ↓ choose, Space legible, X not legible, Del takes the file out, N to the gap."""

    picked = Signal(str)
    judged = Signal(bool)
    take = Signal(str)
    dropped = Signal(str, list)
    removal = Signal()
    gap = Signal()
    paged = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RequirementRow] = []
        self._lines: list[RequirementLine] = []
        self._chosen, self._takes = "", False
        self._twins: dict[str, str] = {}
        self._left_out: list[tuple[str, str]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Daftar persyaratan"))
        self.badge = Badge("", "mute")
        hint = Txt(self.tr("pilih dengan"), "small", "ink3")
        head = row(Txt(self.tr("Persyaratan"), "h2"), self.badge, "s", hint, KeyCap("↑"), KeyCap("↓"), gap=10,
                   margins=(16, 12, 16, 10))  # fmt: skip
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._area: QScrollArea = scrolled(column(self._body, "s", gap=0))
        self.setLayout(column(head, (self._area, 1), gap=0, margins=(1, 0, 1, 8)))
        self.setMinimumHeight(px(150))

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_rows(
        self, rows: Sequence[RequirementRow], *, takes: bool, twins: dict[str, str], left_out: Sequence[tuple[str, str]]
    ) -> None:
        """The checklist as it is; the chosen line stays chosen. `left_out` (what, why) stands on top: not taken in."""
        self._rows, self._takes, self._twins, self._left_out = list(rows), takes, twins, list(left_out)
        codes = [r.code for r in rows]
        if self._chosen not in codes:
            self._chosen = codes[0] if codes else ""
        wanted = [r for r in rows if r.required]
        ready = sum(r.ready for r in wanted)
        whole = ready == len(wanted)
        self.badge.set(self.tr("{0} dari {1} siap").format(ready, len(wanted)), "ok" if whole else "warn")
        self._fill()

    def _fill(self) -> None:
        body = emptied(self._body)
        for what, why in self._left_out:
            body.addWidget(Quarantine(what, why))
        self._lines = []
        for r in self._ordered():
            twin = self._twins.get(r.code, "")
            made = RequirementLine(r, chosen=r.code == self._chosen, takes=self._takes, twin=twin)
            made.pressed.connect(self._press)
            made.take.connect(self.take)
            self._lines.append(made)
            body.addWidget(made)

    def _ordered(self) -> list[RequirementRow]:
        """Problem rows rise to the top where not everything fits (ui.md 6.4)."""
        if len(self._rows) * px(TALL) <= self._area.viewport().height():
            return self._rows
        return sorted(self._rows, key=lambda r: r.verdict != "BAD")

    def lines(self) -> list[RequirementLine]:
        """The lines in sight, from the top."""
        return self._lines

    def chosen(self) -> RequirementRow | None:
        """The chosen requirement."""
        return next((r for r in self._rows if r.code == self._chosen), None)

    def choose(self, code: str) -> None:
        """Choose a line and tell it."""
        if code not in {r.code for r in self._rows}:
            return
        self._chosen = code
        for made in self._lines:
            made._chosen = made.requirement.code == code  # noqa: SLF001  our own line
            made.update()
            if made._chosen:  # noqa: SLF001
                self._area.ensureWidgetVisible(made, 0, 0)
        self.picked.emit(code)

    def _press(self, code: str) -> None:
        self.setFocus()
        self.choose(code)

    def _step(self, by: int) -> None:
        codes = [made.requirement.code for made in self._lines]
        if codes:
            here = codes.index(self._chosen) if self._chosen in codes else 0
            self.choose(codes[min(max(0, here + by), len(codes) - 1)])

    # --- keys and drops ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page's single letters live here."""
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Up: partial(self._step, -1),
            Qt.Key.Key_Down: partial(self._step, 1),
            Qt.Key.Key_Space: partial(self.judged.emit, True),
            Qt.Key.Key_X: partial(self.judged.emit, False),
            Qt.Key.Key_Delete: self.removal.emit,
            Qt.Key.Key_N: self.gap.emit,
            Qt.Key.Key_PageDown: partial(self.paged.emit, 1),
            Qt.Key.Key_PageUp: partial(self.paged.emit, -1),
        }
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        act = acts.get(Qt.Key(event.key())) if plain else None
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _line_at(self, point: QPointF) -> RequirementLine | None:
        spots = ((made, made.mapFrom(self, point.toPoint())) for made in self._lines)
        return next((made for made, spot in spots if made.rect().contains(spot)), None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only local files, and only while files are taken."""
        if self._takes and files_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would fall."""
        here = self._line_at(event.position())
        for made in self._lines:
            made.set_over(made is here)
        event.setAccepted(here is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        for made in self._lines:
            made.set_over(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Each file under the line it fell on."""
        here = self._line_at(event.position())
        for made in self._lines:
            made.set_over(on=False)
        if here is not None:
            event.acceptProposedAction()
            self.dropped.emit(here.requirement.code, files_of(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height may bring another order."""
        super().resizeEvent(event)
        if [made.requirement.code for made in self._lines] != [r.code for r in self._ordered()]:
            self._fill()

    def sizeHint(self) -> QSize:
        """All lines if there is room."""
        return QSize(px(480), px(60 + TALL * max(5, len(self._rows))))
