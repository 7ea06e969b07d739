"""``translate memory``: look into the translation memory, exchange it, keep it tidy."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.document import LANGUAGES, TranslateError
from translate.files import writing

if TYPE_CHECKING:
    from translate.document import Occurrence
    from translate.memory import Memory, Unit
    from translate.memory.align import Pair

app = typer.Typer(no_args_is_help=True, help="The translation memory: import, export, search, tidy.")
MemoryPath = Annotated[Path | None, typer.Option("--memory", help="The memory's file. [default: as in translate.toml]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def _open(path: Path | None, must_exist: bool = True) -> Memory:
    from translate.memory import open_memory
    from translate.settings import load_settings

    chosen = path or Path(load_settings(Path()).memory)
    if must_exist and not chosen.exists():
        raise TranslateError(f"{chosen}: no such translation memory; translate something first, or name one with --memory")
    return open_memory(chosen)


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="TMX, CSV or TSV files, by their suffix.")],
    memory: MemoryPath = None,
    source: Annotated[str, typer.Option("--from", help="Source language: ko or en.")] = "ko",
) -> None:
    """Take units in from TMX, CSV or TSV files; a table's first line names its columns, source and target among them."""
    from translate.memory.reading import import_file

    _check_source(source)
    with _open(memory, must_exist=False) as opened:
        for file in files:
            skipped = _Skipped()
            count = import_file(opened, file, source, "en" if source == "ko" else "ko", skipped)
            typer.echo(f"{file}: {count} units taken, {skipped.count} skipped")
            for why in skipped.first:
                typer.echo(f"  {why}", err=True)


class _Skipped:
    """Counts what a reader passes over, and keeps the first few."""

    def __init__(self) -> None:
        self.count, self.first = 0, list[str]()

    def __call__(self, why: str) -> None:
        self.count += 1
        if len(self.first) < 5:
            self.first.append(why)


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="The TMX, CSV or TSV file to write, by its suffix.")], memory: MemoryPath = None
) -> None:
    """Write all units to a TMX, CSV or TSV file."""
    from translate.memory.tables import SUFFIXES, write_table
    from translate.memory.tmx import write_tmx

    suffix = file.suffix.lower()
    if suffix not in (".tmx", *SUFFIXES):
        raise TranslateError(f"{file}: the memory is written as .tmx, .csv or .tsv; name the file so")
    with _open(memory) as opened, writing(file) as out:
        count = write_table(opened.units(), out, suffix) if suffix in SUFFIXES else write_tmx(opened.units(), out)
    typer.echo(f"{file}: {count} units")


@app.command()
def align(
    korean: Annotated[str, typer.Argument(metavar="KO.txt", help="The Korean text: any file that translate reads.")],
    english: Annotated[str, typer.Argument(metavar="EN.txt", help="The English text.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", help="A .docx to review the pairs in, with its record beside it, or a TMX file. [default: into the memory]"),
    ] = None,
    glossary: Annotated[
        list[Path] | None, typer.Option("-g", "--glossary", help="Glossary file; repeat for several. [default: the project's]")
    ] = None,
    memory: MemoryPath = None,
    source: Annotated[str, typer.Option("--from", help="Which is the source: ko or en.")] = "ko",
) -> None:
    """Pair the sentences of a text and its existing translation.

    The pairs are a person's work in state translated: they are shown and searched, and used once somebody has reviewed them, in
    the DOCX (translate review) or elsewhere.
    """
    from translate.memory.align import UNSURE
    from translate.memory.align import align as pair_up
    from translate.memory.tmx import write_tmx

    _check_source(source)
    if output and output.suffix.lower() not in (".docx", ".tmx"):
        raise TranslateError(f"{output}: pairs are written as .docx or .tmx; name the file so")
    sentences = _sentences(korean, "ko"), _sentences(english, "en")
    pairs = pair_up(*sentences, _terms([s for p in sentences[0] for s in p], "ko", glossary))
    name = Path(korean if source == "ko" else english).stem
    units = _aligned(pairs, source, name)
    if output and output.suffix.lower() == ".docx":
        _publish_pairs(pairs, source, output, korean if source == "ko" else english, glossary)
    elif output:
        with writing(output) as out:
            write_tmx(units, out, source)
    else:
        with _open(memory, must_exist=False) as opened:
            opened.store(units)
    shapes = Counter("-".join(map(str, p.shape)) for p in pairs)
    kinds = ", ".join(f"{count} {shape}" for shape, count in shapes.most_common())
    sure = sum(p.sure for p in pairs if 0 not in p.shape) / len(units) if units else 0.0
    typer.echo(f"{len(units)} pairs ({kinds}), {sure:.0%} sure on average; {output or 'in the memory, as translated'}")
    for p in pairs:
        if p.sure < UNSURE or 0 in p.shape:
            typer.echo(f"  {p.sure:.0%} sure: {p.korean or 'nothing'} = {p.english or 'nothing'}")


def _terms(texts: list[str], language: str, glossaries: list[Path] | None) -> list[tuple[Occurrence, ...]]:
    """The terms and names in texts of one document."""
    from translate.settings import load_settings
    from translate.terminology.loading import default_paths, load_matcher
    from translate.terminology.names import name_occurrences

    settings = load_settings(Path())
    paths = glossaries or default_paths(Path(settings.glossary))
    _, matcher = load_matcher(paths, settings.cache_folder(), language, "en" if language == "ko" else "ko")
    found = matcher.match_document(texts)
    return name_occurrences(texts, found) if language == "ko" else found


