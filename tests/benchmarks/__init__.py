"""Benchmarks: what it costs and how long it takes, mostly as a ratio to something measured in the same run."""
