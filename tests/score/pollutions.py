"""What goes wrong in a text file on its way: each kind of pollution, done to lines of which the truth is known."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.score.dice import Dice

REMARKS, NAME, ADDRESS = "备注", "客户名称", "经营地址"


@dataclass(slots=True)
class PollutedLine:
    """One line as it is stored, without its end; it may hold line feeds. ``keys`` are those of the records on it."""

    text: str
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A text file while it is made. ``cells`` are the rows of the table, the header first, as they were meant."""

    dice: Dice
    separator: str
    cells: list[list[str]]
    lines: list[PollutedLine] = field(default_factory=list)
    newline: str = "\r\n"
    mixed: bool = False
    encoding: str = "utf-8"
    bom: bool = False
    above: int = 0
    """Lines above the header: the compared tools are told."""

    def __post_init__(self) -> None:
        self.lines = [
            PollutedLine(joined(row, self.separator), (row[0],) if at else ()) for at, row in enumerate(self.cells)
        ]

    def column(self, label: str) -> int:
        """Return where the column with *label* stands."""
        return self.cells[0].index(label)

    def victim(self, *, last: bool = False) -> int:
        """Return the line of some record, or of the *last*."""
        return len(self.cells) - 1 if last else self.dice.randint(1, len(self.cells) - 1)

    def rewrite(self, at: int, cells: Sequence[str], *, quoted: bool = True) -> None:
        """Write line *at* anew, as a program would or without any quotes."""
        text = joined(cells, self.separator) if quoted else self.separator.join(cells)
        self.lines[at] = replace(self.lines[at], text=text)

    def mean(self, at: int, label: str, value: str) -> list[str]:
        """Let the record on line *at* hold *value*, and return its cells."""
        self.cells[at][self.column(label)] = value
        return list(self.cells[at])


def joined(cells: Sequence[str], separator: str) -> str:
    """Return one line as a program writes it."""
    held = io.StringIO()
    csv.writer(held, delimiter=separator).writerow(cells)  # it would quote no line feed if its lines had no end
    return held.getvalue().removesuffix("\r\n")


def _clean(_: Draft) -> None:
    """Nothing."""


def _quote_before(draft: Draft) -> None:
    """A quote stands before one value, and none after it."""
    at = draft.victim()
    cells, column = list(draft.cells[at]), draft.column(draft.dice.choice((NAME, ADDRESS, REMARKS)))
    cells[column] = f'"{cells[column]}'
    draft.rewrite(at, cells, quoted=False)


def _quote_within(draft: Draft) -> None:
    at, label = draft.victim(), draft.dice.choice((NAME, ADDRESS, REMARKS))
    value = draft.cells[at][draft.column(label)]
    draft.rewrite(at, draft.mean(at, label, f'{value[:2]}"{value[2:]}'), quoted=False)


def _quote_after(draft: Draft) -> None:
    at, label = draft.victim(), draft.dice.choice((NAME, ADDRESS, REMARKS))
    draft.rewrite(at, draft.mean(at, label, draft.cells[at][draft.column(label)] + '"'), quoted=False)


def _text_after_quotes(draft: Draft) -> None:
    """``"惠民"超市``: the quotes are part of the name."""
    at = draft.victim()
    value = draft.cells[at][draft.column(NAME)]
    draft.rewrite(at, draft.mean(at, NAME, f'"{value[:2]}"{value[2:]}'), quoted=False)


def _unclosed_last(draft: Draft) -> None:
    at = draft.victim(last=True)
    cells, column = list(draft.cells[at]), draft.column(draft.dice.choice((NAME, REMARKS)))
    cells[column] = f'"{cells[column]}'
    draft.rewrite(at, cells, quoted=False)


def _unquoted_separator(draft: Draft) -> None:
    at, label = draft.victim(), draft.dice.choice((ADDRESS, REMARKS, NAME))
    value = draft.cells[at][draft.column(label)]
    draft.rewrite(at, draft.mean(at, label, f"{value}{draft.separator}东侧"), quoted=False)


def _separator_missing(draft: Draft) -> None:
    """Not between the last two cells: such a row looks like one whose last cell is blank."""
    at = draft.victim()
    cells, column = list(draft.cells[at]), draft.dice.randint(1, len(draft.cells[0]) - 3)
    cells[column : column + 2] = [cells[column] + cells[column + 1]]
    draft.rewrite(at, cells, quoted=False)


