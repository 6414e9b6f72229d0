"""The Qt application: style, fonts, theme, Indonesian for Qt's own words."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.garbage import Collector

WORDS = {
    "OK": "Oke",
    "Open": "Buka",
    "Save": "Simpan",
    "Save All": "Simpan semua",
    "Cancel": "Batal",
    "Close": "Tutup",
    "Discard": "Buang",
    "Apply": "Terapkan",
    "Reset": "Atur ulang",
    "Help": "Bantuan",
    "Yes": "Ya",
    "No": "Tidak",
    "Yes to All": "Ya untuk semua",
    "No to All": "Tidak untuk semua",
    "Abort": "Hentikan",
    "Retry": "Coba lagi",
    "Ignore": "Abaikan",
    "Restore Defaults": "Kembalikan bawaan",
    "Undo": "Urungkan",
    "Redo": "Ulangi",
    "Cut": "Potong",
    "Copy": "Salin",
    "Paste": "Tempel",
    "Delete": "Hapus",
    "Select All": "Pilih semua",
}


class Indonesian(QTranslator):
    """Qt has no Indonesian of its own: the words of its standard buttons and of a field's menu."""

    def translate(self, context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """Our word, or None."""
        return WORDS.get(text.replace("&", "")) if context.startswith("Q") else None

    def isEmpty(self) -> bool:
        """It has words."""
        return False


def make_application(argv: Sequence[str], *, dark: bool = False, scale: int = 100) -> QApplication:
    """The one QApplication, dressed. A running one (in tests) is dressed again and returned."""
    running = QApplication.instance()
    if not isinstance(running, QApplication):
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        QLocale.setDefault(QLocale("id_ID"))
        running = QApplication(list(argv))
        running.setApplicationName("PELITA 3")
        running.setApplicationDisplayName("PELITA 3")
    if running.findChild(Collector) is None:
        Collector(running)
    if running.findChild(QObject, "indonesian") is None:
        translator = Indonesian(running)
        translator.setObjectName("indonesian")
        running.installTranslator(translator)
        running.setStyle("Fusion")
        theme.load_fonts()
    theme.apply(running, dark, scale)
    return running
