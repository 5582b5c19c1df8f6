"""How much a file may hold before it is put aside. Generous for what an office fills, far below what hurts."""

MOST_BYTES = 100 << 20
"""A file as it lies in the inbox."""
MOST_INFLATED = 400 << 20
"""All parts of a package together."""
MOST_ENTRIES = 10_000
"""Parts of a package."""
MOST_RATIO = 250
"""Inflated over packed, for parts over ``RATIO_COUNTS_FROM``. Sheets of repeated rows reach about 60."""
RATIO_COUNTS_FROM = 16 << 20
MOST_CELLS = 8_000_000
"""Rows times columns of one sheet, blank ones included: the reader keeps a place for each."""
MOST_SHEETS = 1_000
"""Of one workbook."""
MOST_FILES_IN_ZIP = 500
MOST_SPAN = 1_000
"""Rows or columns that one cell of a web page covers."""
