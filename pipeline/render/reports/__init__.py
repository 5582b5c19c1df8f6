"""The workbooks that people get, one module a report."""
