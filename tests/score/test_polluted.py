"""The bench of polluted text files counts as a person would, and its files hold what they say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.domain.finding import Finding
from schemas.language import Severity
from tests.score import polluted
from tests.score.ours import ReadFile
from tests.score.polluted import PollutedFile, ours, pollute, section, with_csv, with_pandas
from tests.score.pollutions import KINDS


def _said(file: PollutedFile, monkeypatch: pytest.MonkeyPatch, read: ReadFile) -> dict[str, int]:
    monkeypatch.setattr(polluted, "read_files", lambda files: {file.seed: read})
    return {outcome: count for outcome, count in ours([file]).counted.items() if count}


@pytest.fixture
def file() -> PollutedFile:
    """Three records of a clean file, on lines 2 to 4."""
    made = pollute(0, "nothing")
    return replace(made, meant=made.meant[:3])


def _whole(file: PollutedFile) -> list[tuple[str, dict[str, object]]]:
    return [("登记", dict(meant.values)) for meant in file.meant]


def _finding(cell: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("text.row", severity, submission="0", cell=cell)


def test_what_came_out_as_meant_is_right_quotes_and_blanks_aside(
    file: PollutedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = _whole(file)
    records[0][1]["customer_name"] = f'"{records[0][1]["customer_name"]} '
    assert _said(file, monkeypatch, ReadFile(records=records)) == {"right": 3}


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], "lost in silence"),
        ([_finding("B3")], "told"),
        ([_finding("B3", Severity.WARNING)], "told"),
        ([_finding("B2"), _finding("B4")], "lost in silence"),  # other rows' findings tell nothing of this one
        ([_finding("")], "told"),  # an error of the whole file
        ([_finding("", Severity.REPAIR)], "lost in silence"),
    ],
)
def test_a_lost_record_is_told_by_a_finding_at_its_row_or_of_the_file(
    file: PollutedFile, monkeypatch: pytest.MonkeyPatch, findings: list[Finding], outcome: str
) -> None:
    first, _, third = _whole(file)
    read = ReadFile(reading=findings, records=[first, third])
    assert _said(file, monkeypatch, read) == {"right": 2, outcome: 1}


def test_an_error_at_the_header_of_a_sheet_that_gave_nothing_tells_of_all_its_records(
    file: PollutedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _said(file, monkeypatch, ReadFile(reading=[_finding("A1")])) == {"told": 3}
    some = ReadFile(reading=[_finding("A1")], records=_whole(file)[:1])
    assert _said(file, monkeypatch, some) == {"right": 1, "lost in silence": 2}


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], "changed in silence"),
        ([_finding("G3", Severity.REPAIR)], "changed in silence"),
        ([_finding("G3")], "told"),
    ],
)
def test_a_record_that_came_out_with_other_values_is_told_only_by_an_error_at_its_row(
    file: PollutedFile, monkeypatch: pytest.MonkeyPatch, findings: list[Finding], outcome: str
) -> None:
    records = _whole(file)
    values = records[1][1]
    values["shop_address"], values["area_of_shop"] = values["area_of_shop"], values["shop_address"]
    assert _said(file, monkeypatch, ReadFile(checked=findings, records=records)) == {"right": 2, outcome: 1}


def test_a_record_that_nobody_wrote_is_counted(file: PollutedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [*_whole(file), ("登记", {"licence_no": "许可证号"})]
    monkeypatch.setattr(polluted, "read_files", lambda files: {file.seed: ReadFile(records=records)})
    assert ours([file]).invented == 1


@pytest.mark.parametrize(
    "kind", ["nothing", "LF only", "byte order mark", "GB18030", "UTF-16", "all in quotes", "line feed in quotes"]
)
def test_a_file_that_is_not_spoilt_reads_right_with_everything(kind: str) -> None:
    """If not, the truth about it would be wrong, and not the reading."""
    files = [pollute(seed, kind) for seed in range(4)]
    total = sum(len(each.meant) for each in files)
    assert ours(files).counted == {"right": total}
    for tool in (with_csv, with_pandas):
        assert polluted.plain(files, tool).counted == {"right": total}


def test_a_stray_quote_swallows_rows_for_who_does_not_look() -> None:
    files = [pollute(seed, "quote before a value") for seed in range(8)]
    assert polluted.plain(files, with_csv).counted["lost in silence"] > 0


def test_every_kind_changes_its_file() -> None:
    for kind in KINDS:
        file, clean = pollute(3, kind), pollute(3, "nothing")
        assert kind in {"nothing", "byte order mark"} or file.content != clean.content, kind


def test_where_a_record_stands_is_known_though_its_cells_break() -> None:
    file = pollute(3, "line feed in quotes")
    lines = file.content.decode(file.encoding).replace("\r\n", "\n").split("\n")
    for meant in file.meant:
        assert meant.key in "\n".join(lines[min(meant.rows) - 1 : max(meant.rows)])


def test_the_same_seed_makes_the_same_file() -> None:
    assert pollute(11).content == pollute(11).content


def test_the_page_has_a_column_for_each_tool() -> None:
    files = [pollute(0)]
    total = len(files[0].meant)
    page = section(files, [("Ruwang", ours(files))])
    assert f"| Records right | {total} (100.0%) |" in page