def _separator_too_many(draft: Draft) -> None:
    at = draft.victim()
    cells = list(draft.cells[at])
    cells.insert(draft.dice.randint(1, len(cells) - 1), "")
    draft.rewrite(at, cells, quoted=False)


def _row_trails(draft: Draft) -> None:
    for at in {draft.victim(), draft.victim()}:
        draft.lines[at].text += draft.separator * draft.dice.randint(1, 3)


def _all_trail(draft: Draft) -> None:
    for line in draft.lines:
        line.text += draft.separator


def _other_separator(draft: Draft) -> None:
    """Some rows were pasted from a file with another separator."""
    other = draft.dice.choice([each for each in ",;\t" if each != draft.separator])
    for at in {draft.victim(), draft.victim()}:
        draft.lines[at].text = joined(draft.cells[at], other)


def _backslashes(draft: Draft) -> None:
    r"""``"惠民\"老店\""``: quotes as some databases write them."""
    for at in {draft.victim(), draft.victim()}:
        cells = draft.mean(at, NAME, f'{draft.cells[at][draft.column(NAME)]}"老店{draft.separator}"')
        draft.lines[at].text = draft.separator.join(f'"{_backslashed(cell)}"' for cell in cells)


def _backslashed(cell: str) -> str:
    return cell.replace('"', '\\"')


def _single_quotes(draft: Draft) -> None:
    for at in range(1, len(draft.cells)):
        cells = draft.mean(at, ADDRESS, f"{draft.cells[at][draft.column(ADDRESS)]}{draft.separator}路北")
        draft.lines[at].text = draft.separator.join(f"'{cell}'" for cell in cells)
    draft.lines[0].text = draft.separator.join(f"'{cell}'" for cell in draft.cells[0])


def _blank_before_quotes(draft: Draft) -> None:
    for at in range(1, len(draft.cells)):
        cells = draft.mean(at, ADDRESS, f"{draft.cells[at][draft.column(ADDRESS)]}{draft.separator}路北")
        draft.lines[at].text = f"{draft.separator} ".join(joined([cell, ""], draft.separator)[:-1] for cell in cells)


def _mixed_newlines(draft: Draft) -> None:
    draft.mixed = True


def _cr_only(draft: Draft) -> None:
    draft.newline = "\r"


def _lf_only(draft: Draft) -> None:
    draft.newline = "\n"


def _odd_line_signs(draft: Draft) -> None:
    """Signs that Python's ``splitlines`` takes for the end of a line, and no program that writes text files does."""
    sign = draft.dice.choice("\u2028\u2029\x0b\x0c\x85\x1c\x1d\x1e")
    at, label = draft.victim(), draft.dice.choice((ADDRESS, REMARKS))
    draft.rewrite(at, draft.mean(at, label, f"{draft.cells[at][draft.column(label)]}{sign}东侧"))


def _with_bom(draft: Draft) -> None:
    draft.bom = True


def _gb18030(draft: Draft) -> None:
    draft.encoding = "gb18030"
    draft.rewrite(1, draft.mean(1, NAME, "㐂𠮷超市"))


def _utf16(draft: Draft) -> None:
    draft.encoding = draft.dice.choice(("utf-16-le", "utf-16-be"))
    draft.bom = True


def _preamble(draft: Draft) -> None:
    title = PollutedLine(draft.dice.choice(("新入网户登记表", "新入网户登记表,2026年11月", '"新入网户登记表"')))
    draft.lines[:0] = [title, PollutedLine("制表单位：武强县局"), PollutedLine("")][: draft.dice.randint(1, 3)]
    draft.above = len(draft.lines) - len(draft.cells)


def _footnotes(draft: Draft) -> None:
    count = len(draft.cells) - 1
    draft.lines += [PollutedLine(f"合计{draft.separator}{count}"), PollutedLine("注：以上数据截至本月底。")]


def _repeated_header(draft: Draft) -> None:
    draft.lines.insert(draft.dice.randint(2, len(draft.lines)), PollutedLine(draft.lines[0].text))


def _cut_short(draft: Draft) -> None:
    """The last cells of a row are blank, and their separators left out."""
    at = draft.victim()
    draft.mean(at, REMARKS, "")
    draft.rewrite(at, draft.mean(at, "填表人", "")[:-2])


def _empty_lines(draft: Draft) -> None:
    for _ in range(draft.dice.randint(1, 4)):
        blank = draft.dice.choice(("", "  ", draft.separator * (len(draft.cells[0]) - 1)))
        draft.lines.insert(draft.dice.randint(1, len(draft.lines)), PollutedLine(blank))


