"""Two officers typed at once: what each changed since the same revision is brought together."""

from __future__ import annotations

from dataclasses import replace

from app.services.case import Case, changed, value_at, with_value


def merged(base: Case, mine: Case, theirs: Case) -> tuple[Case, tuple[str, ...]]:
    """(their case with my changes on top, the paths that both changed to different values; mine stands there).

    Where somebody added or took out members, values of one child must not land on another: the list is then taken
    whole, mine if I touched it. Reasons given on both sides are kept.
    """
    result, both = _members(base, mine, theirs)
    whole = len({len(base.members), len(mine.members), len(theirs.members)}) > 1
    result = replace(result, overrides=_reasons(base, mine, theirs))
    hers = changed(base, theirs)
    for path in changed(base, mine):
        if path.startswith("overrides.") or (whole and path.startswith("members.")):
            continue
        value = value_at(mine, path)
        if path in hers and value_at(result, path) != value:
            both.append(path)
        result = with_value(result, path, value)
    return result, tuple(both)


def _members(base: Case, mine: Case, theirs: Case) -> tuple[Case, list[str]]:
    lengths = {len(base.members), len(mine.members), len(theirs.members)}
    if len(lengths) == 1 or mine.members == base.members:
        return theirs, []
    clash = theirs.members not in (base.members, mine.members)
    return replace(theirs, members=mine.members), ["members"] if clash else []


def _reasons(base: Case, mine: Case, theirs: Case) -> tuple[tuple[str, str], ...]:
    if mine.overrides == base.overrides:
        return theirs.overrides
    gone = {path for path, _ in base.overrides} - {path for path, _ in mine.overrides}
    kept = tuple((path, reason) for path, reason in theirs.overrides if path not in gone)
    return tuple(dict((*kept, *mine.overrides)).items())
