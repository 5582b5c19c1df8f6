import pytest

from pipeline.read.recognise.shapes import first_filled, speaks_against, speaks_for
from schemas.language import Field, Kind, Option
from tests.read.sheets import words

PHONE = Field("tel", words("电话"), Kind.PHONE, example="13900000000")
LICENCE = Field("no", words("编码"), Kind.CODE, example="131123100018")
IDENTITY = Field("id", words("证件"), Kind.CODE, example="131123198001010013")
DAY = Field("day", words("日期"), Kind.DATE, example="2026-11-02")
PERSON = Field("who", words("掌柜"), example="甲乙")
SIZE = Field("size", words("大小"), Kind.CHOICE, options=(Option("big", words("大店")), Option("small", words("小店"))))


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        (PHONE, ["13932810018", "139 3281 0019", 13932810020.0], True),
        (PHONE, ["2026-11-02", "2026-11-03"], False),
        (LICENCE, ["131123100018", "1311 2310 0026"], True),
        (LICENCE, ["131123198001010013", "131123198001010013"], False),
        (IDENTITY, ["131123198001010013"], True),
        (IDENTITY, ["131123100018"], False),
        (DAY, ["2026-11-02", "2026年11月3日", "2026.11.4"], True),
        (DAY, ["张三", "李四"], False),
        (DAY, ["2026-11-02", "同上", "同上"], True),
        (DAY, ["-", "/"], False),
    ],
)
def test_values_that_speak_for_a_field(field: Field, values: list[object], expected: bool) -> None:
    assert speaks_for(field, values) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        (PHONE, ["张三", "李四"], True),
        (PHONE, ["0318-3832100", "１３９３２８１００１８"], False),
        (DAY, ["张三", "李四"], True),
        (DAY, ["2026年11月", "2026-11-02 09:30"], False),
        (LICENCE, ["131123198001010013"], True),
        (PERSON, ["13932810018", "13932810019"], True),
        (PERSON, ["张三", "李四"], False),
        (SIZE, ["张三", "李四", "王五"], True),
        (SIZE, ["大", "小店（新）", "不详"], False),
        (DAY, ["2026-11-02", "-", "—", "／", "〃", "同上", "暂无"], False),
        (PHONE, ["无", "/"], False),
        (PHONE, ["有", "无"], True),
        (PERSON, ["13932810018", "〃", "〃", "〃"], True),
        (PHONE, [], False),
    ],
)
def test_values_that_speak_against_a_field(field: Field, values: list[object], expected: bool) -> None:
    assert speaks_against(field, values) is expected  # type: ignore[arg-type]


def test_blanks_are_not_looked_at() -> None:
    assert first_filled(["", None, "  ", "甲", "", "乙"]) == ["甲", "乙"]
