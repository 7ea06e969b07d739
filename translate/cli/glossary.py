"""``translate glossary``: look up, change, check and exchange terms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from translate.cli.glossary_files import (
    folder,
    glossary_paths,
    holding,
    number,
    only,
    print_json,
    print_rows,
    print_table,
    read_all,
    read_one,
    record,
    save,
    segments,
    shown_value,
    status_of,
    tidy_files,
)
from translate.document import TranslateError

app = typer.Typer(no_args_is_help=True, help="Keep glossaries: look up, change, check, exchange.")

Glossaries = Annotated[
    list[Path] | None,
    typer.Option("-g", "--glossary", help="Glossary file (repeatable). [default: every file in glossary/]"),
]
One = Annotated[Path | None, typer.Option("-g", "--glossary", help="Glossary to change. [default: the only one]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Target = Annotated[str, typer.Option("--target", help="Which row, where the source has several.")]
Outputs = Annotated[Path | None, typer.Option("-r", "--records", help="Folder of XLIFF records. [default: outputs]")]


@app.command("list")
def list_(
    glossary: Glossaries = None,
    status: Annotated[str, typer.Option(help="Only rows of this status.")] = "",
    domain: Annotated[str, typer.Option(help="Only rows of this domain.")] = "",
    as_json: AsJson = False,
) -> None:
    """List terms, in order."""
    from translate.terminology.maintenance import listed

    wanted = status_of(status) if status else None
    print_rows(list(listed(read_all(glossary), wanted, domain)), as_json)


@app.command()
def find(
    query: Annotated[str, typer.Argument(help="Korean, English or an abbreviation; need not be exact.")],
    glossary: Glossaries = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find terms like QUERY in either language.  Exits 1 if there is none."""
    from translate.terminology.maintenance import find as search

    hits = search(read_all(glossary), query, limit)
    likeness = [{"form": h.form, "score": round(h.score, 1)} for h in hits]
    print_rows([(h.glossary, h.row) for h in hits], as_json, likeness)
    if not hits:
        typer.echo(f"nothing like '{query}'", err=True)
        raise typer.Exit(1)


@app.command()
def show(
    term: Annotated[str, typer.Argument(help="A form of the term, in either language.")],
    glossary: Glossaries = None,
    as_json: AsJson = False,
) -> None:
    """Show a term's whole entry: forms, targets, what is forbidden, where it is kept.  Exits 1 if there is none."""
    from translate.terminology.maintenance import concept

    found = concept(read_all(glossary), term)
    if as_json:
        print_json(
            [
                {
                    "id": e.id,
                    "sources": e.sources,
                    "targets": e.targets,
                    "forbidden": e.forbidden,
                    "abbreviation": e.abbreviation,
                    "status": e.status.value,
                    "part_of_speech": e.part_of_speech,
                    "domain": e.domain,
                    "note": e.note,
                    "rows": [f"{g.path}:{r.line}" for g, r in rows],
                }
                for e, rows in found
            ]
        )
    for entry, rows in found if not as_json else ():
        facts = {
            "source": " | ".join(entry.sources),
            "target": " | ".join(entry.targets),
            "forbidden": " | ".join(entry.forbidden),
            "abbreviation": entry.abbreviation,
            "status": entry.status.value,
            "part of speech": entry.part_of_speech,
            "domain": entry.domain,
            "note": entry.note,
            "rows": ", ".join(f"{g.path}:{r.line}" for g, r in rows),
        }
        typer.echo(entry.id)
        for name, value in facts.items():
            if value:
                typer.echo(f"  {name:<15}{value}")
    if not found:
        typer.echo(f"no entry with the form '{term}'; `translate glossary find` looks for forms like it", err=True)
        raise typer.Exit(1)


@app.command()
def add(
    source: Annotated[str, typer.Argument(help="The source term, without particles.")],
    target: Annotated[str, typer.Argument(help="Its target; empty for do-not-translate.")] = "",
    glossary: One = None,
    variants: Annotated[str, typer.Option(help="Further forms of either language, separated by |.")] = "",
    status: Annotated[str, typer.Option(help="The row's status.")] = "preferred",
    part_of_speech: Annotated[str, typer.Option("--pos", help="Part of speech.")] = "",
    domain: Annotated[str, typer.Option(help="Domain.")] = "",
    note: Annotated[str, typer.Option(help="Note for translators.")] = "",
) -> None:
    """Add a term."""
    from translate.terminology.formats.tsv import split
    from translate.terminology.maintenance import add as added
    from translate.terminology.termbase import Row, Status

    known = status_of(status)
    if not target and known not in (Status.DO_NOT_TRANSLATE, Status.PROPOSED):
        raise typer.BadParameter("give a target, or --status do-not-translate or proposed")
    old = read_one(only(glossary), create=True)
    save(added(old, Row(source, target, split(variants), known, part_of_speech, domain, note)))
    typer.echo(f"added {source} → {target or '(none)'} to {old.path}")


