import pytest

from pipeline.read.recognise.labels import Labels, distance, inline
from tests.read.sheets import KNOWN, SHOP

LABELS = Labels(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        *("店铺电话", " 店 铺 电 话 ", "店铺\n电话", "店铺\u00a0电话", "店铺电话*", "＊店铺电话：", "★店铺电话"),
        *("店铺电话（手机）", "店铺电话(必填)", "【必填】店铺电话", "3.店铺电话", "（3）店铺电话", "三、店铺电话"),
        *("the 店铺电话", "店铺电话 Tel", "店铺电话/手机", "电话"),
    ],
)
def test_decorations_do_not_hide_a_label(text: str) -> None:
    assert LABELS.codes(0, text) == ("tel",)


@pytest.mark.parametrize("text", ["店铺电话费", "13900000000", "店铺电话：139", "店铺电话/镇街", "", 139.0, None])
def test_other_texts_are_no_label(text: object) -> None:
    assert LABELS.lookup(text) is None  # type: ignore[arg-type]


def test_brackets_may_belong_to_the_label() -> None:
    assert LABELS.codes(0, "招牌（字号）名称") == ("name",)
    assert LABELS.codes(0, "招牌名称") == ("name",)


def test_a_range_feeds_its_start_and_its_end_in_this_order() -> None:
    assert LABELS.codes(0, "租期") == ("since", "until")
    assert LABELS.codes(0, "租赁期限起止") == ("since", "until")
    assert LABELS.codes(0, "租期起止日期") == ("since", "until")
    assert LABELS.codes(0, "租期起") == ("since",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("店铺电活", {"tel"}),
        ("铺店电话", {"tel"}),
        ("店铺电话号", {"tel"}),
        ("店铺", set()),
        ("镇", set()),
        ("店铺电话2", set()),
        ("租期迄", {"since", "until"}),
    ],
)
def test_what_a_misspelt_label_may_mean(text: str, codes: set[str]) -> None:
    assert {code for near, _ in LABELS.near(0, text, ()) for code in near} == codes


def test_a_field_found_already_is_no_candidate() -> None:
    assert LABELS.near(0, "店铺电活", {"tel"}) == []


def test_distance_counts_changed_added_left_out_and_swapped_letters() -> None:
    assert [distance("甲乙丙", other) for other in ("甲乙丙", "甲乙丁", "甲丙", "甲乙丙丁", "乙甲丙", "丁戊己")] == [
        *(0, 1, 1, 1, 1, 3)
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("掌柜：张三", ("掌柜", "张三")),
        ("掌柜: 张三 ", ("掌柜", "张三")),
        ("掌柜：", ("掌柜", "")),
        ("2025-03-05 09:30", None),
        ("掌柜", None),
    ],
)
def test_label_and_value_in_one_cell(text: str, parts: tuple[str, str] | None) -> None:
    assert inline(text) == parts


def test_every_label_of_a_form_is_known() -> None:
    for field in SHOP:
        for label in (field.label.zh, field.label.en, *field.aliases):
            assert LABELS.codes(0, label) == (field.code,)
