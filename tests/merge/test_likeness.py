"""Pairs of texts as a clerk would judge them."""

from __future__ import annotations

import pytest

from pipeline.merge.likeness import alike, gist_maker, pieces

WEAK = ("有限公司", "有限责任公司", "超市", "便利店", "商店", "门市部", "烟酒", "烟酒店")

SAME_ADDRESS = (
    ("武强县周窝镇周窝村12号", "周窝村12号"),
    ("河北省衡水市武强县周窝镇周窝村12号", "周窝镇周窝村 12 号"),
    ("周窝村12号", "周窝村１２号"),
    ("周窝村十二号", "周窝村12号"),
    ("平安街5号", "平安街五号"),
    ("新开街一百零三号", "新开街103号"),
    ("周窝12号", "周窝村12号"),
    ("武强镇新开街5-3号", "武强镇新开街5号3室"),
    ("武强镇新开街012号", "武强镇新开街12号"),
    ("街关镇街关村", "街关镇街关村东头"),
    ("周窝村12号（学校对面）", "周窝村12号"),
    ("北代镇皇甫村供销社旁", "北代镇皇甫村供销社傍"),
    ("新街5-3院", "新街5号3院"),
    ("武强县街关镇街关村12号", "街关村12号"),
    ("周窝镇街12号", "武强县周窝镇街12号"),
    ("新开街十号", "新开街10号"),
    ("新开街二百一十三号", "新开街213号"),
    ("新开街一〇三号", "新开街103号"),
    ("新开街零三号", "新开街3号"),
)
OTHER_ADDRESS = (
    ("周窝村12号", "周窝村13号"),
    ("周窝村12号", "周窝村112号"),
    ("周窝村12号", "周窝村1号2室"),
    ("周窝村12A号", "周窝村12B号"),
    ("周窝村十二号", "周窝村13号"),
    ("周窝村12号", "周窝村"),
    ("周窝村", "周家庄"),
    ("东周窝村12号", "周窝村12号"),
    ("东周窝村12号", "西周窝村12号"),
    ("平安东街12号", "平安西街12号"),
    ("武强镇平安村12号", "街关镇平安村12号"),
    ("武强县平安村12号", "饶阳县平安村12号"),
    ("武强镇5号", "街关镇5号"),
    ("新开街5号", "平安街5号"),
    ("刘营村5号", "刘村5号"),
    ("大刘庄5号", "刘庄5号"),
    ("皇甫村供销社东邻", "皇甫村供销社西邻"),
    ("武强县北代镇皇甫村供销社", "武强县街关镇皇甫村供销社"),  # 街 begins the name of a town
    ("武强县街关镇平安村12号", "饶阳县街关镇平安村12号"),
    ("北代镇村东街12号", "周窝镇村东街12号"),
    ("新开街一〇三号", "新开街113号"),
)
SAME_NAME = (
    ("惠民超市", "惠民超市"),
    ("惠民超市", "惠民便利店"),
    ("惠民超市", "惠民"),
    ("惠民超市", "惠民超市（南店）"),
    ("惠民超市", "武强县惠民超市"),
    ("武强县鑫源商贸有限公司", "武强县鑫源商贸有限责任公司"),
    ("超市", "超市"),
    ("ＡＢＣ便利店", "abc便利店"),
    ("老地方烟酒食杂", "老地方烟酒食品杂"),
    ("惠民超市", "东风惠民超市"),
    ("张烟酒店", "张超市"),
    ("东风春来饭庄", "东风春来饭店"),  # one sign of six
)
OTHER_NAME = (
    ("惠民超市", "利民超市"),
    ("惠民超市", "惠农超市"),
    ("惠民超市（南店）", "惠民超市（北店）"),
    ("惠民超市一店", "惠民超市二店"),
    ("惠民1店", "惠民2店"),
    ("超市", "便利店"),
    ("超市", "惠民超市"),
    ("张记", "李记"),
    ("张超市", "张记"),
    ("东风老饭庄", "东风老饭店"),  # one sign of five
    ("（）", "——"),  # nothing at all
)


@pytest.mark.parametrize(("one", "other"), SAME_ADDRESS)
def test_one_place_written_in_two_ways_is_alike(one: str, other: str) -> None:
    gist = gist_maker((), address=True)
    assert alike(gist(one), gist(other)) and alike(gist(other), gist(one))


@pytest.mark.parametrize(("one", "other"), OTHER_ADDRESS)
def test_another_number_village_or_town_is_another_place(one: str, other: str) -> None:
    gist = gist_maker((), address=True)
    assert not alike(gist(one), gist(other)) and not alike(gist(other), gist(one))


@pytest.mark.parametrize(("one", "other"), SAME_NAME)
def test_a_name_is_alike_whatever_kind_of_shop_it_says(one: str, other: str) -> None:
    gist = gist_maker(WEAK, address=False)
    assert alike(gist(one), gist(other)) and alike(gist(other), gist(one))


@pytest.mark.parametrize(("one", "other"), OTHER_NAME)
def test_another_name_branch_or_number_is_another_shop(one: str, other: str) -> None:
    gist = gist_maker(WEAK, address=False)
    assert not alike(gist(one), gist(other)) and not alike(gist(other), gist(one))


def test_a_text_with_half_a_sign_is_led_to_like_any_other() -> None:
    gist = gist_maker(WEAK, address=False)
    broken = {*pieces(gist("惠民\ud83d店"))}
    assert broken & {*pieces(gist("惠民店"))}
