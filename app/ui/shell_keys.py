"""The keys that work on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.parts.keys import sequences

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.shell import Shell

NUMBERS = range(1, 10)


def _tr(text: str) -> str:
    return QCoreApplication.translate("shell_keys", text)


def everywhere() -> list[tuple[str, str]]:
    """The keys of every page and what they do, for the key sheet."""
    return [
        ("Ctrl K", _tr("Cari atau pindai")),
        ("F1", _tr("Bantuan dan tombol")),
        ("F5", _tr("Segarkan")),
        ("F11", _tr("Layar penuh")),
        ("Ctrl Shift D", _tr("Tema gelap atau terang")),
        ("Ctrl Shift L", _tr("Kunci layar")),
        ("Esc", _tr("Kembali, isian tetap tersimpan")),
        ("Ctrl Z", _tr("Batalkan selama ditawarkan")),
        ("Ctrl 1", _tr("Halaman pertama, dan seterusnya sampai 9")),
    ]


def set_theme(shell: Shell, *, dark: bool | None = None, scale: int | None = None) -> None:
    """Another theme or text size for this officer, told onward to be remembered."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    theme.apply(app, theme.is_dark() if dark is None else dark, theme.scale() if scale is None else scale)
    shell.theme_changed.emit(theme.is_dark(), theme.scale())


def _toggle_sheet(shell: Shell) -> None:
    if shell.sheet.isVisible():
        shell.sheet.hide()
    else:
        shell.show_keys()


def _full_screen(shell: Shell) -> None:
    window = shell.window()
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()


def _search(shell: Shell) -> None:
    shell.top.search.show()
    shell.top.search.line.setFocus()
    shell.top.search.line.selectAll()


def _page(shell: Shell, number: int) -> None:
    if number <= len(shell.rail.places):
        shell.navigate(shell.rail.places[number - 1].key)


def wire(shell: Shell) -> None:
    """Give the shell its keys."""
    acts: dict[str, Callable[[], object]] = {
        "Ctrl K": lambda: _search(shell),
        "F1": lambda: _toggle_sheet(shell),
        "F5": shell.refresh,
        "F11": lambda: _full_screen(shell),
        "Ctrl Shift D": lambda: set_theme(shell, dark=not theme.is_dark()),
        "Ctrl Shift L": shell.lock_asked.emit,
        **{f"Ctrl {n}": lambda n=n: _page(shell, n) for n in NUMBERS},  # type: ignore[misc]  # lambdas with a default
    }
    for printed, act in acts.items():
        shortcut = QShortcut(shell)
        shortcut.setKeys(sequences(printed))
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
