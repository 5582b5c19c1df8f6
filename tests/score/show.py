"""``python -m tests.score.show SEED...``: the sheets of a seed, the truth about them, and what the pipeline makes of it."""

from __future__ import annotations

import sys

from pipeline.domain.place import column_name
from schemas.language.catalogue import load_catalogue
from tests.score.cells import plain
from tests.score.generate import make
from tests.score.ours import judge
from tests.score.score import score
from tests.score.truth import Case


def show(case: Case) -> str:
    """Return the cells of every sheet and the seeded faults, as text."""
    lines = [str(case)]
    for canvas in case.book.sheets:
        lines.append(f"== {canvas.name}{' (hidden)' if canvas.hidden else ''}")
        for row in range(canvas.height):
            held = [(column, canvas.cells.get((row, column))) for column in range(canvas.width)]
            cells = [f"{column_name(column)}: {plain(typed)!r}" for column, typed in held if typed is not None]
            if cells:
                lines.append(f"{row + 1:>4}  " + " | ".join(cells))
        for top, left, bottom, right in canvas.merged:
            lines.append(f"merged {column_name(left)}{top + 1}:{column_name(right)}{bottom + 1}")
    for table in case.tables:
        for fault in table.faults:
            at = "/".join(sorted(fault.cells))
            lines += [f"fault: {fault.kind} of {fault.field} at {table.sheet}!{at}"]
    return "\n".join(lines)


def main() -> None:
    """Show the seeds given."""
    keys = {form.code: form.key.code for form in load_catalogue().forms}
    for case in map(make, map(int, sys.argv[1:])):
        misses = score(case, judge([case])[case.seed], keys).misses
        sys.stdout.write("\n".join([show(case), *misses, "", ""]))


if __name__ == "__main__":
    main()
