"""The life of a record: every value, also what the program made of it, to the cell, the file and the person."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.commands.history import history
from pipeline.commands.run import run
from pipeline.commands.undo import undo
from pipeline.publish.record_history import ValueChange
from pipeline.render.text_width import text_width
from pipeline.settings import Settings
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import SHOP, drop, new_office, shops

KEY = str(SHOP["licence_no"])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An office in which a shop is registered, renamed, and renamed once more by a sheet that was taken back."""
    found = new_office(tmp_path)
    drop(found, PEOPLE)
    drop(found, AREAS)
    drop(found, shops({**SHOP, "filled_by": "李敏"}))
    run(found, today=date(2026, 11, 2))
    drop(found, shops({**SHOP, "customer_name": "惠民商店"}, name="更正.xlsx"))
    run(found, today=date(2026, 11, 3))
    drop(found, shops({**SHOP, "customer_name": "误名"}, name="误.xlsx"))
    run(found, today=date(2026, 11, 4))
    undo(found, "误.xlsx", today=date(2026, 11, 5))
    return found


def of(settings: Settings, field: str) -> list[ValueChange]:
    return history(settings, KEY, field=field)


def test_a_value_is_told_with_its_file_its_hash_its_cell_its_run_and_person(settings: Settings) -> None:
    first = of(settings, "客户名称")[0]
    (original,) = (settings.outbox / "archive").rglob("登记.xlsx")

    assert (first.before, first.after, first.run, first.day) == (None, "惠民超市", 1, date(2026, 11, 2))
    assert first.place.startswith("登记.xlsx!") and first.place.endswith("6")
    assert first.submission == hashlib.sha256(original.read_bytes()).hexdigest()


def test_each_change_tells_what_stood_before_and_what_was_taken_back_says_so(settings: Settings) -> None:
    told = [(line.before, line.after, line.undone) for line in of(settings, "客户名称")]
    assert told == [(None, "惠民超市", None), ("惠民超市", "惠民商店", None), ("惠民商店", "误名", 4)]


@pytest.mark.parametrize(
    ("column", "after"),
    [
        ("当前状态", "待核实"),
        ("State", "待核实"),
        ("当前办理人", "K02 李秀英"),
        ("应办结日", "2026-11-05"),
        ("所在辖区", "周窝镇"),
        ("分配依据", "周窝镇（经营地址）"),
    ],
)
def test_what_the_program_made_of_a_row_is_told_by_the_master_s_column_with_the_row(
    settings: Settings, column: str, after: str
) -> None:
    (line,) = of(settings, column)
    assert (line.after, line.run) == (after, 1)
    assert line.place.startswith("登记.xlsx!")


@pytest.mark.parametrize("name", ["联系电话", "contact_phone", "Phone"])
def test_a_field_is_found_by_its_label_in_either_language_and_by_its_code(settings: Settings, name: str) -> None:
    assert [line.after for line in of(settings, name)] == ["13932820018"]


def test_as_text_it_fits_a_terminal_and_tells_of_file_hash_and_undoing(settings: Settings) -> None:
    said = CliRunner().invoke(main, ["history", KEY, "--ledger", settings.ledger]).output.splitlines()

    assert max(map(text_width, said)) <= 100
    assert any(line.startswith("第 3 批  2026-11-04") and line.endswith("（已由第 4 批撤销）") for line in said)
    (renamed,) = [line for line in said if "惠民超市 → 惠民商店" in line]
    assert renamed.split()[-1].count("!") == 1


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        (("131123100019",), KEY),
        (("惠民超是",), "惠民商店"),
        ((KEY, "--field", "客户名"), "客户名称"),
        ((KEY, "--field", "customer_nam"), "customer_name"),
    ],
)
def test_what_is_called_otherwise_ends_with_3_and_the_nearest_names(
    settings: Settings, asked: tuple[str, ...], nearest: str
) -> None:
    given = ["--ledger", settings.ledger, "--config", str(settings.inbox.parent / "pipeline.toml")]
    (settings.inbox.parent / "pipeline.toml").write_text("")

    said = CliRunner().invoke(main, ["history", *asked, *given])

    assert (said.exit_code, said.stdout) == (3, "")
    assert f"没有“{asked[-1]}”" in said.stderr and nearest in said.stderr


def test_a_field_that_never_changed_is_no_mistake(settings: Settings) -> None:
    assert of(settings, "有效期至") != []
    assert of(settings, "核实人") == []
