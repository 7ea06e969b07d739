"""Facts about English."""
