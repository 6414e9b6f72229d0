"""Why is a file opened that lies on another desk? One light question; the answer stands in the reading log."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.services.berkas import Head
from app.ui.parts.confirm import Confirm


def _tr(text: str) -> str:
    return QCoreApplication.translate("berkas_why", text)


def why_dialog(parent: QWidget, file: Head) -> Confirm:
    """The question; `confirmed` brings the reason."""
    text = _tr("{0} tidak di meja Anda ({1}). Alasan Anda dicatat di jejak berkas.")
    return Confirm(
        parent,
        _tr("Mengapa membuka berkas ini?"),
        text.format(file.number, file.stage.label.lower()),
        _tr("Buka"),
        icon="folder-open",
        dangerous=False,
        choices=(
            _tr("Ditanya pemohon"),
            _tr("Ditanya meja lain atau atasan"),
            _tr("Melihat lagi pekerjaan saya"),
            _tr("Mencetak kartu kendali"),
        ),
        reason_label=_tr("Alasan lain"),
    )
