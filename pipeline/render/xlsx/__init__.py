"""How a workbook is written: cells, styles, packages. Knows no report."""
