"""A procedure drawn in Excel: a workbook of plain rows ⇄ the very same catalogue objects as a declaration in Python."""
