from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pipeline.render.reports.handover import handover
from schemas.language import Handover
from tests.render.offices import office, shop
from tests.render.opened import opened, shown
from tests.tools.shop import SHOPS, words

ToPdf = Callable[[bytes], bytes]

OTHER_SYSTEM = Handover("other", words("交给别处"), ("done",))
OPENING, LOOK, DECISION = SHOPS.forms
GOING = replace(
    SHOPS,
    forms=(
        replace(
            OPENING,
            fields=tuple(
                replace(field, goes_to=("other",)) if field.code in ("shop_no", "shop_tel") else field
                for field in OPENING
            ),
        ),
        LOOK,
        replace(
            DECISION,
            fields=tuple(
                replace(field, goes_to=("other",)) if field.code == "decided" else field for field in DECISION
            ),
        ),
    ),
    running=tuple(replace(each, field=replace(each.field, goes_to=("other",))) for each in SHOPS.running),
)


def test_settled_records_go_with_the_fields_that_are_asked_for_header_in_the_first_row(as_pdf: ToPdf) -> None:
    here = office(
        shop("001", "done", shop_tel="+86 139", decided="yes", file_no="2026-0001", shop_town="北镇"),
        shop("002", "to_look", shop_tel="1"),
        register=GOING,
    )
    content = handover(here, GOING, OTHER_SYSTEM)
    sheet = opened(content)["交给别处"]
    assert shown(sheet) == ["编号 | 店铺电话 | 决定 | 档案", "001 | +86 139 | 行 | 2026-0001"]
    assert sheet["A1"].value == "编号"
    assert sheet["A2"].number_format == "@"
    assert content == handover(here, GOING, OTHER_SYSTEM)
    assert as_pdf(content).startswith(b"%PDF")


def test_with_nothing_settled_there_is_the_header_alone() -> None:
    sheet = opened(handover(office(register=GOING), GOING, OTHER_SYSTEM))["交给别处"]
    assert shown(sheet) == ["编号 | 店铺电话 | 决定 | 档案", ""]
