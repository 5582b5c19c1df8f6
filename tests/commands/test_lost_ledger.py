"""A ledger that is gone, or older than the archive: no run goes on as if the office were new."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.commands.doctor import examine
from pipeline.commands.rebuild import rebuild
from pipeline.commands.run import run
from pipeline.intake.journal import RunsMissingError
from pipeline.outside.ledger_url import ledger_file
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force
from tests.tools.customers import DAY, SHOP, customers, drop, new_office, office, shops

SECOND = {**SHOP, "licence_no": "131123100026", "customer_name": "利民超市", "contact_phone": "13932820026"}
THIRD = {**SHOP, "licence_no": "131123100034", "customer_name": "和平超市", "contact_phone": "13932820034"}
LATER = DAY + timedelta(days=1)


def gone(ledger: Path, _: Path) -> None:
    ledger.unlink()


def older(ledger: Path, copy: Path) -> None:
    shutil.copy(copy, ledger)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return new_office(tmp_path)


@pytest.fixture(params=[gone, older])
def lost(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Settings:
    """An office of two days whose ledger is lost, with a sheet in its inbox."""
    ledger, copy = tmp_path / "ledger" / "ruwang.db", tmp_path / "copy.db"
    lose: Callable[[Path, Path], None] = request.param
    office(settings)
    drop(settings, shops(SHOP))
    run(settings, today=DAY)
    shutil.copy(ledger, copy)
    drop(settings, shops(SECOND, name="第二天.xlsx"))
    run(settings, today=LATER)
    lose(ledger, copy)
    drop(settings, shops(THIRD, name="第三天.xlsx"))
    return settings


def test_the_run_stops_and_touches_nothing(lost: Settings) -> None:
    before = {path: path.read_bytes() for path in (*lost.outbox.rglob("*"), *lost.inbox.iterdir()) if path.is_file()}

    with pytest.raises(RunsMissingError) as caught:
        run(lost, today=LATER)

    assert "第 3 批" in caught.value.to("zh")
    assert "pipeline rebuild" in caught.value.to("zh")
    assert caught.value.exit_code == 2
    after = {path: path.read_bytes() for path in (*lost.outbox.rglob("*"), *lost.inbox.iterdir()) if path.is_file()}
    assert {path.name for path in after} - {path.name for path in before} <= {".ruwang.lock"}
    assert {path: after.get(path) for path in before} == before


def test_the_doctor_says_so(lost: Settings) -> None:
    said = {each.what.zh: each.problem for each in examine(lost, in_force(lost), LATER)}
    problem = said["账本"]
    assert problem is not None
    assert "pipeline rebuild" in problem.zh


def test_the_run_makes_no_empty_ledger_in_its_place(lost: Settings) -> None:
    ledger = ledger_file(lost.ledger)
    assert ledger is not None
    was_there = ledger.exists()
    with pytest.raises(RunsMissingError):
        run(lost, today=LATER)
    assert ledger.exists() is was_there


@pytest.mark.parametrize(
    "asked",
    [("status",), ("history", SHOP["licence_no"]), ("restore", "--at", str(DAY)), ("undo", "1"), ("check", __file__)],
)
def test_no_question_is_answered_from_it(lost: Settings, asked: tuple[str, ...]) -> None:
    config = lost.inbox.parent / "pipeline.toml"
    config.write_text("")

    said = CliRunner().invoke(main, [*asked, "--config", str(config)])

    assert (said.exit_code, said.stdout) == (2, "")
    assert "pipeline rebuild" in said.stderr


def test_nor_from_another_offices_ledger(lost: Settings, tmp_path: Path) -> None:
    other = new_office(tmp_path / "other")
    run(other, today=DAY)
    config = lost.inbox.parent / "pipeline.toml"
    config.write_text("")

    said = CliRunner().invoke(main, ["status", "--config", str(config), "--ledger", other.ledger])

    assert (said.exit_code, said.stdout) == (2, "")
    assert "另一个账本" in said.stderr


def test_built_anew_it_goes_on_where_it_was(lost: Settings) -> None:
    rebuild(lost)
    run(lost, today=LATER)

    assert customers(lost).keys() == {SHOP["licence_no"], SECOND["licence_no"], THIRD["licence_no"]}
    assert str(customers(lost)[SECOND["licence_no"]]["来源出处"]).startswith("第二天.xlsx!")


def test_with_another_outbox_the_office_begins_anew(lost: Settings, tmp_path: Path) -> None:
    lost.outbox.rename(tmp_path / "before")
    (tmp_path / "ledger" / "ruwang.db").unlink(missing_ok=True)
    assert run(lost, today=LATER).rows.accepted == 1
