from __future__ import annotations

import pytest

from pipeline.domain.cell import Raw
from pipeline.validate.choices import choice_converter
from pipeline.validate.outcome import DITTO, Repaired, WrongValue
from schemas.language import Localized, Option

PLACE = (
    Option("urban", Localized("城镇", "Urban"), ("城区", "城市")),
    Option("rural", Localized("乡村", "Rural"), ("农村", "村")),
)
SHOP = (
    Option("grocery", Localized("食杂店", "Grocery"), ("小卖部",)),
    Option("convenience", Localized("便利店", "Convenience store")),
    Option("supermarket", Localized("超市", "Supermarket")),
    Option("tobacco", Localized("烟酒店", "Tobacco and liquor shop"), ("烟酒商店",)),
    Option("other", Localized("其他", "Other"), ("其它",)),
)
VERDICT = (
    Option("pass", Localized("通过", "Passed"), ("同意",)),
    Option("back", Localized("退回", "Sent back"), ("不通过",)),
)
DONE = (
    Option("done", Localized("已完成", "Done"), ("完成", "是", "√")),
    Option("open", Localized("未完成", "Open"), ("否", "×", "没有")),
)
SIZE = (
    Option("l", Localized("大", "Large"), ("大型",)),
    Option("m", Localized("中", "Medium")),
    Option("s", Localized("小", "Small")),
)


@pytest.mark.parametrize(("raw", "code"), [("城镇", "urban"), ("Rural", "rural")])
def test_the_wording_of_an_option_is_silent(raw: Raw, code: str) -> None:
    assert choice_converter(PLACE)(raw) == code


@pytest.mark.parametrize(
    ("options", "raw", "code"),
    [
        (PLACE, "城镇 ", "urban"),
        (PLACE, "城 镇", "urban"),
        (PLACE, "CHENGZHEN", "urban"),
        (PLACE, "Xiang Cun", "rural"),
        (PLACE, "urban", "urban"),
        (PLACE, "城鎮", "urban"),
        (PLACE, "城", "urban"),
        (PLACE, "农村", "rural"),
        (PLACE, "城镇市场", "urban"),
        (PLACE, "☑城镇 □乡村", "urban"),
        (PLACE, "□城镇  ☑乡村", "rural"),
        (PLACE, "■ 城镇 □ 乡村", "urban"),
        (PLACE, "城镇√", "urban"),
        (PLACE, "√乡村", "rural"),
        (PLACE, "城镇 乡村√", "rural"),
        (PLACE, "城镇 √乡村", "rural"),
        (PLACE, "城镇√ 乡村", "urban"),
        (PLACE, "城镇☑ 乡村□", "urban"),
        (PLACE, "城镇（√） 乡村（ ）", "urban"),
        (PLACE, "( )城镇 (√)乡村", "rural"),
        (SHOP, "食杂", "grocery"),
        (SHOP, "烟酒商店", "tobacco"),
        (SHOP, "烟酒", "tobacco"),
        (SHOP, "便力店", "convenience"),
        (SHOP, "☑其它：渔具店", "other"),
        (SHOP, "convenience", "convenience"),
        (SHOP, "1.食杂店", "grocery"),
        (SHOP, "1、食杂店", "grocery"),
        (SHOP, "（1）食杂店", "grocery"),
        (SHOP, "①食杂店", "grocery"),
        (SHOP, "一、食杂店", "grocery"),
        (SHOP, "A便利店", "convenience"),
        (SHOP, "A. 便利店", "convenience"),
        (SHOP, "食杂店（小卖部）", "grocery"),
        (SHOP, "便利店【连锁】", "convenience"),
        (SHOP, "其他：网吧", "other"),
        (SHOP, "烟洒店", "tobacco"),
        (PLACE, "þ城镇 ¨乡村", "urban"),
        (PLACE, "o城镇 þ乡村", "rural"),
        (PLACE, "\uf0a8城镇\uf0fe乡村", "rural"),
        (PLACE, "ü城镇", "urban"),
        (PLACE, "城\u200b镇", "urban"),
        (DONE, "þ", "done"),
        (DONE, "ü", "done"),
        (DONE, "û", "open"),
        (DONE, "√", "done"),
        (DONE, True, "done"),
        (DONE, False, "open"),
        (DONE, "没有", "open"),
        (VERDICT, "同意。", "pass"),
        (VERDICT, "不通过", "back"),
        (SIZE, "大□ 中☑ 小□", "m"),
    ],
)
def test_an_answer_that_can_mean_one_option_only_is_taken_and_told(
    options: tuple[Option, ...], raw: Raw, code: str
) -> None:
    words = next(option.words for option in options if option.code == code)

    assert choice_converter(options)(raw) == Repaired(code, "repair.choice", words)


@pytest.mark.parametrize(
    ("options", "raw"),
    [
        (PLACE, "郊区"),
        (PLACE, "非城镇"),
        (PLACE, "城镇/乡村"),
        (PLACE, "☑郊区"),
        (PLACE, "城镇√乡村"),
        (PLACE, "城镇 √ 乡村"),
        (SHOP, "店"),
        (SHOP, "食杂店、超市"),
        (SHOP, "烟酒超市"),
        (SHOP, "烟花店"),
        (SHOP, "o"),
        (SHOP, "1"),
        (SHOP, "A"),
        (SHOP, "超市（便利店）"),
        (SHOP, "便利店（不是）"),
        (SHOP, "便和店"),
        (SHOP, "烟茶店"),
        (PLACE, "城郊"),
        (PLACE, "乡镇"),
        (PLACE, "城镇（乡村）"),
        (VERDICT, "未通过"),
        (VERDICT, "不同意"),
        (DONE, "没有完成"),
        (SIZE, "大小"),
        (SIZE, 2),
    ],
)
def test_an_answer_that_can_mean_more_or_the_contrary_is_never_guessed(options: tuple[Option, ...], raw: Raw) -> None:
    assert choice_converter(options)(raw) == WrongValue("value.choice")


def test_two_ticks_are_one_too_many() -> None:
    assert choice_converter(PLACE)("☑城镇 ☑乡村") == WrongValue("value.choice_several")


@pytest.mark.parametrize(
    "raw", [None, "", "/", "无", "(null)", "NULL", "\\N", "___", "□城镇 □乡村", "城镇（ ） 乡村（ ）"]
)
def test_nothing_ticked_is_blank(raw: Raw) -> None:
    assert choice_converter(PLACE)(raw) is None


@pytest.mark.parametrize("raw", ["同上", "同上。", "上同", "″", "”"])
def test_ditto(raw: str) -> None:
    assert choice_converter(PLACE)(raw) is DITTO
