"""Benchmarks that anyone can run again: what is measured stands in docs/benchmarks.md."""
