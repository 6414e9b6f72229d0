"""The way an officer came: a rail page begins it anew, other pages are added, Esc goes back one."""


class History:
    """Page keys with their arguments, oldest first."""

    def __init__(self) -> None:
        self._way: list[tuple[str, object]] = []

    def visit(self, key: str, argument: object, *, root: bool) -> None:
        """A page comes to the front; the same page with another argument replaces itself."""
        if root:
            self._way.clear()
        elif self._way and self._way[-1][0] == key:
            self._way.pop()
        self._way.append((key, argument))

    def before(self) -> str:
        """The page Esc leads to, empty if none."""
        return self._way[-2][0] if self.can_go_back() else ""

    def can_go_back(self) -> bool:
        """Whether there is a page to go back to."""
        return len(self._way) > 1

    def back(self) -> tuple[str, object]:
        """Forget the page in front; the one before it with its argument."""
        self._way.pop()
        return self._way[-1]
