"""What the administrator relies on: a trial leaves nothing, a second run waits, bad input never stops a run."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from pipeline.commands.run import alone, run
from pipeline.errors import BusyError, SettingsError
from pipeline.settings import Settings
from schemas.language.sample import Filled
from schemas.roster.samples import AREAS, PEOPLE
from tests.tools.customers import DAY, PASSED, SHOP, VISIT, customers, drop, office, once, shops, told


def test_a_trial_counts_and_leaves_nothing_behind(settings: Settings, tmp_path: Path) -> None:
    path = drop(settings, PEOPLE)

    summary = run(settings, today=DAY, dry_run=True)

    assert summary.rows.accepted == 5
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]


def test_a_trial_in_a_working_office_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    before = {path: path.read_bytes() for path in settings.outbox.rglob("*") if path.is_file()}

    assert run(settings, today=DAY, dry_run=True).rows.accepted == 1

    assert {path: path.read_bytes() for path in settings.outbox.rglob("*") if path.is_file()} == before
    assert once(settings).rows.accepted == 1


def test_a_trial_says_on_any_stream_what_would_be_done_and_that_it_was_not(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    before = {path: path.read_bytes() for path in settings.outbox.rglob("*") if path.is_file()}
    monkeypatch.chdir(settings.inbox.parent)
    done = CliRunner(env={"RUWANG_SETTLE_SECONDS": "0", "RUWANG_LEDGER": settings.ledger}).invoke(
        main, ["run", "--today", str(DAY), "--dry-run"]
    )
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert all(line.startswith("试：") for line in lines)
    assert lines[0] == "试：什么也没有写、没有移动、没有发出"
    assert "来件 1（读取 1，" in lines[1] and "记录 1（入账 1，" in lines[1]
    would = [line.removeprefix("试：  ") for line in lines if line.startswith("试：  ")]
    assert lines[3] == f"试：要写 {len(would)} 个文件"
    assert {path: path.read_bytes() for path in settings.outbox.rglob("*") if path.is_file()} == before

    written = run(settings, today=DAY).outputs
    assert set(written) <= set(would)
    assert lines[2] == f"试：要发 {len(list(settings.mail_folder.glob('*.eml'))) - _mails(before)} 封邮件"


def _mails(files: dict[Path, bytes]) -> int:
    return sum(path.suffix == ".eml" for path in files)


def test_a_second_run_at_once_says_that_it_is_busy(settings: Settings) -> None:
    with alone(settings), pytest.raises(BusyError):
        run(settings, today=DAY)


def test_a_deadline_of_no_stage_and_a_procedure_that_is_none_are_refused_by_name(settings: Settings) -> None:
    with pytest.raises(SettingsError, match=r"deadlines\.verfy"):
        run(settings.model_copy(update={"deadlines": {"verfy": 3}}), today=DAY)
    with pytest.raises(SettingsError, match="new_customers"):
        run(settings.model_copy(update={"procedures": ("new_customers",)}), today=DAY)


def test_a_procedure_that_is_switched_off_is_not_there(settings: Settings) -> None:
    office(settings.model_copy(update={"procedures": ("roster",)}))
    assert "客户" not in openpyxl.load_workbook(settings.outbox / "master.xlsx").sheetnames


def test_a_deadline_jumps_over_national_day_and_its_make_up_workdays(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))

    run(settings, today=date(2026, 9, 30))

    due = customers(settings)["131123100018"]["应办结日"]
    # 2026: 1 to 7 October are holidays, Saturday the 10th is worked
    assert str(due)[:10] == "2026-10-10"


def test_without_a_roster_customers_wait_and_the_office_is_told(settings: Settings) -> None:
    drop(settings, shops(SHOP))

    summary = once(settings)

    assert (summary.rows.accepted, summary.assigned, summary.unassigned) == (1, 0, 1)
    assert customers(settings)["131123100018"]["当前状态"] == "待分配"
    office(settings)
    assert customers(settings)["131123100018"]["当前办理人"] == "李秀英"
    assert told(settings) == []


def test_a_newer_sheet_wins_and_its_blanks_take_nothing_away(settings: Settings) -> None:
    office(settings)
    drop(settings, shops({**SHOP, "remarks": "临街"}))
    once(settings)
    drop(settings, shops({**SHOP, "contact_phone": "13932829999"}, name="改.xlsx"))

    once(settings)

    shop = customers(settings)["131123100018"]
    assert (shop["联系电话"], shop["备注"]) == ("13932829999", "临街")


def test_of_two_people_s_sheets_of_one_run_the_later_one_waits_where_it_disagrees(settings: Settings) -> None:
    office(settings)
    drop(settings, shops({**SHOP, "filled_by": "李敏"}))
    drop(settings, shops({**SHOP, "filled_by": "周会", "contact_phone": "13932829999"}, name="另一张.xlsx"))

    assert once(settings).rows.rejected == 0
    assert customers(settings)["131123100018"]["联系电话"] == SHOP["contact_phone"]
    ((_, sentence),) = told(settings)
    assert "13932829999" in sentence and SHOP["contact_phone"] in sentence


def test_a_row_twice_on_one_sheet_that_disagrees_with_itself_stays_out(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP, {**SHOP, "contact_phone": "13932829999"}))
    assert once(settings).rows.rejected == 2
    assert len(told(settings)) == 2

    drop(settings, shops({**SHOP, "contact_phone": "13932829999"}, name="定稿.xlsx"))
    assert once(settings).rows.accepted == 1
    assert told(settings) == []


def test_a_sheet_that_came_too_early_enters_when_it_is_dropped_again(settings: Settings) -> None:
    office(settings)
    visit = Filled(
        "核实.xlsx",
        "verification",
        ({"licence_no": "131123100018", "verdict": "查无此户", "verified_on": "2026-11-03", "verified_by": "李秀英"},),
    )
    content = drop(settings, visit).read_bytes()
    assert once(settings).rows.rejected == 1
    drop(settings, shops(SHOP))
    once(settings)

    (settings.inbox / "核实.xlsx").write_bytes(content)

    assert once(settings).rows.accepted == 1
    assert customers(settings)["131123100018"]["当前状态"] == "待审核"
    assert told(settings) == []


def test_rubbish_is_told_and_the_others_enter(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    (settings.inbox / "照片.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(500))
    (settings.inbox / "~$登记2.xlsx").write_bytes(b"\x05user")

    summary = once(settings)

    assert (summary.files.read, summary.files.refused, summary.rows.accepted) == (1, 1, 1)
    assert any("文件" in sentence for _, sentence in told(settings))
    assert (settings.inbox / "~$登记2.xlsx").exists()


def test_overlapping_areas_and_areas_nobody_serves_are_told(settings: Settings) -> None:
    drop(settings, PEOPLE)
    first, second, *others = AREAS.records
    drop(
        settings,
        Filled(
            "辖区.xlsx",
            "area_list",
            (
                {**first, "area_aliases": "平安街"},
                {**second, "area_aliases": "平安街", "account_manager_no": "K99"},
                *others,
            ),
        ),
    )

    once(settings)

    sentences = " ".join(sentence for _, sentence in told(settings))
    assert "平安街" in sentences
    assert "K99" in sentences


def test_an_error_that_is_still_open_counts_in_every_run_until_it_is_mended(settings: Settings) -> None:
    office(settings)
    drop(settings, shops({**SHOP, "contact_phone": "1393"}))
    first, second = once(settings), once(settings)
    assert [(summary.findings.error, summary.open.error) for summary in (first, second)] == [(1, 1), (0, 1)]

    drop(settings, shops(SHOP))
    assert once(settings).open.error == 0


def test_a_sheet_in_somebody_s_folder_is_told_to_that_person(settings: Settings) -> None:
    office(settings)
    drop(settings, shops({**SHOP, "contact_phone": "1393"}), "刘洋/登记.xlsx")

    once(settings)

    assert (settings.outbox / "exceptions" / "K03-刘洋.xlsx").exists()


def test_a_registration_of_an_archived_customer_changes_what_it_says_and_no_more(settings: Settings) -> None:
    office(settings)
    drop(settings, shops(SHOP))
    once(settings)
    drop(settings, Filled("核实.xlsx", "verification", (VISIT,)))
    drop(settings, Filled("审核.xlsx", "review_sheet", (PASSED,)))
    assert once(settings).rows.accepted == 2

    drop(settings, shops({**SHOP, "contact_phone": "13932829999"}, name="换号.xlsx"))

    assert once(settings).rows.accepted == 1
    shop = customers(settings)["131123100018"]
    assert (shop["当前状态"], shop["联系电话"], shop["档案号"]) == ("已归档", "13932829999", "2026-0001")


def test_a_file_with_faults_dropped_again_under_another_name_changes_no_byte(settings: Settings) -> None:
    office(settings)
    content = drop(settings, shops({**SHOP, "contact_phone": "1393"})).read_bytes()
    once(settings)
    before = (settings.outbox / "master.xlsx").read_bytes()

    (settings.inbox / "又一次.xlsx").write_bytes(content)

    assert (once(settings).files.known, (settings.outbox / "master.xlsx").read_bytes() == before) == (1, True)
