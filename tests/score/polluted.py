"""``python -m tests.score.polluted``: text files that were spoilt on their way, and what became of each record in them.

A record is *right* when it came out as it was meant, quotes and blanks aside. Of one that did not, the sender is *told*
when a finding names its row or its key, or an error or warning the whole file. What is neither is *silent*: lost, or
come out with other values without an error at its row.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pipeline.domain.finding import Finding
from pipeline.domain.place import parse_cell, unpack
from schemas.language import Form, Severity
from schemas.language.catalogue import load_catalogue
from tests.score.dice import Dice
from tests.score.ours import read_files
from tests.score.people import records
from tests.score.pollutions import KINDS, Draft

FILES = 2000
FORM = "registration"
SILENT = ("lost in silence", "changed in silence")
OUTCOMES = ("right", "told", *SILENT)
_MARKS = re.compile(r"[\s\"'“”\\\x00-\x20\x7f-\xa0\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class MeantRecord:
    """One record of a polluted file. ``written`` is by label what was typed; ``values`` by field code what it means."""

    key: str
    written: Mapping[str, str]
    values: Mapping[str, str]
    rows: frozenset[int]
    """Where it stands, from 1: its lines, and the rows as counted with and without blank lines."""


@dataclass(frozen=True, slots=True)
class PollutedFile:
    """A text file with the truth about it. The compared tools are told the separator, encoding and header's place."""

    seed: int
    kind: str
    content: bytes
    meant: tuple[MeantRecord, ...]
    separator: str
    encoding: str
    above: int


@dataclass(slots=True)
class Spoilt:
    """Sums over files: outcomes of records, and records that nobody wrote."""

    counted: Counter[str]
    invented: int
    silent: list[tuple[int, str, str, str]]
    """Seed, kind, key and outcome of each that is silent."""


Rows = Sequence[Mapping[str, str]]
"""What a tool without findings read: rows by label."""


def pollute(seed: int, kind: str = "") -> PollutedFile:
    """Make the file of *seed*; its *kind* goes in turn unless it is given."""
    dice = Dice(seed)
    kind = kind or list(KINDS)[seed % len(KINDS)]
    form = load_catalogue().form(FORM)
    draft = Draft(dice, dice.choice(",,\t;"), _typed(dice, form))
    KINDS[kind](draft)
    if not draft.bom and draft.encoding == "utf-8" and dice.often(0.3):
        draft.bom = True
    ends = [dice.choice(("\r\n", "\n", "\r")) if draft.mixed else draft.newline for _ in draft.lines]
    text = "".join(line.text + end for line, end in zip(draft.lines, ends, strict=True))
    if kind == "file cut off":
        text = text[: -len(ends[-1])]
    content = ("\ufeff" if draft.bom else "") + text
    return PollutedFile(
        seed,
        kind,
        content.encode(draft.encoding),
        tuple(_meant(form, draft)),
        draft.separator,
        {"utf-8": "utf-8-sig", "gb18030": "gb18030"}.get(draft.encoding, "utf-16"),
        draft.above,
    )


def _typed(dice: Dice, form: Form) -> list[list[str]]:
    rows = [[field.label.zh for field in form.fields]]
    for record in records(dice, form, dice.randint(5, 15)):
        row = []
        for field in form.fields:
            option = field.option(record[field.code])
            row.append(option.words.zh if option else str(record[field.code]))
        rows.append(row)
    return rows


def _meant(form: Form, draft: Draft) -> Iterator[MeantRecord]:
    places: defaultdict[str, set[int]] = defaultdict(set)
    line = filled = 0
    for at, each in enumerate(draft.lines):
        ends = len(re.findall(r"\r\n|\r|\n", each.text))
        filled += bool(each.text.strip(f" {draft.separator}"))
        for key in each.keys:
            places[key] |= {*range(line + 1, line + 2 + ends), at + 1, filled}
        line += 1 + ends
    header = draft.cells[0]
    for row in draft.cells[1:]:
        written = {label: cell for label, cell in zip(header, row, strict=True) if cell}
        values = {}
        for field in form.fields:
            if cell := written.get(field.label.zh, ""):
                codes = [option.code for option in field.options if option.words.zh == cell]
                values[field.code] = codes[0] if codes else cell
        yield MeantRecord(row[0], written, values, frozenset(places[row[0]]))


def ours(files: Sequence[PollutedFile]) -> Spoilt:
    """Return what the pipeline makes of *files*."""
    read = read_files([(each.seed, "登记.csv", each.content) for each in files])
    spoilt = Spoilt(Counter(), 0, [])
    for each in files:
        said = read[each.seed]
        came = {str(values.get("licence_no", "")): values for _, values in said.records}
        outcomes = {meant.key: _outcome(meant.values, came.get(meant.key)) for meant in each.meant}
        findings = [*said.reading, *said.checked]
        if not said.records and not said.checked:  # what refuses a whole sheet stands at its header
            findings += [replace(each, cell="") for each in said.reading if each.severity is Severity.ERROR]
        for meant in each.meant:
            if outcomes[meant.key] in SILENT and _told(findings, meant, came_out=meant.key in came):
                outcomes[meant.key] = "told"
        _count(spoilt, each, outcomes, came)
    return spoilt


def _told(findings: Sequence[Finding], meant: MeantRecord, *, came_out: bool) -> bool:
    """Whether somebody learns of a record that is not right: if it came out all the same, only from an error."""
    for finding in findings:
        if came_out and finding.severity is not Severity.ERROR:
            continue
        if not finding.cell:
            if finding.severity is not Severity.REPAIR:
                return True
        elif unpack(parse_cell(finding.cell))[0] + 1 in meant.rows or finding.key == meant.key:
            return True
    return False


