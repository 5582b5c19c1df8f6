"""Mistakes in drawn procedures, as findings at their cells: they stay open until the workbook is right."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.definitions.drawn_workbook import DrawnProcedures, DrawnWorkbook
from pipeline.definitions.mistakes import DefinitionCell
from pipeline.domain.finding import Finding
from pipeline.domain.rulebook import found
from schemas.language import Localized

_EARLIER = Localized("照上一次没有错的定义办", "the procedure runs as it was last right")
_NOT_YET = Localized("这个流程不启用", "the procedure is not in force")


def wrong_definitions(drawn: DrawnProcedures) -> Iterator[Finding]:
    """Yield what is wrong with the workbooks of *drawn*."""
    for book in drawn.wrong:
        yield from of_workbook(book)


def of_workbook(book: DrawnWorkbook) -> Iterator[Finding]:
    """Yield what is wrong with *book*."""
    for each in book.mistakes:
        yield found(
            "definition.wrong",
            file=book.path.name,
            sheet=each.sheet,
            cell=each.cell,
            value=each.value,
            place=place_of(each.sheet, each.cell),
            what=each.what,
            fix=each.fix,
            until=_EARLIER if book.earlier else _NOT_YET,
        )


def doubtful_labels(drawn: DrawnProcedures) -> Iterator[Finding]:
    """Yield the labels that are taken for something that whoever draws may not mean."""
    yield from _renamed(drawn)
    yield from _called_otherwise(drawn)


def _renamed(drawn: DrawnProcedures) -> Iterator[Finding]:
    """Yield the labels that have taken the place of others: once, for the run that takes them keeps them."""
    for book in drawn.workbooks:
        for each in book.renamed:
            yield _at_cell("definition.renamed", book, each.cell, before=each.before)


def _called_otherwise(drawn: DrawnProcedures) -> Iterator[Finding]:
    """Yield the roles that are there already and that a workbook calls by another of their names, as long as it does."""
    for book in drawn.workbooks:
        for each in book.otherwise:
            yield _at_cell("definition.role_known", book, each.cell, role=each.title)


def _at_cell(rule: str, book: DrawnWorkbook, cell: DefinitionCell, **about: object) -> Finding:
    return found(
        rule,
        file=book.path.name,
        sheet=cell.sheet,
        cell=cell.cell,
        value=cell.text,
        place=place_of(cell.sheet, cell.cell),
        **about,
    )


def place_of(sheet: str, cell: str) -> Localized:
    """Return how a cell of a drawn procedure is named in a sentence; the file where it is none."""
    if not sheet:
        return Localized("", "the file")
    return Localized(f"“{sheet}”页 {cell}".rstrip(), f"sheet “{sheet}” {cell}".rstrip())
