"""Measures the portal's pages as multiples of one reference view of the same run; `make bench` runs it."""
