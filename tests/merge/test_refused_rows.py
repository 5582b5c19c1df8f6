"""A step that cannot be taken is told at the answer that leads nowhere, or at the number of a record that is not at that step."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from pipeline.domain.embedded_metadata import token
from pipeline.domain.record import Record, RecordState
from pipeline.domain.rulebook import Rulebook
from pipeline.merge.match_records import Merge, Merged
from pipeline.merge.statement import StatementBase
from schemas.language import Catalogue, Procedure
from tests.merge.boats import BOATS, DEED, PAPERS, SURVEY, TODAY, Harbour, boat, both, row

RULES = Rulebook(Catalogue((Procedure("harbour", both("港务"), (BOATS,)),)))


def told(merged: Merged) -> list[str]:
    worded = ((each.cell, RULES.word(each, "zh")) for each in merged.findings)
    return [f"{cell} {words.sentence}；{words.fix}" for cell, words in worded]


def surveyed(entry: RecordState | None, **said: str) -> list[str]:
    harbour = Harbour()
    harbour.put(*([entry] if entry else []))
    merged = harbour.take(SURVEY, row(SURVEY, 5, "7", surveyor="孙涛", **said))
    assert not [each for each in merged.events if each.state]
    return told(merged)


def test_a_step_that_is_due_and_cannot_be_taken_so_is_told_at_its_answer() -> None:
    waiting = boat(state="to_survey", boat_name="海燕", hull="wood")
    assert surveyed(waiting, verdict="sound") == ["B5 “海燕”的“检验”不能这样办；木船须上坞"]
    assert surveyed(boat(state="to_survey", hull="wood"), verdict="sound") == ["B5 “7”的“检验”不能这样办；木船须上坞"]


def test_a_step_that_is_not_due_is_told_at_the_number() -> None:
    afloat = boat(state="afloat", boat_name="海燕")
    assert surveyed(afloat, verdict="sound") == [
        "A5 “海燕”现为“在航”，不能办理“检验”；已经办结，不用再办；以前填错了的，在总表上改那一格"
    ]
    stateless = surveyed(boat(state="", boat_name="海燕"), verdict="sound")
    assert stateless == ["A5 “海燕”现为“”，不能办理“检验”；已经办结，不用再办；以前填错了的，在总表上改那一格"]


def at_sea() -> Harbour:
    """Boat 7, surveyed by 老王, whose name was doubted."""
    harbour = Harbour()
    harbour.take(PAPERS, row(PAPERS, 3, "7", boat_name="海燕", hull="steel"))
    harbour.take(SURVEY, row(SURVEY, 3, "7", file="检验.xlsx", verdict="sound", surveyor="老王", flaw="无"))
    return harbour


def signed_again(
    harbour: Harbour, record: Record, doubted: str = "surveyor", base: StatementBase | None = None
) -> dict[str, Any]:
    """What the row of a step that was taken amends in boat 7, where *doubted* was doubted there."""
    bases = {(record.submission, record.sheet, record.row): base} if base else {}
    merge = Merge(
        BOATS,
        harbour.entries,
        {},
        count(50),
        TODAY,
        6,
        life=lambda key: [each for each in harbour.events if each.key == key],
        bases=bases,
        doubted=lambda form, key: frozenset({doubted} if (form, key) == ("survey", "7") else ()),
    )
    return {code: value for each in merge.take(SURVEY, [record]).events for code, value in each.values.items()}


def again(**said: str) -> Record:
    return row(SURVEY, 3, "7", token=token("7", 1), **{"verdict": "sound", "surveyor": "老王", "flaw": "无", **said})


def test_a_step_taken_is_amended_where_it_was_doubted_and_nowhere_else() -> None:
    assert signed_again(at_sea(), again(surveyor="小李")) == {"surveyor": "小李"}
    assert signed_again(at_sea(), again(surveyor="小李"), doubted="") == {}
    assert signed_again(at_sea(), again(surveyor="小李", flaw="渗水")) == {}
    assert signed_again(at_sea(), again()) == {}


def test_a_sheet_of_his_own_amends_what_it_has_said() -> None:
    mended = row(SURVEY, 3, "7", file="更正.xlsx", verdict="sound", surveyor="小李", flaw="无")
    mine = StatementBase("老王", frozenset({"hash of 检验.xlsx"}))
    other = StatementBase("老钱", frozenset({"hash of 别的.xlsx"}))
    assert signed_again(at_sea(), mended, base=mine) == {"surveyor": "小李"}
    mended = row(SURVEY, 3, "7", file="更正.xlsx", verdict="sound", surveyor="小李", flaw="无")
    assert signed_again(at_sea(), mended, base=other) == {}


def test_a_step_that_is_due_again_or_of_a_boat_broken_up_is_not_amended() -> None:
    harbour = at_sea()
    harbour.take(DEED, row(DEED, 4, "7", action={"act": "broken", "from_day": "2026-11-20", "teller": "孙涛"}))
    assert harbour.entries["7"].state == "broken"
    assert signed_again(harbour, again(surveyor="小李")) == {}


def test_a_deed_of_a_boat_broken_up_is_refused_at_its_number() -> None:
    harbour = Harbour()
    harbour.put(boat(state="broken", boat_name="海燕"))
    merged = harbour.take(
        DEED, row(DEED, 4, "7", action={"act": "laid_up", "from_day": "2026-11-20", "teller": "孙涛"})
    )
    (said,) = told(merged)
    assert said == "A4 “海燕”现为“已拆解”，不能办理“停航”；已是“已拆解”，不用再办；若号码写错，请改正"
    assert replace(harbour.entries["7"], version=0) == boat(state="broken", boat_name="海燕")
