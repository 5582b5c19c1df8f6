"""What a workbook of ours brings back: its embedded metadata, the master as it was edited."""
