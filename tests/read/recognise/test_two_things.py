import pytest

from pipeline.read.recognise.two_things import parted
from schemas.language import Field, Kind
from tests.read.sheets import words

NAME = Field("keeper", words("掌柜"), example="甲乙")
PHONE = Field("tel", words("电话"), Kind.PHONE, example="13900000000")
CODE = Field("id", words("证件"), Kind.CODE, example="131123198001010013")


@pytest.mark.parametrize(
    "text",
    [
        "张三 13932810018",
        "张三13932810018",
        "张三，13932810018",
        "13932810018 张三",
        "张三（13932810018）",
        "张三\n电话：13932810018",
    ],
)
def test_a_name_and_a_number_are_parted_in_one_way(text: str) -> None:
    assert parted([text], (NAME, PHONE)) == [("张三", "13932810018")]
    assert parted([text], (PHONE, NAME)) == [("13932810018", "张三")]


def test_a_landline_and_an_identity_number_too() -> None:
    assert parted(["张三 0318-3832100"], (NAME, PHONE)) == [("张三", "0318-3832100")]
    assert parted(["张三 13112319800101001X"], (NAME, CODE)) == [("张三", "13112319800101001X")]


@pytest.mark.parametrize(
    "text", ["张三", "13932810018", "张三 13932810018 13932810019", "张三 139328 10018 李四", "张三 3"]
)
def test_what_can_be_parted_in_no_way_or_in_several_is_not_parted(text: str) -> None:
    assert parted(["李四 13932810019", text], (NAME, PHONE)) is None


def test_blank_cells_stay_blank() -> None:
    assert parted(["", "张三 13932810018"], (NAME, PHONE)) == [("", ""), ("张三", "13932810018")]
