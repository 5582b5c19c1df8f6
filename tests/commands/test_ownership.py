"""An outbox has an owner: by a mistyped setting no office writes over another's, and no ledger is built of the books of two."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.commands.doctor import examine, of_procedures
from pipeline.commands.rebuild import CannotRebuildError, rebuild
from pipeline.commands.restore import restore
from pipeline.commands.run import publish_reports, run
from pipeline.commands.undo import undo
from pipeline.errors import SettingsError
from pipeline.settings import Settings, load_settings
from tests.tools.customers import KEY, SHOP, customers, drop, shops

OTHER = {**SHOP, "licence_no": "131123100026", "customer_name": "新星副食", "contact_phone": "13932820026"}
MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)


def office(folder: Path, name: str, **customer: str) -> Settings:
    folder.mkdir()
    settings = load_settings({"office_name": name}, environ={}, folder=folder).settings
    settings = settings.model_copy(update={"settle_seconds": 0})
    settings.inbox.mkdir()
    drop(settings, shops({**SHOP, **customer}))
    run(settings, today=MONDAY)
    return settings


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return office(tmp_path / "a", "城关")


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    return office(tmp_path / "b", "周窝", **OTHER)


@pytest.fixture
def mistaken(here: Settings, there: Settings) -> Settings:
    """The settings of here with the outbox of there."""
    return here.model_copy(update={"outbox": there.outbox})


def books(settings: Settings) -> dict[str, bytes]:
    return {
        path.relative_to(settings.outbox).as_posix(): path.read_bytes()
        for path in settings.outbox.rglob("*")
        if path.is_file() and "lock" not in path.name
    }


COMMANDS: dict[str, Callable[[Settings], object]] = {
    "run": lambda settings: run(settings, today=TUESDAY),
    "dry run": lambda settings: run(settings, today=TUESDAY, dry_run=True),
    "publish": lambda settings: publish_reports(settings, today=TUESDAY),
    "undo": lambda settings: undo(settings, "1", today=TUESDAY),
    "rebuild": rebuild,
    "rebuild --to": lambda settings: rebuild(settings, f"sqlite:///{settings.inbox.parent}/new.db"),
    "restore": lambda settings: restore(settings, MONDAY),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_would_write_there_refuses_in_one_sentence_and_touches_nothing(
    mistaken: Settings, here: Settings, there: Settings, command: str
) -> None:
    drop(mistaken, shops({**SHOP, "contact_phone": "13932829999"}, name="改.xlsx"))
    before = books(there)
    with pytest.raises(SettingsError) as refused:
        COMMANDS[command](mistaken)
    assert "是另一个账本的（“周窝”）" in refused.value.message.zh
    assert refused.value.exit_code == 2
    assert books(there) == before
    run(there, today=TUESDAY)
    assert list(customers(there)) == [OTHER["licence_no"]]
    run(here, today=TUESDAY)
    assert customers(here)[KEY]["联系电话"] == "13932829999"


def test_doctor_says_so(mistaken: Settings) -> None:
    catalogue, _ = of_procedures(mistaken)
    told = [each.problem.zh for each in examine(mistaken, catalogue, TUESDAY) if each.problem]
    assert any("是另一个账本的（“周窝”）" in each for each in told)


def pages(settings: Settings) -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted((settings.archive / "runs").glob("*.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def test_a_page_bears_its_office_and_a_ledger_is_not_built_of_two(here: Settings, there: Settings) -> None:
    ((path, page),) = pages(here)
    ((_, other),) = pages(there)
    assert page["office"] and other["office"] and page["office"] != other["office"]
    strange = path.with_name("000002.json")
    strange.write_text(json.dumps({**other, "run": 2}), encoding="utf-8")
    (path.parents[1] / "2026-11" / "theirs.xlsx").write_bytes(next((there.archive / "2026-11").iterdir()).read_bytes())
    before = list(customers(here))
    with pytest.raises(CannotRebuildError) as refused:
        rebuild(here)
    assert "有 1 批是别的单位的" in refused.value.message.zh
    strange.unlink()
    rebuild(here)
    run(here, today=TUESDAY)
    assert list(customers(here)) == before


def test_a_ledger_that_is_built_anew_is_that_office_s(here: Settings) -> None:
    Path(here.ledger.removeprefix("sqlite:///")).unlink()
    rebuild(here)
    assert run(here, today=TUESDAY).run > 0


def test_an_outbox_of_an_earlier_version_becomes_the_office_s_own(here: Settings, there: Settings) -> None:
    for each in (here, there):
        (each.archive / "office.json").unlink()
        with_out = Path(each.ledger.removeprefix("sqlite:///"))

        with sqlite3.connect(with_out) as ledger:
            ledger.execute("DELETE FROM about WHERE name = 'office'")
        run(each, today=TUESDAY)
    with pytest.raises(SettingsError):
        run(here.model_copy(update={"outbox": there.outbox}), today=TUESDAY)
