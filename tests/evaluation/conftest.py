"""The command line's fixtures, here too."""

from tests.cli.conftest import desk, run

__all__ = ["desk", "run"]
