import pytest

from pipeline.read.recognise.labels import Labels, inline
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


@pytest.mark.parametrize("text", ["店铺电话费", "13900000000", "店铺电话：139", "店铺附言/镇街", "", 139.0, None])
def test_other_texts_are_no_label(text: object) -> None:
    assert LABELS.lookup(text) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("门店名称", ("name",)),
        ("店名", ("name",)),
        ("店鋪電話", ("tel",)),
        ("手机号码", ("tel",)),
        ("门店手机", ("tel",)),
        ("\ufeff店铺电话\u200b", ("tel",)),
        ("\u202d店铺\u2060电话\u202c\u00a0", ("tel",)),
        ("手机号/电话号码", ("tel",)),
        ("大店/小店", ("size",)),
        ("租期截止日期", None),
        ("店铺电话（配偶）", None),
        ("店铺电话（邻居）", None),
        ("送货员手机", None),
        ("登记人电话", None),
    ],
)
def test_a_label_in_other_words_is_taken_apart(text: str, codes: tuple[str, ...] | None) -> None:
    assert LABELS.codes(0, text) == codes


def test_a_label_may_name_two_things_that_stand_in_one_cell() -> None:
    assert LABELS.codes(0, "掌柜及电话") == ("keeper", "tel")
    assert LABELS.codes(0, "店铺电话/镇街") == ("tel", "town")
    assert LABELS.is_two_things(0, ("keeper", "tel"))
    assert not LABELS.is_two_things(0, ("since", "until"))


def test_an_answer_is_no_label() -> None:
    assert LABELS.lookup("大店") is None


def test_brackets_may_belong_to_the_label() -> None:
    assert LABELS.codes(0, "招牌（字号）名称") == ("name",)
    assert LABELS.codes(0, "招牌名称") == ("name",)


def test_a_range_feeds_its_start_and_its_end_in_this_order() -> None:
    assert LABELS.codes(0, "租期") == ("since", "until")
    assert LABELS.codes(0, "租赁期限起止") == ("since", "until")
    assert LABELS.codes(0, "租期起止日期") == ("since", "until")
    assert LABELS.codes(0, "租期起") == ("since",)


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