def _line_feed_in_cell(draft: Draft) -> None:
    at, label = draft.victim(), draft.dice.choice((ADDRESS, REMARKS))
    end = draft.dice.choice(("\n", "\r\n"))
    draft.rewrite(at, draft.mean(at, label, f"{draft.cells[at][draft.column(label)]}{end}东侧"))


def _line_feed_unquoted(draft: Draft) -> None:
    """A line breaks in the middle of a value that has no quotes."""
    at, label = draft.victim(), draft.dice.choice((ADDRESS, REMARKS))
    draft.rewrite(at, draft.mean(at, label, f"{draft.cells[at][draft.column(label)]}\n东侧"), quoted=False)


def _all_quoted(draft: Draft) -> None:
    at = draft.victim()
    draft.mean(at, NAME, f'{draft.cells[at][draft.column(NAME)]}"老店"')
    for line, row in zip(draft.lines, draft.cells, strict=True):
        line.text = draft.separator.join('"{}"'.format(cell.replace('"', '""')) for cell in row)


def _row_in_quotes(draft: Draft) -> None:
    """Whole rows stand in quotes once more, as after opening and saving a file in the wrong way."""
    for at in {draft.victim(), draft.victim()}:
        draft.lines[at].text = '"{}"'.format(draft.lines[at].text.replace('"', '""'))


def _announced(draft: Draft) -> None:
    draft.lines.insert(0, PollutedLine(f"sep={draft.separator}"))
    draft.above = 1


def _two_quotes_apart(draft: Draft) -> None:
    """Two rows each have a stray quote: what stands between them looks like one cell."""
    first, last = sorted(draft.dice.sample(range(1, len(draft.cells)), 2))
    for at in (first, last):
        cells, column = list(draft.cells[at]), draft.column(NAME)
        cells[column] = f'"{cells[column]}'
        draft.rewrite(at, cells, quoted=False)


def _inches(draft: Draft) -> None:
    """``12"电视``: a quote that is a unit, in several rows."""
    for at in range(1, len(draft.cells)):
        if draft.dice.often(0.5):
            draft.rewrite(at, draft.mean(at, REMARKS, f'{draft.dice.randint(12, 60)}"电视'), quoted=False)


def _cut_off(draft: Draft) -> None:
    """The file ends in the middle of its last row, before a cell that nobody leaves blank: later, nobody could see it."""
    last = draft.cells[-1]
    whole = joined(last[: draft.column("有效期止")], draft.separator)
    draft.lines[-1].text = whole[: draft.dice.randint(15, len(whole))]


def _run_together(draft: Draft) -> None:
    """A line has lost its end: two records stand on one."""
    at = draft.dice.randint(1, len(draft.cells) - 2)
    first, second = draft.lines[at : at + 2]
    draft.lines[at] = PollutedLine(first.text + second.text, first.keys + second.keys)
    draft.lines[at + 1] = PollutedLine("", second.keys)


KINDS: Mapping[str, Callable[[Draft], None]] = {
    "nothing": _clean,
    "quote before a value": _quote_before,
    "quote within a value": _quote_within,
    "quote after a value": _quote_after,
    "text after quotes": _text_after_quotes,
    "unclosed quote in the last row": _unclosed_last,
    "two stray quotes": _two_quotes_apart,
    "inches": _inches,
    "unquoted separator": _unquoted_separator,
    "separator missing": _separator_missing,
    "separator too many": _separator_too_many,
    "some rows trail separators": _row_trails,
    "all rows trail a separator": _all_trail,
    "rows with another separator": _other_separator,
    "backslashes before quotes": _backslashes,
    "single quotes": _single_quotes,
    "blank before quotes": _blank_before_quotes,
    "mixed line ends": _mixed_newlines,
    "CR only": _cr_only,
    "LF only": _lf_only,
    "odd line signs": _odd_line_signs,
    "byte order mark": _with_bom,
    "GB18030": _gb18030,
    "UTF-16": _utf16,
    "lines above": _preamble,
    "lines below": _footnotes,
    "header repeated": _repeated_header,
    "row cut short": _cut_short,
    "empty lines": _empty_lines,
    "line feed in quotes": _line_feed_in_cell,
    "line feed without quotes": _line_feed_unquoted,
    "all in quotes": _all_quoted,
    "rows in quotes once more": _row_in_quotes,
    "sep= above": _announced,
    "file cut off": _cut_off,
    "two rows on a line": _run_together,
}
"""By what they are called on the page."""
