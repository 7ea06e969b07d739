"""Benchmarks: one command a figure; docs/performance.md says how to run each and holds what came out."""
