import pytest

from pipeline.domain.cell import Raw
from pipeline.read.layouts.classify_rows import why_ignored
from tests.read.sheets import SHOP, VISIT

KEY = 1


def reason(*row: Raw) -> str:
    """Return why a row is ignored whose second cell stands under the key."""
    return why_ignored(row, row[KEY], {"某某镇汇总"}, SHOP, (SHOP, VISIT))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("合计", "", "", ""), "total"),
        (("合  计", "12", "", ""), "total"),
        (("总计：12户", "", "", ""), "total"),
        (("本页小计", "", 3.0, ""), "total"),
        (("共 12 户", "", "", ""), "total"),
        (("合计利商店", "900002", "张", ""), ""),
        (("合意店", "", "张", ""), ""),
        (("审核人：", "", "", ""), "signature"),
        (("经办（签字）：", "李", "日期：", "2025年3月4日"), "signature"),
        (("", "负责（盖章）", "", ""), "signature"),
        (("2025年3月4日", "", "", ""), "signature"),
        (("2025年3月4日", "", "甲店", "张"), ""),
        (("注：以上如有变动", "", "", ""), "note"),
        (("※ 每月报送", "", "", ""), "note"),
        (("续表", "", "", ""), "note"),
        (("第 1 页 共 3 页", "", "", ""), "note"),
        (("必填", "必填", "选填", "必填"), "note"),
        ((1.0, 2.0, 3.0, 4.0), "note"),
        (("示例", "900001", "样板店", "甲"), "example"),
        (("例：", "900001", "样板店", "甲"), "example"),
        (("例外超市", "900002", "张", ""), ""),
        (("单位：户", "", "", ""), "unit"),
        (("开店登记表", "", "", ""), "title"),
        (("2025年店铺走访表", "", "", ""), "title"),
        (("某某镇汇总", "", "", ""), "title"),
        (("", "一、东镇", "", ""), "note"),
        ((1.0, "900002", "甲店", "张"), ""),
        (("", "", "甲店", "张"), ""),
        (("店主：张", "", "甲店", "张"), ""),
    ],
)
def test_why_a_row_is_no_record(row: tuple[Raw, ...], expected: str) -> None:
    assert reason(*row) == expected
