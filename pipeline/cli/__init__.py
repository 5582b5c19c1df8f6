"""The words of the command line: options, text, tables, progress. What a verb does lies in ``commands``."""
