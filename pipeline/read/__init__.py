"""Bytes → grids of addressed cells → records with places. Knows layouts, not whether a value is right.

The door is ``read_file.read_file``. Nothing here imports pandas: a reading worker has to start in a tenth of a second.
"""
