"""A place of the entry form: one to three inputs, what a reviewer said above them, what the rules say below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.services.issue import Issue
from app.ui.pages.entry_inputs import Editor, make
from app.ui.pages.entry_spec import Item
from app.ui.parts.buttons import Button
from app.ui.parts.inputs import Line
from app.ui.parts.layout import box, column, row
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px

LOOKS = {"error": ("x-circle", "bad"), "warning": ("warning", "warn"), "info": ("info", "ink2")}
STATES = {"error": "bad", "warning": "warn"}


class Message(QWidget):
    """Icon, sentence, and for a warning "Pakai" and "Biarkan"."""

    use = Signal()
    leave_it = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._text = Ico("warning", 16, "warn", "fill"), Txt("", "small", "warn", wrap=True)
        self.take = Button(self.tr("Pakai"), kind="link", height=26, small=True)
        self.keep = Button(self.tr("Biarkan"), kind="link", height=26, small=True)
        self.take.clicked.connect(self.use)
        self.keep.clicked.connect(self.leave_it)
        self.setLayout(row(self._icon, (self._text, 1), self.take, self.keep, gap=6, margins=(2, 2, 0, 2)))
        self.hide()

    def tell(self, level: str, text: str, *, use: bool = False, keep: bool = False) -> None:
        """Show a sentence; an empty one hides it."""
        glyph, tone = LOOKS[level]
        self._icon.set_icon(glyph, tone)
        self._text.setText(text)
        self._text.set_tone(tone)
        self.take.setVisible(use)
        self.keep.setVisible(keep)
        self.setVisible(bool(text))

    def text(self) -> str:
        """The sentence."""
        return self._text.text()


class Slot(QWidget):
    """Inputs side by side. Signals carry the path of the input they concern."""

    changed = Signal(str)
    left = Signal(str)
    use = Signal(str, str)
    leave_it = Signal(str)

    def __init__(
        self, items: Sequence[tuple[str, Item]], *, of: str = "", labelled: bool = False, extra: QWidget | None = None
    ) -> None:
        super().__init__()
        self.items = dict(items)
        self.editors: dict[str, Editor] = {}
        self.messages: dict[str, Message] = {}
        self._said: dict[str, Txt] = {}
        self.place_above: Callable[[QWidget], None] | None = None
        """Where a matrix puts what is said above the inputs, so that both columns stay in line."""
        self._above: QVBoxLayout | None = None
        self._issues: dict[str, Issue] = {}
        self._findings: dict[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        inputs = [self._add(path, item, of, labelled=labelled) for path, item in items]
        self._column = column(row(*inputs, extra, gap=8), gap=2)
        self.setLayout(self._column)

    def _add(self, path: str, item: Item, of: str, *, labelled: bool) -> Any:
        editor = self.editors[path] = make(item.kind, item.label)
        name = f"{item.label} {of}".strip()
        editor.setAccessibleName(name)
        editor.setProperty("path", path)
        editor.changed.connect(lambda: self._on_changed(path))
        editor.left.connect(lambda: self._on_left(path))
        if item.width:
            editor.setFixedWidth(px(item.width))
        if not labelled:
            return editor if item.width else (editor, item.stretch)
        head = Txt("" if item.kind == "tick" else item.label, "smallm", "ink2")
        head.setBuddy(editor)
        # A long label gives way; it must not make the sheet wider than its window.
        head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.setToolTip(item.label)
        box = column(head if item.kind != "tick" else None, editor, gap=4)
        return box if item.width else (box, item.stretch)

    def changeEvent(self, event: QEvent) -> None:
        """Fixed widths follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for path, item in self.items.items():
                if item.width and self.editors[path].minimumWidth() != px(item.width):
                    self.editors[path].setFixedWidth(px(item.width))

    # --- values ------------------------------------------------------------------------------------------------------

    def value(self, path: str) -> Any:
        """The typed value."""
        return self.editors[path].value()

    def set_value(self, path: str, value: Any) -> None:
        """Put a value in without telling anyone."""
        self.editors[path].set_value(value)
        self._show_start(path)

    def _show_start(self, path: str) -> None:
        """A long name shows its beginning, not its end."""
        editor = self.editors[path]
        if isinstance(editor, Line) and not editor.hasFocus():
            editor.setCursorPosition(0)

    def set_read_only(self, on: bool) -> None:
        """Same layout, nothing can be changed."""
        for editor in self.editors.values():
            editor.set_read_only(on)

    def _on_left(self, path: str) -> None:
        self._show_start(path)
        self.left.emit(path)

    def _on_changed(self, path: str) -> None:
        if path in self._findings:
            self._said[path].set_tone("ink2")
        self.changed.emit(path)

    # --- what is said ------------------------------------------------------------------------------------------------

    def set_finding(self, path: str, words: str) -> None:
        """A reviewer's words above the input, which is outlined red until it is changed."""
        if words:
            self._findings[path] = words
            if path not in self._said:
                self._said[path] = Txt("", "smallm", "bad", wrap=True)
                self._said_above().addWidget(self._said[path])
        else:
            self._findings.pop(path, None)
        if path in self._said:
            self._said[path].setText(words)
            self._said[path].set_tone("bad")
            self._said[path].setVisible(bool(words))
        self._show(path)

    def _said_above(self) -> QVBoxLayout:
        if self._above is None:
            self._above = column(gap=2)
            if self.place_above is None:
                self._column.insertLayout(0, self._above)
            else:
                self.place_above(box(self._above))
        return self._above

    def set_issue(self, path: str, issue: Issue | None, *, fine: bool = False) -> None:
        """What the rules say of the value; None takes it away, `fine` puts the small green mark."""
        self._issues.pop(path, None)
        if issue is not None:
            self._issues[path] = issue
        self._show(path, fine=fine)

    def issue(self, path: str) -> Issue | None:
        """What is said of the value now."""
        return self._issues.get(path)

    def message(self, path: str) -> str:
        """The sentence under the input, empty if none is shown."""
        message = self.messages.get(path)
        return message.text() if message is not None and not message.isHidden() else ""

    def finding(self, path: str) -> str:
        """The reviewer's words above the input."""
        return self._findings.get(path, "")

    def _message_of(self, path: str) -> Message:
        """Made when there is something to say: most fields never need one."""
        if path not in self.messages:
            message = self.messages[path] = Message()
            message.use.connect(lambda: self.use.emit(path, self._issues[path].suggestion or ""))
            message.leave_it.connect(lambda: self.leave_it.emit(path))
            self._column.addWidget(message)
        return self.messages[path]

    def _show(self, path: str, *, fine: bool = False) -> None:
        issue, editor = self._issues.get(path), self.editors[path]
        if issue is not None or path in self.messages:
            said = issue or Issue(path, "info", "")
            use, keep = said.suggestion is not None, said.level == "warning"
            self._message_of(path).tell(said.level, said.text, use=use, keep=keep)
        state = STATES.get(issue.level, "") if issue else ""
        untouched = path in self._findings and self._said[path].property("tone") == "bad"
        editor.show_state("bad" if untouched else state)
        editor.setAccessibleDescription(self._findings.get(path, "") or (issue.text if issue else ""))
        if hasattr(editor, "show_mark"):
            editor.show_mark(fine and not state and not untouched)


class MatrixLabel(Txt):
    """The shared label at the left of a row: as high as one input, so that it stays beside it."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "body", "ink2", align=Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.setFixedHeight(px(36))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.minimumHeight() != px(36):
            self.setFixedHeight(px(36))
