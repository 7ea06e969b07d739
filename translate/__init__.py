"""Korean–English news translation with proven terminology, published side by side."""

__version__ = "0.1.0"