def plain(files: Sequence[PollutedFile], read: Callable[[PollutedFile], Rows | None]) -> Spoilt:
    """Return what a tool makes of *files* that tells nothing of rows; it gives None for a file that it refuses."""
    spoilt = Spoilt(Counter(), 0, [])
    for each in files:
        rows = read(each)
        came = {_bare(row.get("许可证号", "")): row for row in rows or ()}
        outcomes = {
            meant.key: "told" if rows is None else _outcome(meant.written, came.get(meant.key)) for meant in each.meant
        }
        _count(spoilt, each, outcomes, came)
    return spoilt


def _count(spoilt: Spoilt, file: PollutedFile, outcomes: Mapping[str, str], came: Mapping[str, Any]) -> None:
    spoilt.counted.update(outcomes.values())
    spoilt.invented += len(came.keys() - outcomes.keys())
    spoilt.silent += [(file.seed, file.kind, key, outcome) for key, outcome in outcomes.items() if outcome in SILENT]


def _outcome(meant: Mapping[str, str], came: Mapping[str, Any] | None) -> str:
    """Return whether a record came out as it was meant, quotes and blanks aside; *came* is None when it did not."""
    if came is None:
        return "lost in silence"
    given = {name: _bare(str(value)) for name, value in came.items() if name and _bare(str(value))}
    return "right" if given == {name: _bare(value) for name, value in meant.items()} else "changed in silence"


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


def with_csv(file: PollutedFile) -> Rows | None:
    """Read *file* with the standard library's ``DictReader``."""
    try:
        lines = io.StringIO(file.content.decode(file.encoding), newline="")
        for _ in range(file.above):
            next(lines)
        return [
            {str(label): value or "" for label, value in row.items() if label is not None}
            for row in csv.DictReader(lines, delimiter=file.separator)
        ]
    except (csv.Error, UnicodeError):
        return None


def with_pandas(file: PollutedFile) -> Rows | None:
    """Read *file* with pandas' ``read_csv``."""
    try:
        frame = pd.read_csv(
            io.BytesIO(file.content),
            sep=file.separator,
            encoding=file.encoding,
            skiprows=file.above,
            dtype=str,
            keep_default_na=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError):
        return None
    return [{str(label): str(value) for label, value in row.items()} for row in frame.to_dict("records")]


def compared(files: Sequence[PollutedFile]) -> list[tuple[str, Spoilt]]:
    """Return by tool what became of the records of *files*."""
    return [
        ("Ruwang", ours(files)),
        ("csv.DictReader", plain(files, with_csv)),
        ("pandas.read_csv", plain(files, with_pandas)),
    ]


def section(files: Sequence[PollutedFile], tools: Sequence[tuple[str, Spoilt]]) -> str:
    """Return the figures as a part of the page."""
    total = sum(len(each.meant) for each in files)
    lines = ["| | " + " | ".join(name for name, _ in tools) + " |", "|---|" + "---:|" * len(tools)]
    for outcome in OUTCOMES:
        shares = (f"{spoilt.counted[outcome]:,} ({100 * spoilt.counted[outcome] / total:.1f}%)" for _, spoilt in tools)
        lines.append(f"| Records {outcome} | " + " | ".join(shares) + " |")
    lines.append("| Records that nobody wrote | " + " | ".join(f"{spoilt.invented:,}" for _, spoilt in tools) + " |")
    return "\n\n".join(
        (
            "## Polluted text files",
            f"{len(files)} text files with {total:,} registrations, each spoilt in one of {len(KINDS)} ways: "
            f"{', '.join(KINDS)}. A record is *right* when all its values came out as meant, quotes and blanks aside; *told* "
            "when it did not and a finding names its row or its key, or an error or warning the whole file; else it is lost, "
            "or changed, in silence. Ruwang is given the file alone; the two others, as they come, are told the encoding, "
            "the separator and the line of the header.",
            "\n".join(lines),
        )
    )


def main() -> None:
    """Print the figures, and with ``--list`` the silent ones of Ruwang by kind."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--list", action="store_true", help="how many are silent by kind, and three seeds of each")
    options.add_argument("--show", type=int, metavar="SEED", help="only the file of a seed, and what was read")
    asked = options.parse_args()
    if asked.show is not None:
        sys.stdout.write(_shown(pollute(asked.show)))
        return
    files = [pollute(seed) for seed in range(asked.files)]
    tools = compared(files)
    sys.stdout.write(section(files, tools) + "\n")
    if asked.list:
        seeds: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for seed, kind, _, outcome in tools[0][1].silent:
            seeds[kind, outcome].append(seed)
        for (kind, outcome), found in sorted(seeds.items()):
            sys.stdout.write(f"{kind}: {len(found)} {outcome}, such as {sorted(set(found))[:3]}\n")


def _shown(file: PollutedFile) -> str:
    read = read_files([(file.seed, "登记.csv", file.content)])[file.seed]
    lines = [f"{file.kind} {file.encoding}", file.content.decode(file.encoding)]
    lines += [f"{each.severity} {each.rule} {each.cell} {each.value!r}" for each in (*read.reading, *read.checked)]
    lines += [f"record {values}" for _, values in read.records]
    lines += [str(each) for each in ours([file]).silent]
    return "\n".join((*lines, ""))


if __name__ == "__main__":
    main()
