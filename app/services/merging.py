"""Two officers typed at once: what each changed since the same revision is brought together."""

from __future__ import annotations

from dataclasses import replace

from app.services.case import Case, changed, value_at, with_value


def merged(base: Case, mine: Case, theirs: Case) -> tuple[Case, tuple[str, ...]]:
    """(their case with my changes on top, the paths that both changed to different values; mine stands there).

    Lists (members, overrides) whose length differs are taken whole from whoever changed them, mine first.
    """
    result = _lists(base, mine, theirs)
    both = []
    hers = changed(base, theirs)
    for path in changed(base, mine):
        if path.partition(".")[0] in ("members", "overrides") and len(base.members) != len(mine.members):
            continue
        try:
            value, there = value_at(mine, path), value_at(result, path)
        except KeyError:
            continue
        if path in hers and there != value:
            both.append(path)
        result = with_value(result, path, value)
    return result, tuple(both)


def _lists(base: Case, mine: Case, theirs: Case) -> Case:
    result = theirs
    if len(mine.members) != len(base.members):
        result = replace(result, members=mine.members)
    if mine.overrides != base.overrides:
        result = replace(result, overrides=tuple(dict((*theirs.overrides, *mine.overrides)).items()))
    return result
