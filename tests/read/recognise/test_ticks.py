from tests.read.sheets import places, read, records, rules

SHEET = """
店铺编码 | 店铺名称 | 掌柜 | 店铺类型 | | 店铺电话
 | | | 大店 | 小店 |
900002 | 甲店 | 张三 | √ | | 13900000001
900003 | 乙店 | 李四 | | #1 | 13900000002
900004 | 丙店 | 王五 | | | 13900000003
900005 | 丁店 | 赵六 | √ | √ | 13900000004
900006 | 戊店 | 孙七 | | 不详 | 13900000005
"""
MERGES = ("D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2")


def test_a_tick_under_one_of_the_answers_is_that_answer_at_its_cell() -> None:
    reading = read(SHEET, *MERGES)
    (extract,) = reading.extracts

    assert [record.get("size") for record in records(extract)] == ["大店", "小店", None, "大店、小店", "不详"]
    assert places(extract, "size") == ["D3", "E4", "D5", "D6", "E7"]
    assert extract.notes == {}
    assert rules(reading) == []


def test_what_stands_beside_is_read_as_ever() -> None:
    (extract,) = read(SHEET, *MERGES).extracts
    assert records(extract)[1] == {
        "no": "900003", "name": "乙店", "keeper": "李四", "size": "小店", "tel": "13900000002",
    }  # fmt: skip
