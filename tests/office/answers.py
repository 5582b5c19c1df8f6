"""Answers in the exceptions workbook: what somebody chooses beside a finding, and drops back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.office import papers
from tests.office.papers import Kind, Row
from tests.office.scene import Scene

LABEL = ("处理", "Answer")
REGISTER, MINE, NOTED = ("以台账为准", "Keep the register"), ("以我为准", "Take mine"), ("知道了", "Noted")
_COLUMNS = {
    "field": ("栏目", "Field"), "key": ("编号", "Key"), "file": ("文件", "File"), "cell": ("单元格", "Cell"),
    "fix": ("怎样改", "How to mend it"),
}  # fmt: skip
Choose = Callable[[Mapping[str, str]], tuple[str, str] | None]
"""What is chosen beside a line, in both languages; None to leave it."""


def cells_of(text: str) -> set[str]:
    """The cells of a line of what is wrong alike: ``C4``, or ``C4–C6、C9``."""
    cells = set()
    for part in text.split("、"):
        first, _, last = part.partition("–")
        column = first.rstrip("0123456789")
        rows = range(int(first[len(column) :]), int(last[len(column) :]) + 1) if last else ()
        cells |= {f"{column}{row}" for row in rows} or {first}
    return cells


def answered(content: bytes, language: str, choose: Choose) -> tuple[bytes, list[Mapping[str, str]]]:
    """Return the exceptions workbook with what was chosen, and the lines that were answered."""
    at, book, done = int(language == "en"), papers.opened(content), list[Mapping[str, str]]()
    for page in book.worksheets:
        header: dict[str, int] = {}
        for cells in page.iter_rows():
            texts = {str(cell.value): cell.column or 0 for cell in cells if cell.value is not None}
            if LABEL[at] in texts:
                header = texts
            elif header and texts:
                line = {
                    name: str(page.cell(cells[0].row or 0, header[both[at]]).value or "")
                    for name, both in _COLUMNS.items()
                    if both[at] in header
                }
                choice = choose(line)
                if choice is not None:
                    page.cell(cells[0].row or 0, header[LABEL[at]]).value = choice[at]
                    done.append(line)
    return papers.saved(book), done


def is_conflict(line: Mapping[str, str]) -> bool:
    """Whether a line says that one of two values is to be chosen."""
    return any(word.casefold() in line.get("fix", "").casefold() for word in MINE)


def answer(scene: Scene) -> None:
    """Somebody looks through his exceptions: of two values he chooses one; some of the rest he has noted."""
    held = [
        (person, content)
        for person in scene.staff.there(scene.day)
        if (content := scene.office.own_exceptions(person.number))
    ]
    if not held:
        return
    person, content = scene.random.choice(held)
    chosen: dict[str, str] = {}

    def choose(line: Mapping[str, str]) -> tuple[str, str] | None:
        if not is_conflict(line):
            return None
        found = scene.random.choice((REGISTER, MINE))
        chosen[line["key"]] = f"{line['field']} of {line['key']}: {found[1]}"
        return found

    filled, done = answered(content, scene.language, choose)
    if not done:
        return
    rows = [Row(line["key"], {}) for line in done]
    name = f"异常表-{person.number}.xlsx"
    scene.drop(Kind.ANSWER, person, f"answers {len(scene.dropped)}", name, filled, rows, form="exceptions")
    scene.tell(f"{person.name} answers in the exceptions: {'; '.join(chosen.values())}")
