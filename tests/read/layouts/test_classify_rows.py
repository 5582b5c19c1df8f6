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
        (("", "汇总", "", 4.0), "total"),
        (("东镇 汇总", "", "", ""), "total"),
        (("", "", "东镇 计数", 2.0), "total"),
        (("总计数", "", "", 4.0), "total"),
        (("承前页", 5.0, "", ""), "total"),
        (("过次页", "5户", "", ""), "total"),
        (("大店", 2.0, "", ""), "total"),
        (("", "小店", "3户", ""), "total"),
        (("汇总", "900002", "甲店", "张"), ""),
        (("大店", "900002", "甲店", "张"), ""),
        (("承前页", "900002", "", ""), ""),  # its key makes a record of it, though a poor one
        (("甲", "乙", "丙", "丁"), "note"),
        (("甲", "乙", 1.0, 2.0), "note"),
        (("(1)", "(2)", "(3)", "(4)"), "note"),
        (("6位数字", "文本", "与证件一致", "姓名"), "note"),
        (("", "text", "varchar(20)", "string"), "note"),
        (("按实际填写", "6位数字", "下拉选择", "yyyy-mm-dd"), "note"),
        (("甲", "900002", "甲店", "张"), ""),
        (("文本", "900002", "数字", "张"), ""),
        (("", "", "文本店", "张"), ""),
        (("", "", "甲店", "张"), ""),
        (("店主：张", "", "甲店", "张"), ""),
    ],
)
def test_why_a_row_is_no_record(row: tuple[Raw, ...], expected: str) -> None:
    assert reason(*row) == expected
