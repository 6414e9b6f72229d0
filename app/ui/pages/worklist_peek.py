"""The panel beside the work list: why the file is here, what was returned, the SOP's buttons, the last stamps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.services.card import short_name
from app.services.intake import FindingRow
from app.services.worklist import Stamped, WorkItem
from app.ui.desk import Desk
from app.ui.pages import worklist_rows as words
from app.ui.parts import moments
from app.ui.parts.acts import Acts, Offer, icon_of, offers, work_page, work_words
from app.ui.parts.badges import Badge
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, Item, box, column, line, row, scrolled
from app.ui.parts.subjects import subject_word
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import px, scale

WIDTH = 352


class Peek(Card):
    """Shows one file of the list. It is built anew when another file, or another line of it, is shown."""

    def __init__(self, desk: Desk, acts: Acts) -> None:
        super().__init__()
        self._desk, self._acts = desk, acts
        self._shown: tuple[object, ...] = ()
        self._labels: Mapping[str, str] = {}
        self._inner: QWidget | None = None
        self.primary: Button | None = None
        self.buttons: list[Button] = []
        self.setFixedWidth(px(WIDTH))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 1)
        self.show_nothing()

    def set_labels(self, labels: Mapping[str, str]) -> None:
        """Path or requirement code → its label."""
        self._labels = labels

    def show_nothing(self) -> None:
        """No file is chosen."""
        self._shown, self.primary, self.buttons = (), None, []
        self._put(EmptyState("tray", self.tr("Belum ada yang dipilih"), self.tr("Pilih berkas dengan ↑ dan ↓.")))

    def show_item(self, item: WorkItem, findings: Sequence[FindingRow]) -> None:
        """Show this file; nothing is rebuilt while it stays the same."""
        state = (item.id, item.n, item.holder, words.tone(item), item.why, tuple(findings), scale())
        if state == self._shown:
            return
        self._shown = state
        self.setFixedWidth(px(WIDTH))
        self._put(self._built(item, findings))

    def _put(self, widget: QWidget) -> None:
        if self._inner is not None:
            self._layout.removeWidget(self._inner)
            self._inner.hide()
            self._inner.deleteLater()
        self._inner = widget
        self._layout.addWidget(widget)

    def _built(self, item: WorkItem, findings: Sequence[FindingRow]) -> QWidget:
        mark = words.tone(item)
        number = Txt(item.number, "h2", data=True, selectable=True)
        badge = Badge(words.lamp_word(item), mark) if mark != "ok" else None
        title = Txt(item.title, "body", "ink2", wrap=True)
        head = column(row(number, "s", badge), title, gap=4)
        body = column(
            head, *self._reasons(item, findings), 2, *self._buttons(item), 4, line(), 2,
            Txt(self.tr("Perjalanan"), "h3"), *(self._stamp(s) for s in item.last), "s",
            gap=8, margins=(18, 14, 18, 16),
        )  # fmt: skip
        area = scrolled(body)
        area.setFrameShape(QFrame.Shape.NoFrame)
        return area

    def _reasons(self, item: WorkItem, findings: Sequence[FindingRow]) -> list[Item]:
        if item.came_from is not None:
            desk = words.desk_word(item.came_from)
            said = (
                self.tr("Dikembalikan {0}: {1} isian salah").format(desk, len(findings))
                if findings
                else self.tr("Dikembalikan {0}").format(desk)
            )
            top = Banner(said, "bad", "arrow-u-up-left")
        elif item.paused:
            top = Banner(self.tr("Menunggu pemohon melengkapi"), "pause", "pause")
        elif item.stage.key == "TERTANDA" and words.tone(item) == "bad":
            top = Banner(item.why, "bad", "envelope-simple")
        elif not item.received:
            top = Banner(self.tr("Diserahkan kepada meja Anda, belum diterima"), "info", "hand-arrow-down")
        elif item.holder and not item.mine:
            top = Banner(self.tr("Sedang dipegang {0}").format(item.holder_name), "mute", "hand-grabbing")
        else:
            return []
        return [top, *self._findings(findings)]

    def _findings(self, findings: Sequence[FindingRow]) -> list[Item]:
        out: list[Item] = []
        for f in findings:
            said = Txt(f.problem, "small", wrap=True, align=Qt.AlignmentFlag.AlignRight)
            name = Txt(subject_word(f.subject, self._labels), "smallm", "ink2", wrap=True)
            out += [row((name, 2), (said, 3), gap=12), line()]
        return out[:-1]

    def _buttons(self, item: WorkItem) -> list[Item]:
        """The primary moves the file on or opens the page for it; the others stand below it."""
        found = offers(self._desk, item)
        self.buttons, self.primary = [], None
        page = work_page(self._desk, item)
        here = [o for o in found if o.how == "now"]
        if here:
            self.primary = self._button(item, here[0], "primary", "Ctrl Enter")
        elif page:
            self.primary = Button(*work_words(item.stage), "primary", "Ctrl Enter", height=44, wide=True)
            self.primary.clicked.connect(lambda: self._acts.open_for_work(item))
        read = Button(self.tr("Buka berkas"), "folder-open", "secondary", "Enter", wide=True, small=True)
        read.clicked.connect(lambda: self._acts.open_for_reading(item))
        others = [self._button(item, o, "secondary") for o in found if o not in here[:1] and self._has_button(o)]
        below = [read, *others]
        self.buttons = [b for b in (self.primary, *below) if b is not None]
        return [self._next_steps(item, found), self.primary, *_rows(below)]

    def _has_button(self, offer: Offer) -> bool:
        """Steps of the work page have their buttons there; only a return is worth a key of its own here."""
        return offer.how != "page" or (offer.step.back and offer.step.hands_over)

    def _button(self, item: WorkItem, offer: Offer, kind: str, key: str = "") -> Button:
        primary = kind == "primary"
        label = self.tr("Kembalikan") if offer.how == "page" else offer.step.label
        key = key or ("Ctrl B" if offer.how == "page" else "")
        kind = "danger" if offer.how == "reason" and offer.step.to.desk is None else kind
        made = Button(label, offer.icon, kind, key, height=44 if primary else 36, wide=True, small=not primary)
        made.clicked.connect(lambda: self._acts.press(item, offer, made))
        return made

    def _next_steps(self, item: WorkItem, found: Sequence[Offer]) -> QWidget | None:
        """What the SOP offers on the work page, in its own words."""
        steps = [o.step.label for o in found if o.how == "page"]
        if not steps:
            return None
        return box(row(Txt(self.tr("Berikutnya"), "smallm", "ink3"), Elide(" · ".join(steps), "small", "ink2"), gap=8))

    def _stamp(self, stamped: Stamped) -> Item:
        received = stamped.action.startswith("terima_")
        token = "bad_l" if stamped.back else "ok_l" if received else "ink3"
        when = f"{short_name(stamped.name)}, {moments.near(stamped.at, self._desk.clock())}"
        lines = column(Txt(stamped.label, "bodym", wrap=True), Txt(when, "small", "ink3"), gap=0)
        return row(Ico(icon_of(stamped.action), 18, token, "fill"), (lines, 1), gap=10)


def _rows(buttons: Sequence[Button]) -> list[Item]:
    """Two beside each other where there is room for both, else one under the other."""
    room, rows = px(WIDTH) - 40, list[list[Button]]()
    for button in buttons:
        beside = rows[-1] if rows and len(rows[-1]) == 1 else None
        if beside is not None and beside[0].sizeHint().width() + 8 + button.sizeHint().width() <= room:
            beside.append(button)
        else:
            rows.append([button])
    return [row(*((b, 1) for b in line_), gap=8) for line_ in rows]
