"""CSV and TSV from anywhere: encoding, delimiter and header are found out and told; written as CSV of our columns.

The layouts that translation services ask for are in ``services``.
"""

from __future__ import annotations

import csv
import io
import re

from translate.document import TranslateError
from translate.terminology.formats import tsv
from translate.terminology.formats.table import Cells, from_table
from translate.terminology.termbase import Glossary

NAME = "csv"
SUFFIXES = (".csv", ".txt", ".utf8", ".tab", ".utx")

_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "vertical bar"}


def read(data: bytes, path: str) -> Glossary:
    """The glossary in a delimited file of any layout known; ``notes`` tell what was found out.

    UTX's and OmegaT's comment lines (#) are kept.  Raises TranslateError for bytes in no known encoding, or columns
    that cannot be told apart.
    """
    text, notes = decode(data, path)
    header: list[tuple[str, str]] = []
    comments: list[tuple[int, str]] = []
    kept: list[str] = []
    lines = text.split("\n")
    utx = lines[0].startswith("#UTX")
    told = re.fullmatch(r'"?sep=(.)"?', lines[0].rstrip("\r"))  # Excel's own first line
    if told:
        lines[0] = ""
        notes.append(f"fields are separated by {_NAMES.get(told[1], told[1])}, as the first line says")
    delimiter = told[1] if told else "\t" if utx else _delimiter(lines, notes)
    for number, line in enumerate(lines, 1):
        # "#MeToo<tab>…" is a term: a comment has a space after the sign, or no second field
        if line.startswith("#") and (line[1:2] in ("", " ") or delimiter not in line or line.startswith("#UTX")):
            kept.append("")
            if number == 1 and utx:
                header += _utx_header(line)
                notes.append("UTX header line read")
            elif line.startswith("# ") or line.strip() == "#":
                comments.append((number, line.rstrip("\r")))
            else:
                comments.append((number, "# " + line[1:].rstrip("\r")))
        else:
            kept.append(line)
    while comments and utx and comments[0][1].startswith("# UTX"):
        comments.pop(0)
    table = _cells("\n".join(kept), delimiter, path)
    return from_table(table, path, data, notes, header, comments)


def write(glossary: Glossary) -> bytes:
    """The glossary's rows as CSV (RFC 4180 quoting, UTF-8 with BOM so that spreadsheets read the Korean right)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = tsv.columns_of(glossary)
    writer.writerow(columns)
    for row in tsv.in_order(glossary.rows):
        writer.writerow([tsv.cell(row, column) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def losses(glossary: Glossary) -> list[str]:
    """Header block and comments: a CSV file has no place for them."""
    lost = []
    if glossary.header:
        lost.append(f"header block ({', '.join(key or 'comment' for key, _ in glossary.header)})")
    comments = sum(len(row.comment) for row in glossary.rows) + len(glossary.tail)
    if comments:
        lost.append(f"{comments} comment line{'s' if comments > 1 else ''}")
    return lost


def decode(data: bytes, path: str) -> tuple[str, list[str]]:
    """Text of ``data`` and a note on its encoding: UTF-8, UTF-16 with BOM, or CP949 (Korean Windows)."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp949"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        notes = [] if encoding == "utf-8-sig" else [f"read as {encoding.upper()}"]
        return text.replace("\r\n", "\n").replace("\r", "\n"), notes
    raise TranslateError(f"{path}: neither text in UTF-8 nor in {' nor in '.join(encodings[-1:])}; save it as UTF-8")


def _delimiter(lines: list[str], notes: list[str]) -> str:
    """The delimiter that cuts most lines, and those into an equal number of fields."""
    sample = [line for line in lines[:200] if line.strip() and not line.startswith("#")]
    best, most = ",", 0.0
    for delimiter in _NAMES:
        widths = [len(row) for row in csv.reader(sample, delimiter=delimiter) if row]
        if not widths:
            continue
        usual = max(set(widths), key=widths.count)
        share = widths.count(usual) / len(widths) if usual > 1 else 0.0
        if share > most + 0.1:
            best, most = delimiter, share
    notes.append(f"fields are separated by {_NAMES[best]}")
    return best


def _cells(text: str, delimiter: str, path: str) -> list[Cells]:
    # Tab-separated exchange files know no quoting unless a field both begins and ends with a quotation mark.
    quoted = delimiter != "\t" or any(
        len(f) > 1 and f[0] == f[-1] == '"' for line in text.split("\n")[:500] for f in line.split("\t")
    )
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    table: list[Cells] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                table.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise TranslateError(f"{path}:{line}: {error}; check the quotation marks") from error
    return table


def _utx_header(line: str) -> list[tuple[str, str]]:
    """UTX's first line: ``#UTX 1.20; ko/en; 2026-11-27; title: ...``."""
    parts = [part.strip() for part in line.rstrip("\r").split(";")]
    header = []
    if len(parts) > 1 and "/" in parts[1]:
        source, target = parts[1].split("/", 1)
        header.append(("languages", f"{source[:2].lower()}-{target[:2].lower()}"))
    if len(parts) > 2 and parts[2]:
        header.append(("date", parts[2]))
    for part in parts[3:]:
        key, colon, value = part.partition(":")
        if colon and key.strip().isidentifier():
            header.append((key.strip(), value.strip()))
    return header
