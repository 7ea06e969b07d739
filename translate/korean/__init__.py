"""Facts about Korean."""
