"""An editor's hands in LibreOffice, for the tests: run by a Python that has LibreOffice's ``uno``, not by pytest.

    python3 office.py JOB.json

The job names a profile folder, an editor, and documents: each is opened, in a window or not, changes being recorded or not, goes
through its steps in order (the methods of ``Session``) and is saved as DOCX under another name.  Everything goes through
one process of LibreOffice, which is ended afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.util import DateTime

WORD = "MS Word 2007 XML"


def main() -> None:
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    process, context = start(Path(job["profile"]))
    try:
        configure(context, "/org.openoffice.UserProfile/Data", givenname=job["editor"].split()[0], sn=job["editor"].split()[1])
        for document in job["documents"]:
            Session(context, document, job["editor"]).run(document["steps"], Path(document["out"]))
        service(context, "com.sun.star.frame.Desktop").terminate()
        process.wait(30)
    finally:
        end(process)


def start(profile: Path):
    """LibreOffice listening on a pipe, and its component context."""
    name = f"review{os.getpid()}"
    process = subprocess.Popen(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={name};urp"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + 60
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
            if getattr(context, "ServiceManager", None):  # it answers before it is ready
                return process, context
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            pass
        if time.monotonic() > until or process.poll() not in (None, 0):
            end(process)
            raise SystemExit("LibreOffice does not answer")
        time.sleep(0.2)


def end(process) -> None:
    """Stop LibreOffice if it runs still: soffice is a script, and what it has started goes with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def service(context, name: str):
    return context.ServiceManager.createInstanceWithContext(name, context)


def configure(context, path: str, **values) -> None:
    """Set values of the profile's configuration."""
    provider = service(context, "com.sun.star.configuration.ConfigurationProvider")
    access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", properties(nodepath=path))
    for name, value in values.items():
        access.setPropertyValue(name, value)
    access.commitChanges()


def properties(**values):
    out = []
    for name, value in values.items():
        item = PropertyValue()
        item.Name, item.Value = name, value
        out.append(item)
    return tuple(out)


class Session:
    """One document while it is edited; rows are named by their segments, texts by what stands there once."""

    def __init__(self, context, job, editor: str) -> None:
        """Open the document, in a window or, what suffices but for the menus' commands, without one.

        The headless package of LibreOffice has no description of its comments' windows, and ends where it should draw one: in a
        window goes only what has no comments.
        """
        url = Path(job["in"]).as_uri()
        if job["window"]:
            self.document = service(context, "com.sun.star.frame.Desktop").loadComponentFromURL(url, "_blank", 0, properties(Hidden=True))
            self.dispatcher = service(context, "com.sun.star.frame.DispatchHelper")
            self.controller = self.document.CurrentController
        else:
            self.document = service(context, "com.sun.star.comp.Writer.TextDocument")
            self.document.load(properties(URL=url, FilterName=WORD, Hidden=True))
        self.document.RecordChanges = job["record"]
        self.editor = editor

    def run(self, steps, out: Path) -> None:
        for name, *arguments in steps:
            getattr(self, name)(*arguments)
        self.document.storeToURL(out.as_uri(), properties(FilterName=WORD))
        self.document.dispose()

    # -- where ------------------------------------------------------------------------------------------------------------

    def table(self):
        return self.document.TextTables.getByIndex(0)

    def cell(self, row: str, column: str = "C"):
        """A row's cell: its bookmark is in the last one."""
        name = self.document.Bookmarks.getByName(f"seg_{row}").Anchor.Cell.CellName
        return self.table().getCellByName(column + name[1:])

    def span(self, row: str, text: str, column: str = "C"):
        """A cursor over a text in a cell."""
        cursor = self.cell(row, column).createTextCursor()
        cursor.gotoStart(False)
        # A comment's anchor takes a place in the text and is no character of it.
        while not cursor.String.endswith(text):
            if not cursor.goRight(1, True):
                raise SystemExit(f"{row}{column} has no {text!r}: {cursor.String!r}")
        cursor.collapseToEnd()
        cursor.goLeft(len(text), False)
        cursor.goRight(len(text), True)
        return cursor

    def command(self, name: str) -> None:
        self.dispatcher.executeDispatch(self.controller.Frame, f".uno:{name}", "", 0, ())

    # -- steps ------------------------------------------------------------------------------------------------------------

    def replace(self, row: str, text: str, by: str, column: str = "C") -> None:
        self.span(row, text, column).setString(by)

    def insert(self, row: str, after: str, text: str) -> None:
        cursor = self.span(row, after)
        cursor.collapseToEnd()
        cursor.Text.insertString(cursor, text, False)

    def enter(self, row: str, after: str) -> None:
        cursor = self.span(row, after)
        cursor.collapseToEnd()
        cursor.Text.insertControlCharacter(cursor, 0, False)  # ControlCharacter.PARAGRAPH_BREAK

    def bold(self, row: str, text: str) -> None:
        self.span(row, text).CharWeight = 150.0

    def comment(self, row: str, text: str, words: str, resolved: bool = False) -> None:
        note = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = self.editor, words
        note.DateTimeValue = DateTime(0, 0, 0, 1, 28, 11, 2026, False)
        cursor = self.span(row, text)
        cursor.Text.insertTextContent(cursor, note, True)
        note.Resolved = resolved

    def drop_row(self, row: str) -> None:
        self.controller.select(self.cell(row))
        self.command("DeleteRows")

    def add_row(self, below: str, source: str, target: str) -> None:
        cell = self.cell(below)
        self.controller.select(cell)
        self.command("InsertRowsAfter")
        for column, text in (("B", source), ("C", target)):
            self.table().getCellByName(f"{column}{int(cell.CellName[1:]) + 1}").setString(text)

    def merge(self, first: str, last: str) -> None:
        """Merge the translation cells of two rows."""
        self.select_cells(self.cell(first).CellName, self.cell(last).CellName)
        self.command("MergeCells")

    def select_cells(self, first: str, last: str) -> None:
        self.controller.select(self.table().getCellRangeByName(f"{first}:{last}"))

    def move_row(self, row: str, above: str) -> None:
        """Cut a whole row and paste it above another."""
        name = self.cell(row).CellName
        self.select_cells(f"A{name[1:]}", name)
        self.command("Cut")
        self.controller.select(self.cell(above, "A"))
        self.command("PasteRowsBefore")

    def accept(self, row: str, text: str) -> None:
        self.controller.select(self.span(row, text))
        self.command("AcceptTrackedChange")

    def reject(self, row: str, text: str) -> None:
        self.controller.select(self.span(row, text))
        self.command("RejectTrackedChange")

    def drop_appendix(self) -> None:
        tables = self.document.TextTables
        for table in [tables.getByIndex(i) for i in range(1, tables.Count)]:
            table.dispose()


if __name__ == "__main__":
    main()
