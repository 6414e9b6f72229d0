"""The entry page's long work, loaded when it is first needed: papers take time to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.jobs.workshop import Workshop
    from app.services.accounts import Who
    from app.services.papers import DraftRow
    from app.ui.tasks import Progress


def freeze(shop: Workshop, who: Who, berkas_id: int, key: str, _progress: Progress) -> DraftRow:
    """Freeze a draft revision and sign its line (jobs.drafting)."""
    from app.jobs import drafting  # noqa: PLC0415 - reportlab is not part of showing a form

    return drafting.make_draft(shop, who, berkas_id, key)
