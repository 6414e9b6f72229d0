"""Run by test_screens: the kiosk's glass on one of two screens; says where it stands, and keeps a picture."""

import sys
from pathlib import Path

from app.jobs.workshop import Workshop
from app.sop.pelita3 import PELITA3
from app.ui.application import make_application
from app.ui.kiosk.glass import Glass
from app.ui.kiosk.setup import Setup


def main(number: int, picture: Path) -> None:
    """Appear, say, keep, end."""
    app = make_application([])
    setup = Setup(Workshop(PELITA3, picture.parent), "kios", lambda: "", screen=number)
    glass = Glass(setup)
    glass.appear()
    glass.show_screen(glass.choose)
    app.processEvents()
    place = glass.geometry()
    sys.stdout.write(f"{place.x()} {place.y()} {place.width()} {place.height()} {int(glass.m.portrait)}\n")
    glass.grab().save(str(picture))
    glass.end()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
