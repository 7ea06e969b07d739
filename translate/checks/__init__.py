"""Checks: one a module, all of one shape (see docs/adding-a-check.md)."""
