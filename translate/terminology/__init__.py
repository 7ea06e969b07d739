"""Terminology: termbase, glossary files, matching, enforcement, ledger."""
