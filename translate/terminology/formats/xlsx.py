"""XLSX: a sheet that people can edit, with a drop-down for the status, a frozen header row and a filter.

The first sheet holds the rows, the sheet "Glossary" the header block, the sheet "Comments" comment lines.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from translate.document import TranslateError
from translate.terminology.formats import tsv
from translate.terminology.formats.table import Cells, from_table
from translate.terminology.termbase import Glossary, Status

NAME = "xlsx"
SUFFIXES = (".xlsx",)

_WIDTHS = {"source": 28, "target": 40, "variants": 36, "status": 17, "part_of_speech": 16, "domain": 16, "note": 50}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PARTS = ("noun", "proper noun", "verb", "adjective", "adverb", "phrase")
_CELL = 32_767  # characters that a cell of Excel holds


def read(data: bytes, path: str) -> Glossary:
    """The glossary in a workbook's first sheet; ``notes`` tell how its columns were taken.

    Raises TranslateError where it is no workbook, or its columns cannot be told.
    """
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise TranslateError(f"{path}: not an XLSX workbook; save it as .xlsx or .csv") from error
    sheets = book.worksheets
    if not sheets:
        raise TranslateError(f"{path}: the workbook has no sheet")
    notes = []
    header = []
    comments: list[tuple[int, str]] = []
    for sheet in sheets[1:]:
        values = [[_text(v) for v in row] for row in sheet.iter_rows(values_only=True)]
        if sheet.title == "Glossary":
            header = [(row[0], row[1] if len(row) > 1 else "") for row in values[1:] if any(row)]
        elif sheet.title == "Comments":
            comments = [(int(row[0]) if row[0].isdecimal() else 1 << 30, row[1]) for row in values[1:] if len(row) > 1]
        elif any(any(row) for row in values):
            notes.append(f"sheet '{sheet.title}' is not read: only the first one is")
    table: list[Cells] = []
    for number, row in enumerate(sheets[0].iter_rows(values_only=True), 1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            table.append((number, cells))
    return from_table(table, path, data, notes, header, comments)


def write(glossary: Glossary) -> bytes:
    """The glossary as a workbook."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Terms"
    columns = tsv.columns_of(glossary)
    sheet.append(list(columns))
    rows = tsv.in_order(glossary.rows)
    comments = []
    for number, row in enumerate(rows, 2):
        for index, name in enumerate(columns, 1):
            _put(sheet.cell(number, index), tsv.cell(row, name))
        comments += [(number, comment) for comment in row.comment]
    comments += [(len(rows) + 2, comment) for comment in glossary.tail]
    _dress(sheet, columns, len(rows) + 1)
    _second(book.create_sheet("Glossary"), ("key", "value"), glossary.header, (20, 60))
    if comments:
        _second(book.create_sheet("Comments"), ("row", "comment"), comments, (8, 80))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def losses(glossary: Glossary) -> list[str]:
    """Control characters and values longer than a cell holds."""
    lost = []
    for row in glossary.rows:
        values = [tsv.cell(row, name) for name in tsv.columns_of(glossary)]
        if any(_ILLEGAL.search(v) for v in values):
            lost.append(f"{row.source}: control characters left out")
        if any(len(v) > _CELL for v in values):
            lost.append(f"{row.source}: a value longer than {_CELL:,} characters is cut")
    return lost


def _dress(sheet: Any, columns: tuple[str, ...], last: int) -> None:
    fill = PatternFill("solid", fgColor="DDE6F0")
    for index, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(name, 20)
        cell = sheet.cell(1, index)
        cell.font, cell.fill = Font(bold=True), fill
    for name, choices, strict in (("status", [s.value for s in Status], True), ("part_of_speech", _PARTS, False)):
        if name in columns:
            letter = get_column_letter(columns.index(name) + 1)
            allowed = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            allowed.errorTitle, allowed.error = name, f"One of: {', '.join(choices)}"
            allowed.showErrorMessage = strict
            # A thousand empty rows below take the drop-down too, for terms added in the spreadsheet.
            allowed.add(f"{letter}2:{letter}{last + 1000}")
            sheet.add_data_validation(allowed)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _second(sheet: Any, names: tuple[str, str], pairs: Any, widths: tuple[int, int]) -> None:
    sheet.append(list(names))
    for number, pair in enumerate(pairs, 2):
        for index, value in enumerate(pair, 1):
            _put(sheet.cell(number, index), str(value))
    for letter, width in zip("AB", widths, strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = Font(bold=True)
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: str) -> None:
    if not value:
        return
    cell.value = _ILLEGAL.sub("", value)[:_CELL]
    cell.data_type = "s"  # a term that begins with = is no formula
    cell.number_format = "@"  # and "1-2" no date
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
