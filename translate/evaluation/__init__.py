"""Quality, terminology and speed, measured."""
