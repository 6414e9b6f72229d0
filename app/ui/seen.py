"""When a page counts as seen: at least 80 % of it has stood in sight for a second, all at once or part by part."""

ROWS, COLUMNS = 20, 8
SHARE = 0.8
SLACK = 1e-6

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions of the page."""


class Seen:
    """Counts, per page, how long each small field of it was in sight.

    A page that is larger than its window is read by scrolling, so fields count one by one; a page that fits is seen
    when it stood there for the whole time.
    """

    def __init__(self, after_ms: int) -> None:
        self._after_ms = after_ms
        self._times: dict[int, list[int]] = {}
        self._seen: set[int] = set()

    def start(self, already: frozenset[int]) -> None:
        """Another document; `already` are pages that were seen before."""
        self._times.clear()
        self._seen = set(already)

    def pages(self) -> frozenset[int]:
        """The pages that count as seen, from 1."""
        return frozenset(self._seen)

    def look(self, page: int, visible: Rect, elapsed_ms: int) -> bool:
        """`visible` of a page was in sight for so long; True at the moment the page becomes seen."""
        if page in self._seen:
            return False
        times = self._times.setdefault(page, [0] * (ROWS * COLUMNS))
        for field in range(ROWS * COLUMNS):
            if _within(field, visible):
                times[field] += elapsed_ms
        if sum(time >= self._after_ms for time in times) < SHARE * len(times):
            return False
        self._seen.add(page)
        return True


def _within(field: int, visible: Rect) -> bool:
    """Whether a field lies wholly in sight; what is cut by an edge does not count."""
    column, row = field % COLUMNS, field // COLUMNS
    left, top, right, bottom = visible
    across = left - SLACK <= column / COLUMNS and (column + 1) / COLUMNS <= right + SLACK
    return across and top - SLACK <= row / ROWS and (row + 1) / ROWS <= bottom + SLACK
