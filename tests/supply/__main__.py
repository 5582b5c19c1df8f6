"""Writes docs/dependencies.md."""

from tests.supply.licences import PAGE, page

PAGE.write_text(page(), encoding="utf-8")
