"""Returns: a sender's own workbook with its bad cells marked and explained. Bytes in, bytes out."""
