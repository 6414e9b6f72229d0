"""One-line notices under the top bar: newest first, at most two, then "+1"."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.parts.badges import Badge
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column, row
from app.ui.parts.paint import TONES
from app.ui.parts.text import Ico, Txt

AT_MOST = 2


class Banner(QFrame):
    """Icon, sentence, at most one button. It says since when, and what still works."""

    def __init__(
        self,
        text: str = "",
        tone: str = "warn",
        icon: str = "warning",
        *,
        action: Button | None = None,
        detail: str = "",
        side: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._icon = Ico(icon, 20, TONES[tone][0], "fill")
        self._text, self._detail, self._side = (
            Txt(text, "bodym", tone, wrap=True),
            Txt("", "small", "ink2", wrap=True),
            Txt("", "small", "ink2"),
        )
        self.more = Badge("", "mute", shape=False)
        self.action = action
        pad = 9 if action is not None else 10
        words = column(self._text, self._detail, gap=2)
        self.setLayout(row(self._icon, (words, 1), self._side, action, self.more, gap=10, margins=(12, pad, 12, pad)))
        self.set(text, tone, icon, detail=detail, side=side)

    def set(self, text: str, tone: str, icon: str, *, detail: str = "", side: str = "") -> None:
        """Another notice in the same place."""
        self._text.setText(text)
        self._text.set_tone(tone)
        for label, said in ((self._detail, detail), (self._side, side)):
            label.setText(said)
            label.setVisible(bool(said))
        self._icon.set_icon(icon, TONES[tone][0])
        self.setAccessibleName(text)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def detail(self) -> str:
        """The lines under it."""
        return self._detail.text()


class Banners(QWidget):
    """The place under the top bar where notices stand, each under a key of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: dict[str, Banner] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 0)
        self._layout.setSpacing(8)
        self.hide()

    def put(self, key: str, banner: Banner) -> None:
        """Show a notice; one with the same key is replaced where it stands."""
        old = self._standing.get(key)
        if old is not None:
            self._layout.replaceWidget(old, banner)
            old.deleteLater()
            self._standing[key] = banner
        else:
            self._layout.insertWidget(0, banner)
            self._standing = {key: banner, **self._standing}
        self._arrange()

    def drop(self, key: str) -> None:
        """Take a notice away; an unknown key is no fault."""
        gone = self._standing.pop(key, None)
        if gone is not None:
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            self._arrange()

    def standing(self) -> list[Banner]:
        """All notices, newest first, also those behind "+1"."""
        return list(self._standing.values())

    def texts(self) -> list[str]:
        """All sentences, newest first, also those behind "+1"."""
        return [banner.text() for banner in self._standing.values()]

    def _arrange(self) -> None:
        hidden = len(self._standing) - AT_MOST
        for place, banner in enumerate(self._standing.values()):
            banner.setVisible(place < AT_MOST)
            banner.more.set(f"+{hidden}" if hidden > 0 and place == AT_MOST - 1 else "", "mute")
            banner.more.setToolTip("\n".join(self.texts()[AT_MOST:]))
        self.setVisible(bool(self._standing))