@app.command()
def edit(
    source: Annotated[str, typer.Argument(help="The row's source term.")],
    target: Target = "",
    glossary: One = None,
    new_source: Annotated[str | None, typer.Option(help="Another source term.")] = None,
    new_target: Annotated[str | None, typer.Option(help="Another target.")] = None,
    variants: Annotated[str | None, typer.Option(help="Its variants, separated by |.")] = None,
    status: Annotated[str | None, typer.Option(help="Its status.")] = None,
    part_of_speech: Annotated[str | None, typer.Option("--pos", help="Its part of speech.")] = None,
    domain: Annotated[str | None, typer.Option(help="Its domain.")] = None,
    note: Annotated[str | None, typer.Option(help="Its note.")] = None,
) -> None:
    """Change a term: what is given changes, the rest stays."""
    from translate.terminology.formats.tsv import split
    from translate.terminology.maintenance import edit as edited

    changes: dict[str, object] = {
        "source": new_source,
        "target": new_target,
        "variants": None if variants is None else split(variants),
        "status": None if status is None else status_of(status),
        "part_of_speech": part_of_speech,
        "domain": domain,
        "note": note,
    }
    changes = {name: value for name, value in changes.items() if value is not None}
    if not changes:
        raise typer.BadParameter("say what to change: --new-target, --status, --note …")
    old = holding(glossary, source, target)
    save(edited(old, source, target, **changes))
    typer.echo(f"changed {source} in {old.path}: {', '.join(changes)}")


@app.command()
def remove(
    source: Annotated[str, typer.Argument(help="The row's source term.")],
    target: Target = "",
    glossary: One = None,
) -> None:
    """Remove a term's row."""
    from translate.terminology.maintenance import remove as removed
    from translate.terminology.maintenance import the_row

    old = holding(glossary, source, target)
    row = the_row(old, source, target)
    save(removed(old, source, target))
    typer.echo(f"removed {row.source} → {row.target or '(none)'} from {old.path}")


