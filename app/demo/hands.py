"""An officer of the demonstration: sits down, finds a file, and says aloud which row was done."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog

from app.demo.office import PASSWORD, DemoOffice
from app.demo.robot import Robot, Stuck
from app.services import berkas, card
from app.services.berkas import Head
from app.sop.pelita3 import PELITA3
from app.ui.desk import Page
from app.ui.login_steps import PasswordStep
from app.ui.shell import Shell
from app.ui.window import Program

P = TypeVar("P", bound=Page)


class Hands:
    """One pair of hands for all officers, one after the other."""

    def __init__(self, robot: Robot, program: Program, office: DemoOffice) -> None:
        self.robot, self.program, self.office = robot, program, office
        self._told: dict[int, int] = {}

    # --- who -----------------------------------------------------------------------------------------------------

    def sit(self, login: str) -> None:
        """Log out whoever is there, type name and password, and wait for the shell."""
        robot, program = self.robot, self.program
        if program.shell is not None:
            if program.shell.desk.who.login == login:
                return
            program.shell.logout_asked.emit()
        robot.settle()
        step = robot.until("jendela masuk", lambda: program.login.step if program.login else None)
        assert isinstance(step, PasswordStep)
        robot.type(step.login.input, login)
        robot.type(step.password.input, PASSWORD)
        robot.press("Masuk")
        robot.until("jendela kerja", lambda: program.shell)
        robot.settle()

    @property
    def shell(self) -> Shell:
        """The window of whoever sits there."""
        if self.program.shell is None:
            raise Stuck("tidak ada yang masuk")
        return self.program.shell

    @property
    def login(self) -> str:
        """Who sits there."""
        return self.shell.desk.who.login

    # --- where ---------------------------------------------------------------------------------------------------

    def page(self, kind: type[P]) -> P:
        """The page in front, which must be of that kind."""
        self.robot.settle()
        found = self.robot.until(kind.__name__, lambda: p if isinstance(p := self.shell.current_page(), kind) else None)
        self.robot.settle()
        return found

    def open(self, key: str, argument: object = None) -> None:
        """Go to a page of the rail, or to a file's page."""
        self.shell.navigate(key, argument)
        self.robot.settle()

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        return self.robot.until("dialog", lambda: next(iter(self.robot.all_of(QDialog)), None))

    # --- what was done -----------------------------------------------------------------------------------------------

    def file(self, number: str) -> Head:
        """The file as the database has it, asked the way a window asks."""
        found: list[Head | None] = []
        self.shell.desk.tasks.ask(lambda: berkas.find(PELITA3, number), found.append, owner=self.shell)
        self.robot.until("jawaban basis data", lambda: found)
        if found[0] is None:
            raise Stuck(f"berkas {number} tidak ada")
        return found[0]

    def tell(self, number: str) -> Head:
        """Print every line that the file's card got since the last time; these are the rows as they happened."""
        file = self.file(number)
        found: list[list[card.Line]] = []
        self.shell.desk.tasks.ask(lambda: card.lines(PELITA3, file.id), found.append, owner=self.shell)
        self.robot.until("kartu kendali", lambda: found)
        for line in found[0][self._told.get(file.id, 0) :]:
            row = f"baris {line.row:>2}" if line.row else "        "
            print(f"  {number} {row}  {line.label:<32} {line.actor_name:<28} → {line.to_stage.label}")
        self._told[file.id] = len(found[0])
        return file

    def stands(self, number: str, stage: str) -> Head:
        """The file must now be in that stage."""
        file = self.tell(number)
        if file.stage.key != stage:
            self.robot.shot("macet")
            raise Stuck(f"{number} berada di {file.stage.key}, seharusnya {stage}")
        return file

    def minutes(self, many: float) -> None:
        """Let that much office time go by: reading, talking, or a paper waiting on a desk."""
        if self.office.clock:
            self.office.clock.pass_minutes(many)

    def folder(self) -> Path:
        """Where this demonstration may put files."""
        return self.office.folder
