"""The bar of the SOP's acts under a file: only where this officer has any; empty it takes no room."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.services.berkas import Head
from app.services.card import short_name
from app.ui.desk import Desk
from app.ui.parts import moments
from app.ui.parts.acts import Acts, Offer, offers, work_page, work_words
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Footer, Item, column
from app.ui.parts.text import Txt

TALL = 40


class ActBar(QFrame):
    """Who holds the file at the left, what may be done at the right, the primary last."""

    def __init__(self, desk: Desk, acts: Acts) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._desk, self._acts = desk, acts
        self._bar: QWidget | None = None
        self.buttons: list[Button] = []
        self._place = column(gap=0)
        self.setLayout(self._place)

    def show_file(self, file: Head | None) -> None:
        """Show a file's acts; None or a file without acts shows nothing."""
        if self._bar is not None:
            self._place.removeWidget(self._bar)
            self._bar.hide()
            self._bar.deleteLater()
        self._bar, self.buttons = None, []
        found = offers(self._desk, file) if file is not None else ()
        if file is not None and found:
            self._bar = Footer([Txt(self._holding(file), "small", "ink2")], self._made(file, found))
            self._place.addWidget(self._bar)

    def _holding(self, file: Head) -> str:
        since = moments.near(file.moved_at, self._desk.clock())
        if not file.stage.held:
            return f"{file.stage.label}, {since}"
        if file.holder == self._desk.who.login:
            return self.tr("Anda memegang berkas ini sejak {0}").format(since)
        return self.tr("Dipegang {0} sejak {1}").format(short_name(file.holder_name), since)

    def _made(self, file: Head, found: tuple[Offer, ...]) -> list[Item]:
        items: list[Item] = []
        for offer in (o for o in found if o.how == "reason"):
            ends = offer.step.to.desk is None
            items.append(self._pressing(file, offer, "danger" if ends else "secondary"))
        now = next((o for o in found if o.how == "now"), None)
        if now is not None:
            return [*items, 10, self._pressing(file, now, "primary")]
        if not work_page(self._desk, file):
            return items
        primary = Button(*work_words(file.stage), "primary", "Ctrl Enter", height=TALL)
        primary.clicked.connect(lambda: self._acts.open_for_work(file))
        self.buttons.append(primary)
        return [*items, 10, primary]

    def _pressing(self, file: Head, offer: Offer, kind: str) -> Button:
        key = "Ctrl Enter" if kind == "primary" else ""
        made = Button(offer.step.label, offer.icon, kind, key, height=TALL)
        made.clicked.connect(lambda: self._acts.press(file, offer, made))
        self.buttons.append(made)
        return made