@app.command()
def merge(
    base: Annotated[Path, typer.Argument(help="The glossary that is kept and completed.")],
    other: Annotated[Path, typer.Argument(help="The glossary that is taken in.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
) -> None:
    """Take another glossary in; a rival for a preferred target comes in as proposed."""
    from translate.terminology.maintenance import merge as merged

    result, said = merged(read_one(base), read_one(other))
    for line in said:
        typer.echo(line)
    if not said:
        typer.echo("nothing new")
    elif not dry_run:
        save(result)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The glossary as it was.")],
    new: Annotated[Path, typer.Argument(help="The glossary as it is.")],
    as_json: AsJson = False,
) -> None:
    """Show what changed between two glossaries, of any formats.  Exits 0, changed or not."""
    from translate.terminology.maintenance import diff as differences

    found = differences(read_one(old), read_one(new))
    if as_json:
        print_json([{"before": record(d.before), "after": record(d.after), "changed": d.changed} for d in found])
        return
    for d in found:
        row = d.before or d.after
        assert row is not None
        if d.before and d.after:
            what = "; ".join(f"{n}: {shown_value(d.before, n)} → {shown_value(d.after, n)}" for n in d.changed)
            typer.echo(f"~ {row.source}  {what}")
        else:
            typer.echo(f"{'+' if d.after else '-'} {row.source}  {row.target or '(none)'} ({row.status.value})")
    if not found:
        typer.echo("no difference")


@app.command()
def stats(glossary: Glossaries = None, as_json: AsJson = False) -> None:
    """Count rows, concepts, forms, statuses and domains."""
    from translate.terminology.maintenance import stats as figures

    found = figures(read_all(glossary))
    if as_json:
        print_json([vars(s) for s in found])
        return
    head = ("glossary", "rows", "concepts", "source forms", "targets", "without note", "statuses", "domains")
    body = [
        [s.name, *(f"{n:,}" for n in (s.rows, s.concepts, s.source_forms, s.targets, s.without_note))]
        + [", ".join(f"{name} {count:,}" for name, count in d.items()) for d in (s.statuses, s.domains)]
        for s in found
    ]
    print_table(head, body)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Glossary files, as -g.")] = None,
    glossary: Glossaries = None,
    tidy_first: Annotated[bool, typer.Option("--fix", help="Tidy TSV files first: order, NFC, spaces.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings too.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")] = False,
    memory: Annotated[
        Path | None, typer.Option("--memory", help="Name terms that no source text of this memory has, too.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check glossaries, each one and all together; exit 1 on errors (a pre-commit hook)."""
    from translate.document import Level
    from translate.terminology.checking import check_files, check_use

    paths = [*(files or []), *(glossary or [])] or glossary_paths(None)
    if tidy_first:
        tidy_files(paths)
    issues = check_files(paths)
    errors = sum(1 for i in issues if i.level is Level.ERROR)
    if memory is not None and not errors:
        from translate.memory import open_memory

        if not memory.exists():
            raise TranslateError(f"{memory}: no such translation memory; name one that translate wrote")
        with open_memory(memory) as units:
            texts = dict.fromkeys(u.source for u in units.units() if u.source_language == "ko")
            issues += check_use([read_one(path) for path in paths], texts)
    shown = [i for i in issues if not quiet or i.level is Level.ERROR]
    if as_json:
        print_json([vars(i) for i in shown])
    else:
        for issue in shown:
            typer.echo(str(issue))
        warnings = number(sum(1 for i in issues if i.level is Level.WARNING), "warning")
        typer.echo(f"{number(len(paths), 'glossary', 'glossaries')}: {number(errors, 'error')}, {warnings}")
    if errors or (strict and any(i.level is not Level.INFO for i in issues)):
        raise typer.Exit(1)


@app.command()
def suggest(
    articles: Annotated[list[str], typer.Argument(metavar="FILE...", help="Korean articles; - is standard input.")],
    glossary: Glossaries = None,
    to: Annotated[Path | None, typer.Option("-o", "--to", help="Glossary to write them to, as proposed.")] = None,
    records: Outputs = None,
    least: Annotated[int, typer.Option(min=1, help="How often a term must be seen.")] = 2,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Suggest terms that the glossaries lack.  What is written has the status proposed, never used until approved."""
    from dataclasses import replace

    from translate.sources import read_document
    from translate.terminology import suggestion
    from translate.terminology.formats.tsv import in_order

    texts = ["\n".join(s.source for s in read_document(path, "ko").segments()) for path in articles]
    pairs = [(source, target) for _, _, source, target in segments(records)]
    known = read_all(glossary)
    if to and to.exists():
        known.append(read_one(to))
    found = suggestion.suggest(texts, known, pairs, least, limit)
    if as_json:
        print_json([vars(c) for c in found])
    else:
        head = ("term", "seen", "score", "part of speech", "variants", "target", "example")
        print_table(
            head,
            [(c.term, str(c.count), f"{c.score:.1f}", c.part_of_speech, "|".join(c.variants), c.target, c.example)
             for c in found],
        )  # fmt: skip
    if to and found:
        old = read_one(to, create=True)
        save(replace(old, rows=tuple(in_order([*old.rows, *suggestion.proposed_rows(found)]))))
        typer.echo(f"{number(len(found), 'proposed row')} written to {to}; approve with `edit --status`", err=True)


@app.command()
def where(
    term: Annotated[str, typer.Argument(help="A form of the term, in either language.")],
    glossary: Glossaries = None,
    records: Outputs = None,
    as_json: AsJson = False,
) -> None:
    """Show where a term stands in the outputs' records, in source and target.  Exits 1 if nowhere."""
    from translate.terminology.maintenance import where as places

    found = list(places(read_all(glossary), term, segments(records)))
    if as_json:
        print_json([vars(p) for p in found])
    else:
        head = ("document", "segment", "side", "form", "source", "target")
        print_table(head, [(p.document, p.segment, p.side, p.form, p.source, p.target) for p in found])
    if not found:
        typer.echo(f"'{term}' is in no record", err=True)
        raise typer.Exit(1)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A glossary of any known format: CSV, TSV, XLSX, TBX, UTX …")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where. [default: glossary/NAME.tsv]")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Bring another tool's glossary in, and tell what was mapped and what was lost."""
    from dataclasses import replace

    from translate.terminology.formats import read_foreign, write_glossary
    from translate.terminology.maintenance import tidied

    glossary = read_foreign(file)
    path = output or folder() / f"{file.stem}.tsv"
    if path.exists() and not force:
        raise TranslateError(f"{path}: is there already; take the file in with `merge`, or replace it with --force")
    for note in glossary.notes:
        typer.echo(f"note: {note}", err=True)
    write_glossary(replace(tidied(glossary), path=str(path)), path)
    typer.echo(f"{number(len(glossary.rows), 'row')} written to {path}; look at them with `translate glossary check`")


@app.command()
def export(
    layout: Annotated[str, typer.Option("--for", help="tsv, csv, xlsx, tbx, tbx-dca, tbx-v2, deepl, google …")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to. [default: NAME.SUFFIX here]")] = None,
    glossary: Glossaries = None,
    source: Annotated[str, typer.Option("--from", help="Source language: ko or en. [default: as kept]")] = "",
) -> None:
    """Write glossaries for another tool, several as one; every loss is told, a broken limit refused."""
    from translate.terminology.concepts import languages
    from translate.terminology.formats import format_named, write_glossary
    from translate.terminology.formats.services import Layout
    from translate.terminology.maintenance import together, turned

    if source not in ("", "ko", "en"):
        raise typer.BadParameter("--from is ko or en")
    try:
        chosen = format_named(layout)
    except TranslateError as error:
        raise typer.BadParameter(str(error)) from error
    whole = together(read_all(glossary))
    if source and languages(whole)[0] != source:
        whole = turned(whole)
    broken = chosen.limits(whole) if isinstance(chosen, Layout) else []
    if broken:
        raise TranslateError("; ".join(broken[:5]) + (f" (and {len(broken) - 5} more)" if len(broken) > 5 else ""))
    path = output or Path(f"{whole.name}-{layout}{chosen.SUFFIXES[0]}")
    for loss in chosen.losses(whole):
        typer.echo(f"lost: {loss}", err=True)
    write_glossary(whole, path, chosen)
    typer.echo(f"written: {path}")
