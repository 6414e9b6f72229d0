"""Text in the flow of a page: it wraps, breaks long words, and shrinks where only so many lines are free."""

from __future__ import annotations

from reportlab.platypus import Flowable

from app.printing import fonts

INK, SOFT = 0.0, 0.32  # greys: nothing on paper depends on colour
WHOLE = 0.66


Words = list[list[tuple[str, float]]]  # for each paragraph its words, each with its width at size 1


def measured(text: str, font: str) -> Words:
    """The words of a text with their widths at size 1: measured once, however often the size changes."""
    return [[(word, fonts.width(word, font, 1)) for word in line.split()] for line in text.split("\n")]


def wrapped(words: Words, font: str, size: float, room: float) -> list[str]:
    """The lines of a text in `room` points; a word longer than the line is broken; line breaks are kept."""
    lines: list[str] = []
    space, room = fonts.width(" ", font, 1), room / size + 1e-6
    for paragraph in words:
        line, long = "", 0.0
        for word, width in paragraph:
            if line and long + space + width <= room:
                line, long = f"{line} {word}", long + space + width
                continue
            if line:
                lines.append(line)
            *full, line = [word] if width <= room else _pieces(word, font, room)
            lines.extend(full)
            long = fonts.width(line, font, 1) if full else width
        lines.append(line)
    return lines


def _pieces(word: str, font: str, room: float) -> list[str]:
    pieces, piece = [], ""
    for letter in word:
        if piece and fonts.width(piece + letter, font, 1) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


class Text(Flowable):
    """One text in one font. With `lines` it takes at most so many and shrinks to fit, whatever its length.

    `tight` = greatest height in points, for cells of a fixed height. align: "l", "c" or "r". Before a word is broken
    the text shrinks to WHOLE of its size.
    """

    def __init__(
        self, text: str, font: str = fonts.SANS, size: float = 9, *, align: str = "l", lead: float = 1.3,
        lines: int = 0, after: float = 0, before: float = 0, grey: float = INK, tight: float = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        fonts.register()
        self.text, self.font, self.size = text, fonts.fitting(font, text.replace("\n", " ")), size
        self.align, self.lead, self.lines, self.grey, self.tight = align, lead, lines, grey, tight
        self.spaceAfter, self.spaceBefore = after, before
        self.rows: list[str] = []

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 -- reportlab's names
        """Break into lines; shrink by steps of 2 % until the lines allowed are enough."""
        words = measured(self.text, self.font)
        longest = max((width for line in words for _, width in line), default=0.0)
        self.width, self.shown = aW, self.size
        self.rows = wrapped(words, self.font, self.shown, aW)
        while self._too_much(longest):
            self.shown *= 0.98
            self.rows = wrapped(words, self.font, self.shown, aW)
        self.height = len(self.rows) * self.shown * self.lead
        return aW, self.height

    def _too_much(self, longest: float) -> bool:
        if self.tight and len(self.rows) * self.shown * self.lead > self.tight:
            return True
        broken = longest * self.shown > self.width + 1e-6
        if not self.lines:
            return broken and self.shown > self.size * WHOLE
        return broken or len(self.rows) > self.lines

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803 -- reportlab's names
        """At a line, where a page ends; a text with a number of lines stays whole."""
        self.wrap(aW, aH)
        fitting = int(aH / (self.shown * self.lead))
        if self.lines or self.tight or not 0 < fitting < len(self.rows):
            return []
        return [self._piece(self.rows[:fitting], after=0), self._piece(self.rows[fitting:], after=self.spaceAfter)]

    def _piece(self, rows: list[str], after: float) -> Text:
        text = "\n".join(rows)
        return Text(text, self.font, self.shown, align=self.align, lead=self.lead, grey=self.grey, after=after)

    def draw(self) -> None:
        """Draw the lines from the top down."""
        self.canv.setFont(self.font, self.shown)
        self.canv.setFillGray(self.grey)
        y = self.height - self.shown * (0.5 * self.lead + 0.36)
        for row in self.rows:
            if self.align == "c":
                self.canv.drawCentredString(self.width / 2, y, row)
            elif self.align == "r":
                self.canv.drawRightString(self.width, y, row)
            else:
                self.canv.drawString(0, y, row)
            y -= self.shown * self.lead


class Rule(Flowable):
    """A line across the page; `double` = the thick and thin pair under a letterhead; `dash` for tearing."""

    def __init__(
        self, weight: float = 0.5, *, double: bool = False, dash: bool = False, before: float = 3, after: float = 5
    ) -> None:
        super().__init__()
        self.weight, self.double, self.dash = weight, double, dash
        self.spaceBefore, self.spaceAfter = before, after

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 -- reportlab's names
        """As wide as there is room."""
        self.width, self.height = aW, 3.2 if self.double else self.weight
        return self.width, self.height

    def draw(self) -> None:
        """Draw it."""
        self.canv.setStrokeGray(0)
        if self.double:
            self.canv.setLineWidth(1.8)
            self.canv.line(0, self.height - 0.9, self.width, self.height - 0.9)
            self.canv.setLineWidth(0.5)
            self.canv.line(0, 0.25, self.width, 0.25)
            return
        self.canv.setLineWidth(self.weight)
        if self.dash:
            self.canv.setDash(2, 2)
        self.canv.line(0, self.weight / 2, self.width, self.weight / 2)
        self.canv.setDash()
