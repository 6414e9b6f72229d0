"""The officer's menu: another role, lock, theme, text size, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from app.ui import theme
from app.ui.shell_keys import set_theme

if TYPE_CHECKING:
    from app.ui.shell import Shell


def _tr(text: str) -> str:
    return QCoreApplication.translate("officer_menu", text)


def build(shell: Shell) -> QMenu:
    """The menu; its ticks follow the theme in force each time it opens."""
    menu = QMenu(shell)
    menu.addAction(_tr("Ganti peran"), shell.role_change_asked.emit)
    menu.addAction(_tr("Kunci layar\tCtrl+Shift+L"), shell.lock_asked.emit)
    menu.addSeparator()
    dark = menu.addAction(_tr("Tema gelap\tCtrl+Shift+D"))
    dark.setCheckable(True)
    dark.triggered.connect(lambda on: set_theme(shell, dark=on))
    sizes = menu.addMenu(_tr("Ukuran teks"))
    group = QActionGroup(sizes)
    for scale in theme.SCALES:
        one = sizes.addAction(f"{scale} %")
        one.setCheckable(True)
        one.setData(scale)
        one.triggered.connect(lambda _on=True, scale=scale: set_theme(shell, scale=scale))
        group.addAction(one)
    menu.addSeparator()
    menu.addAction(_tr("Keluar"), shell.logout_asked.emit)

    def follow() -> None:
        dark.setChecked(theme.is_dark())
        for one in group.actions():
            one.setChecked(one.data() == theme.scale())

    menu.aboutToShow.connect(follow)
    return menu
