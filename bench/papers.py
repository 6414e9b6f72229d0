"""Each paper's time against an empty reportlab page with the same fonts, as ratios: python bench/papers.py [rounds]."""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reportlab.pdfgen.canvas import Canvas

from app.printing import control_card, deficiency, documents, draft, fonts, ktp_request, resi, ticket
from tests.support import papers
from tests.support.cases import case_long, case_pn

Make = Callable[[], object]


def empty_page() -> bytes:
    """What reportlab itself needs for one page that names the same fonts."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for font in (fonts.SANS, fonts.SANS_SEMI, fonts.SANS_BOLD, fonts.SERIF, fonts.SERIF_BOLD):
        canvas.setFont(font, 9)
        canvas.drawString(60, 60, "A")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def benched() -> dict[str, Make]:
    """The papers of one file, and the fullest one."""
    usual, full = papers.draft_data(case_pn()), papers.draft_data(case_long())
    return {
        "tiket 80 mm": lambda: ticket.ticket(papers.ticket_data()),
        "resi A5": lambda: resi.resi(papers.resi_data()),
        "catatan kekurangan": lambda: deficiency.deficiency(papers.deficiency_data()),
        "pengajuan KTP-el": lambda: ktp_request.ktp_request(papers.ktp_data(case_pn())),
        "kartu kendali A4": lambda: control_card.control_card(papers.card_data(10)),
        "draf (7 halaman)": lambda: draft.draft(usual),
        "dokumen TTE (4)": lambda: documents.documents(usual),
        "dokumen TTE, 12 orang": lambda: documents.documents(full),
    }


def seconds(make: Make) -> float:
    """One run."""
    start = time.perf_counter()
    make()
    return time.perf_counter() - start


def main() -> None:
    """Interleaved rounds, medians, ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    fonts.register()
    made = {"halaman kosong": empty_page, **benched()}
    for make in made.values():
        make()
    taken: dict[str, list[float]] = {name: [] for name in made}
    for _ in range(rounds):
        for name, make in made.items():
            taken[name].append(seconds(make))
    base = statistics.median(taken["halaman kosong"])
    print(f"halaman kosong dengan huruf yang sama = 1 ({rounds} putaran, median)")
    for name in benched():
        print(f"{name:24s} {statistics.median(taken[name]) / base:6.1f} ×")


if __name__ == "__main__":
    main()
