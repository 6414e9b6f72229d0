"""The one window of all roles: rail, top bar, notices, page, footer, status bar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.ui import officer_menu
from app.ui.activity import Activity
from app.ui.desk import Desk, Page
from app.ui.history import History
from app.ui.parts.banner import Banner, Banners
from app.ui.parts.buttons import Button
from app.ui.parts.keysheet import KeySheet
from app.ui.parts.layout import column, row
from app.ui.parts.rail import Place, Rail
from app.ui.parts.statusbar import StatusBar, WaitLine
from app.ui.parts.toast import Toast
from app.ui.parts.topbar import Answer, TopBar
from app.ui.server_news import ServerNews
from app.ui.shell_keys import everywhere, wire

PAGES: dict[str, tuple[str, ...]] = {
    "FO": ("loket", "worklist", "terkirim", "intake", "entry", "draft", "deliver"),
    "EDITOR": ("worklist", "terkirim", "entry", "draft", "deliver"),
    "KASI": ("worklist", "terkirim", "antrean", "review"),
    "KABID": ("worklist", "terkirim", "antrean", "pengesahan", "review"),
    "KADIS": ("tte", "terkirim", "antrean", "pengesahan", "review"),
    "ADMIN": ("petugas", "kantor", "antrean", "jejak", "bukti"),
    "AUDITOR": ("bukti", "jejak"),
}
"""Role → its pages, in the order of the rail. Everybody may read a berkas he has a number of, and the help."""
FOR_ALL = ("berkas", "bantuan")
NARROW = 1200
BEHIND_MS = 3000
EARLY = ("pengesahan",)
"""Pages whose number stands on the rail before they are opened."""


@dataclass(frozen=True)
class PageSpec:
    """How a page is reached and made; it is made when it is first needed."""

    key: str
    label: str
    icon: str
    factory: Callable[[Desk], Page]
    in_rail: bool = True


@dataclass(frozen=True)
class Mounted:
    """A page that was made, with its footer and tools."""

    page: Page
    footer: QWidget | None
    tools: list[QWidget]


class Shell(QWidget):
    """One officer in one role. Pages ask it by signals; it asks nobody but the composition root."""

    lock_asked = Signal()
    role_change_asked = Signal()
    logout_asked = Signal()
    code_entered = Signal(str)
    theme_changed = Signal(bool, int)
    lamp_pressed = Signal(str)

    def __init__(self, desk: Desk, pages: Mapping[str, PageSpec], *, hat: str = "", idle_ms: int = 300_000) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("PELITA 3")
        self.setMinimumSize(1080, 600)
        self.desk = desk
        own = (*PAGES.get(desk.who.role.name, ()), *FOR_ALL)
        self._specs = {key: pages[key] for key in own if key in pages}
        self._mounted: dict[str, Mounted] = {}
        self.history, self._behind = History(), QElapsedTimer()
        hat = hat or " · ".join(part for part in (desk.who.position, desk.who.place) if part)
        self._build(desk.who.name, hat)
        self._start(idle_ms)
        if self.rail.places:
            self.navigate(self.rail.places[0].key)
        QTimer.singleShot(0, self, self._count_early)

    def _build(self, name: str, hat: str) -> None:
        specs = [spec for spec in self._specs.values() if spec.in_rail]
        self.rail = Rail([Place(s.key, s.label, s.icon, below=s.key == "bantuan") for s in specs])
        self.top, self.wait, self.status = TopBar(name, hat), WaitLine(), StatusBar()
        self.banners, self.stack, self._foot = Banners(), QStackedWidget(), QVBoxLayout()
        self._strip = QFrame()
        self._strip.setObjectName("strip")
        self._strip.setLayout(column(gap=0, margins=(20, 0, 12, 0)))
        self._strip.setFixedHeight(44)
        self._strip.hide()
        self._strip_of: str | None = None
        body = (self.top, self.wait, self._strip, self.banners, (self.stack, 1), self._foot, self.status)
        self.setLayout(row(self.rail, (column(*body, gap=0), 1), gap=0))
        self.toast, self.sheet, self.answer = Toast(self), KeySheet(self), Answer(self)
        self.menu = officer_menu.build(self)

    def _start(self, idle_ms: int) -> None:
        self.rail.chosen.connect(self.navigate)
        self.top.crumb_pressed.connect(self.back)
        self.top.search.entered.connect(self.code_entered)
        self.top.officer.clicked.connect(self._open_menu)
        self.status.lamp_pressed.connect(self.lamp_pressed)
        self.news = ServerNews(self)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._second.start()
        self._tick()
        app = QCoreApplication.instance()
        if app is not None:
            self.activity = Activity(app, self, idle_ms)
            self.activity.quiet.connect(self.lock_asked)
            self.activity.ctrl_held.connect(self.show_keys)
            self.activity.ctrl_freed.connect(self.sheet.hide)
        wire(self)

    # --- pages -------------------------------------------------------------------------------------------------------

    def navigate(self, key: str, argument: object = None) -> bool:
        """Bring a page to the front. False if the page in front wants to stay, or the role has no such page."""
        if key not in self._specs:
            return False
        current = self.current_page()
        if current is not None and not current.leave():
            return False
        self.history.visit(key, argument, root=self._specs[key].in_rail)
        self._show(key, argument)
        return True

    def back(self) -> bool:
        """To the page one came from."""
        current = self.current_page()
        if not self.history.can_go_back() or (current is not None and not current.leave()):
            return False
        self._show(*self.history.back())
        return True

    def current_page(self) -> Page | None:
        """The page in front."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def page(self, key: str) -> Page | None:
        """A page of this role, made if it was not yet; None if the role has none by this key."""
        return self._mount(key).page if key in self._specs else None

    def refresh(self) -> None:
        """Read the page in front again (F5)."""
        page = self.current_page()
        if page is not None:
            page.refresh()

    def _count_early(self) -> None:
        for key in EARLY:
            page = self.page(key)
            if page is not None and page is not self.current_page():
                page.live()

    def look(self) -> None:
        """Somebody may have changed something: the page in front looks, and now and then those that count behind it."""
        behind = not self._behind.isValid() or self._behind.hasExpired(BEHIND_MS)
        if behind:
            self._behind.start()
        for mounted in self._mounted.values():
            if mounted.page is self.current_page() or (behind and mounted.page.counts):
                mounted.page.live()

    def _show(self, key: str, argument: object) -> None:
        mounted = self._mount(key)
        self.stack.setCurrentWidget(mounted.page)
        for other in self._mounted.values():
            if other.footer is not None:
                other.footer.setVisible(other is mounted)
        self.top.show_tools(mounted.tools)
        self.top.search.setVisible(mounted.page.wide_search)
        self._fit_strip()
        self.rail.set_current(key)
        self._name_page()
        mounted.page.arrive(argument)
        mounted.page.setFocus()

    def _mount(self, key: str) -> Mounted:
        if key in self._mounted:
            return self._mounted[key]
        page = self._specs[key].factory(self.desk)
        mounted = self._mounted[key] = Mounted(page, page.footer(), page.toolbar())
        self.stack.addWidget(page)
        if mounted.footer is not None:
            self._foot.addWidget(mounted.footer)
        page.open_berkas.connect(lambda number: self.navigate("berkas", number))
        page.go.connect(self.navigate)
        page.back.connect(self.back)
        page.fact.connect(lambda _text: self._name_page())
        page.titled.connect(lambda _text: self._name_page())
        page.said.connect(lambda text, undo, tone: self.toast.offer(text, undo, tone=tone))
        page.count.connect(lambda number, key=key: self.rail.set_count(key, number))
        page.strip.connect(lambda widget, key=key: self.set_strip(widget, key))
        page.moved.connect(lambda moved=page: self._refresh_others(moved))
        return mounted

    def _refresh_others(self, moved: Page) -> None:
        """A berkas moved: pages that are open elsewhere read again when they come to the front; this one now."""
        if moved is self.current_page():
            moved.refresh()

    def _name_page(self) -> None:
        page = self.current_page()
        if page is None:
            return
        before = self.history.before()
        origin = self._mounted.get(before) if before else None
        self.top.show_page(page.title, page.subtitle, origin.page.title if origin is not None else "")

    # --- what is said ------------------------------------------------------------------------------------------------

    def say(self, text: str, undo: Callable[[], None] | None = None, tone: str = "ok") -> None:
        """A toast."""
        self.toast.offer(text, undo, tone=tone)

    def set_lamp(self, key: str, text: str, tone: str) -> None:
        """Light a lamp of the status bar."""
        self.status.set_lamp(key, text, tone)

    def set_banner(
        self, key: str, text: str, tone: str = "warn", icon: str = "warning", action: Button | None = None
    ) -> None:
        """Put a notice under the top bar."""
        self.banners.put(key, Banner(text, tone, icon, action=action))

    def drop_banner(self, key: str) -> None:
        """Take a notice away."""
        self.banners.drop(key)

    def code_answer(self, text: str, tone: str = "warn") -> None:
        """One line under the search box: what became of a code."""
        at = self.top.search.mapTo(self, QPoint(0, self.top.search.height() + 6))
        self.answer.move(at)
        self.answer.tell(text, tone)

    def set_strip(self, widget: QWidget | None, owner: str = "") -> None:
        """The 44 px queue strip over every page but its `owner`, which shows more of the same; None takes it away."""
        layout = self._strip.layout()
        while layout is not None and (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
        if widget is not None and layout is not None:
            layout.addWidget(widget)
            widget.show()
        self._strip_of = owner if widget is not None else None
        self._fit_strip()

    def _fit_strip(self) -> None:
        owner = self._mounted.get(self._strip_of or "")
        hidden = owner is not None and owner.page is self.current_page()
        self._strip.setVisible(self._strip_of is not None and not hidden)

    def show_keys(self) -> None:
        """Lay all keys over the page."""
        self.sheet.lay_over(self, everywhere())

    def _open_menu(self) -> None:
        officer = self.top.officer
        self.menu.popup(officer.mapToGlobal(QPoint(0, officer.height())))

    # --- the server --------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        self.status.show_time(self.desk.clock())

    # --- the window --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, if nobody nearer wanted it: away with what lies on top, then one page back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.sheet.isVisible():
            self.sheet.hide()
        else:
            self.back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail drops its words where the window is narrow."""
        super().resizeEvent(event)
        self.rail.set_words(self.width() >= NARROW)
