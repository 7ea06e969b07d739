"""Publishing: one output format a module, all of one shape."""
