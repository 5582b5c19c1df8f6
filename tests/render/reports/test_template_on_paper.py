"""The blank sheets of the forms that ask most on paper: A4, in letters that can be read, a list two pages wide at the most."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from pipeline.render.reports.template import blank
from pipeline.render.xlsx.workbook import Book, WorkbookSheet
from pipeline.render.xlsx.write_workbook import write
from schemas.language import Form, Layout
from schemas.language.catalogue import load_catalogue
from tests.tools.paper import Printed, is_a4

TOGETHER = 8
FORMS = 60
"""Those with the most columns: what fewer columns take has room where these have. Raise it to print every form."""
PrintAll = Callable[[Mapping[str, bytes]], dict[str, Printed]]


def asking_most(layout: Layout) -> list[Form]:
    forms = [form for form in load_catalogue().handed_in if layout in form.layouts]
    return sorted(forms, key=lambda form: len(form.fields), reverse=True)[:FORMS]


def books(layout: Layout) -> dict[str, bytes]:
    """The blank sheets of those forms, some to a book, each bearing below its heading whose it is: so it takes half the time."""
    forms = asking_most(layout)
    made = {}
    for first in range(0, len(forms), TOGETHER):
        sheets: list[WorkbookSheet] = []
        for form in forms[first : first + TOGETHER]:
            whole = blank(form, layout, "zh", "某县营销部").sheets
            # the page that explains is the same for both layouts
            for what, sheet in zip(("form", "guide"), whole if layout is Layout.LIST else whole[:1], strict=False):
                sheets.append(replace(sheet, title=f"{len(sheets)}", subheading=f"[{form.code} {what}]"))
        made[f"{first:03}"] = write(Book(tuple(sheets), {}, footer=""))
    return made


@pytest.mark.parametrize("layout", [Layout.LIST, Layout.CARD])
def test_blank_sheets_are_printed_on_a4_that_can_be_read(layout: Layout, print_all: PrintAll) -> None:
    counted: dict[tuple[str, str], int] = {}
    for paper in print_all(books(layout)).values():
        assert all(is_a4(size) for size in paper.sizes())
        assert paper.least_letters() >= 7
        for text in paper.texts():
            marked = re.search(r"\[(\w+) (form|guide)\]", text)
            at = (marked[1], marked[2]) if marked else next(reversed(counted))
            counted[at] = counted.get(at, 0) + 1

    assert {code for code, _ in counted} == {form.code for form in asking_most(layout)}
    most = 2 if layout is Layout.LIST else 1
    assert [at for at, pages in counted.items() if at[1] == "form" and pages > most] == []
    assert [at for at, pages in counted.items() if pages > 2] == []
