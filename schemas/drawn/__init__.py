"""Procedures drawn in Excel alone: each workbook here is one. The demo plays them from a folder as an office keeps its own."""
