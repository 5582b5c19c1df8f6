from datetime import date, datetime, time

import pytest

from pipeline.domain.cell import Raw
from pipeline.domain.extract import Known
from pipeline.read.read_file import read_file
from pipeline.validate.outcome import WrongValue
from pipeline.validate.texts import convert_list, convert_text
from pipeline.validate.turned_texts import as_typed
from tests.read.sheets import as_bytes, workbook
from tests.validate.visits import FORM, judge


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (datetime(2026, 12, 3), "value.text_date"),
        (date(2026, 12, 3), "value.text_date"),
        (True, "value.text_truth"),
        (False, "value.text_truth"),
        ("TRUE", "value.text_truth"),
    ],
)
def test_what_excel_made_of_a_text_is_refused(raw: Raw, rule: str) -> None:
    assert as_typed(convert_text)(raw) == WrongValue(rule)
    assert as_typed(convert_list)(raw) == WrongValue(rule)


@pytest.mark.parametrize(
    ("raw", "text"),
    [("12-3", "12-3"), (365, "365"), (time(8, 30), "08:30:00"), ("2026-12-03", "2026-12-03"), ("True 店", "True 店")],
)
def test_what_somebody_may_have_typed_is_kept(raw: Raw, text: str) -> None:
    assert as_typed(convert_text)(raw) == text


def test_a_name_that_became_a_date_keeps_its_row_out_and_is_told_at_its_cell() -> None:
    content = as_bytes(
        workbook("编号 | 态度 | 日期 | 走访人\n1 | 满意 | 2026-11-02 | @2026-12-03\n2 | 满意 | 2026-11-02 | 王一")
    )
    checked = judge(*read_file("走访.xlsx", content, "sha", Known((FORM,), {})).extracts)
    assert [record.key for record in checked.records] == ["2"]
    assert [(each.rule, each.cell, each.value) for each in checked.findings] == [
        ("value.text_date", "D2", "2026-12-03")
    ]
