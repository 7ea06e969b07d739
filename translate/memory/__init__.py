"""The translation memory and the run journal."""
