"""Bytes → grids of addressed cells, one module a file format."""
