"""The documents of the frozen revision beside the values: which one, its hash, whether it was seen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.desk import Desk
from app.ui.parts.layout import row
from app.ui.parts.paper_pane import PaperPane
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Elide, Ico, Txt


class DraftPane(PaperPane):
    """The documents of the frozen revision, and the hash under them."""

    def __init__(self, desk: Desk) -> None:
        self.choice = Segmented(["Akta I"], padding=12)
        self._hash, self._rev = Elide("", "small", "ink3"), 0
        self._sign, self._said = Ico("circle-dashed", 18, "ink3"), Txt("", "small", "ink2")
        above = row(Txt(QCoreApplication.translate("review_papers", "Draf"), "h2"), "s", self.choice, gap=10)
        under = row(Ico("fingerprint-simple", 18, "ink3"), (self._hash, 1), self._sign, self._said, gap=6)
        super().__init__(desk, None, above=above, below=under)
        self.viewer.bar.hide()
        self.choice.changed.connect(lambda place: self.open(self._leaflets[place].sha256))

    def set_revision(self, rev: int) -> None:
        """The number of the frozen revision."""
        self._rev = rev
        self.name_them()

    def name_them(self) -> None:
        """The documents' words, which is in front, its hash, and whether it was seen."""
        here = self.current()
        self.choice.setVisible(bool(self._leaflets))
        if self._leaflets:
            place = self._leaflets.index(here) if here is not None else 0
            self.choice.set_items([x.label for x in self._leaflets], place)
        short = f"{here.sha256[:4]} {here.sha256[4:8]} … {here.sha256[-4:]}" if here else ""
        self._hash.set_text(self.tr("PDF revisi {0}, sidik {1}").format(self._rev, short) if here else "")
        seen = here is not None and self.seen_whole(here)
        self._sign.set_icon(
            "check-circle" if seen else "circle-dashed", "ok_l" if seen else "ink3", "fill" if seen else "bold"
        )
        self._said.setText(self.tr("dilihat") if seen else self.tr("belum dilihat"))
