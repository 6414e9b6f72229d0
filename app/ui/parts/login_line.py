"""What a login may look like, and the one that follows from a name."""

from __future__ import annotations

import re
import unicodedata

from app.ui.parts.inputs import Line

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}")


def suggested_login(name: str) -> str:
    """First and last word without titles, in plain letters: Zulfikar Hasan, S.Sos → zulfikar.hasan."""
    bare = unicodedata.normalize("NFKD", name.partition(",")[0]).encode("ascii", "ignore").decode().lower()
    words = [re.sub(r"[^a-z]", "", word) for word in bare.split() if not word.endswith(".")]
    words = [word for word in words if word]
    return ".".join(dict.fromkeys((words[0], words[-1])))[:40] if words else ""


class LoginLine(Line):
    """A login: small letters, digits, dot, dash; begins with a letter."""

    def problem(self) -> str:
        """Not a login."""
        if not self.value() or LOGIN.fullmatch(self.value()):
            return ""
        return self.tr("Pakai huruf kecil, angka, dan titik; diawali huruf. Contoh rina.oktaviani")

    def value(self) -> str:
        """Always in small letters."""
        return super().value().lower()