def _publish_pairs(pairs: list[Pair], source: str, output: Path, path: str, glossaries: list[Path] | None) -> None:
    """The pairs as a record and its DOCX, a row each; sentences of the source without a partner have an empty translation."""
    from dataclasses import replace

    from translate.memory.align import as_document
    from translate.publishing import publish
    from translate.terminology.enforcement import prove

    record = output.with_suffix(".xlf")
    if record.exists():
        raise TranslateError(f"{record}: there is a record of that name already; choose another name with -o")
    document = as_document(pairs, source, output.stem, path, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    found = iter(_terms([s.source for s in document.segments()], source, glossaries))
    language = document.target_language
    document = document.map_segments(
        lambda s: replace(s, occurrences=prove(lines, s.target, language) if (lines := next(found)) and s.target else ())
    )
    publish(document, output.parent, ["docx"])


def _sentences(path: str, language: str) -> list[list[str]]:
    """The text as paragraphs of sentences, without the page's furniture."""
    from translate.document import Kind
    from translate.sources import read_document

    document = read_document(path)
    if document.source_language != language:
        raise TranslateError(f"{path}: is not in {LANGUAGES[language]}; give the Korean text first, then the English one")
    return [[s.source for s in b.segments] for b in document.blocks if b.kind is not Kind.BOILERPLATE]


def _aligned(pairs: list[Pair], source: str, name: str) -> list[Unit]:
    from translate.document import Origin, State
    from translate.memory import Unit

    sides = [(p.korean, p.english, p.sure) if source == "ko" else (p.english, p.korean, p.sure) for p in pairs]
    texts = [side for side in sides if side[0]]
    date = datetime.now(UTC).strftime("%Y-%m-%d")
    return [
        Unit(
            text,
            translation,
            source,
            "en" if source == "ko" else "ko",
            previous=texts[i - 1][0] if i else "",
            next=texts[i + 1][0] if i + 1 < len(texts) else "",
            state=State.TRANSLATED,
            origin=Origin.HUMAN,
            date=date,
            document=name,
            confidence=round(sure, 3),
        )
        for i, (text, translation, sure) in enumerate(texts)
        if translation
    ]


def _check_source(code: str) -> None:
    if code not in LANGUAGES:
        raise typer.BadParameter(f"unknown language '{code}' in --from; known: {', '.join(LANGUAGES)}")


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Text in either language.")],
    memory: MemoryPath = None,
    like: Annotated[bool, typer.Option("--like", help="Fuzzy matches of a whole sentence instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find units."""
    with _open(memory) as opened:
        if like:
            language = "ko" if any("가" <= c <= "힣" for c in text) else "en"
            matches = opened.fuzzy(text, language, "en" if language == "ko" else "ko", limit=10, threshold=0.5)
            rows = [{"percent": m.percent, "note": m.note, **_told(opened, m.unit)} for m in matches]
        else:
            rows = [_told(opened, unit) for unit in opened.search(text)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        percent = f"{row['percent']} %{row['note'] and ', '}{row['note']} " if "percent" in row else ""
        typer.echo(f"{percent}[{row['state']}] {row['source']}\n    {row['target']}")
        for version in row["earlier"]:
            whose = ", ".join(filter(None, ("earlier", version["state"], version["author"])))
            typer.echo(f"    {whose}: {version['target']}")
    if not rows:
        typer.echo("nothing found", err=True)


def _told(memory: Memory, unit: Unit) -> dict[str, Any]:
    """A unit as plain data, with the versions in whose place it stands."""
    return {**unit._asdict(), "earlier": [asdict(version) for version in memory.earlier(unit)]}


@app.command()
def stats(memory: MemoryPath = None, as_json: AsJson = False) -> None:
    """How many units there are, by state and origin."""
    with _open(memory) as opened:
        counts = opened.stats()
    if as_json:
        typer.echo(json.dumps(counts))
        return
    for name, count in counts.items():
        typer.echo(f"{name}: {count}")


@app.command()
def edit(
    source: Annotated[str, typer.Argument(help="The exact source text.")],
    target: Annotated[str, typer.Argument(help="Its translation from now on.")],
    memory: MemoryPath = None,
    author: Annotated[str, typer.Option("--author", help="Who says so.")] = "",
) -> None:
    """Make this the reviewed translation of a source text, wherever the text stands; what was there is kept as an earlier version."""
    from translate.document import Origin, State
    from translate.memory import Unit

    if not source.strip() or not target.strip():
        raise typer.BadParameter("source and translation must both have text; to delete a unit use translate memory remove")
    language = "ko" if any("가" <= c <= "힣" for c in source) else "en"
    date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    unit = Unit(
        source, target, language, "en" if language == "ko" else "ko", state=State.REVIEWED, origin=Origin.HUMAN, author=author, date=date
    )
    with _open(memory, must_exist=False) as opened:
        opened.revise(unit)
    typer.echo("stored as reviewed")


@app.command()
def remove(source: Annotated[str, typer.Argument(help="The exact source text.")], memory: MemoryPath = None) -> None:
    """Remove all units of a source text."""
    with _open(memory) as opened:
        count = opened.remove(source)
    typer.echo(f"{count} units removed")


@app.command()
def vacuum(memory: MemoryPath = None) -> None:
    """Give unused space back to the disk."""
    with _open(memory) as opened:
        opened.vacuum()
