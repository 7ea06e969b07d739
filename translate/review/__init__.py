"""Reading an edited record back, and learning from it."""
