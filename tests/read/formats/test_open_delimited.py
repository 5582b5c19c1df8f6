import re

import pytest

from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from tests.read.sheets import KNOWN, places, records, rules

TEXT = '店铺编码,店铺名称,掌柜\r\n900002,"甲,店","张\n三"\r\n="0900003",乙店,王\r\n'


def read_text(content: bytes) -> Reading:
    return read_file("东镇.csv", content, "hash", KNOWN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_the_encodings_that_offices_use(encoding: str) -> None:
    (extract,) = read_text(TEXT.encode(encoding)).extracts
    assert records(extract) == [
        {"no": "900002", "name": "甲,店", "keeper": "张\n三"},
        {"no": "0900003", "name": "乙店", "keeper": "王"},
    ]
    assert extract.sheet == "东镇"
    assert places(extract, "no") == ["A2", "A3"]


@pytest.mark.parametrize("separator", ["\t", ";", "，"])
def test_other_separators(separator: str) -> None:
    text = "店铺编码,店铺名称,掌柜\n900002,甲店,张".replace(",", separator)
    assert records(read_text(text.encode()).extracts[0]) == [{"no": "900002", "name": "甲店", "keeper": "张"}]


def test_an_encoding_nobody_knows_is_refused() -> None:
    assert rules(read_text(b"\x81\xff\xfe\xfd,\x80")) == [("file.unreadable", "")]


HEADER = "店铺编码,店铺名称,掌柜,镇街,店铺电话,附言"
ROWS = [
    f"90000{at},{name}店,{keeper},{town},139{at:08},靠河{at}号"
    for at, (name, keeper, town) in enumerate(
        [("甲", "张三", "东镇"), ("乙", "李四", "东镇"), ("丙", "王五", "西镇"), ("丁", "赵六", "东镇"),
         ("戊", "钱七", "西镇"), ("己", "孙八", "西镇"), ("庚", "周九", "东镇"), ("辛", "吴十", "东镇"), ("壬", "郑一", "西镇")]
    )
]  # fmt: skip
"""Nine shops; the fourth is what the tests write otherwise."""
ROW_KEYS = [f"90000{at}" for at in range(4, 9)]


def with_fourth(*lines: str, header: str = HEADER) -> Reading:
    return read_text("\n".join([header, *ROWS[:3], *lines, *ROWS[4:]]).encode())


def told(reading: Reading) -> list[tuple[str, str]]:
    return [each for each in rules(reading) if each[0].startswith(("line.", "repair."))]


def keys(reading: Reading) -> list[object]:
    return [shop["no"] for extract in reading.extracts for shop in records(extract)]


@pytest.mark.parametrize(
    ("line", "name", "hint"),
    [
        ('900003,"丁店,赵六,东镇,13900000003,靠河3号', '"丁店', "靠河3号"),
        ('900003,丁"店,赵六,东镇,13900000003,"靠河', '丁"店', '"靠河'),
        ('900003,丁"店,赵六,东镇,13900000003,靠河', '丁"店', "靠河"),
        ('900003,"丁"店,赵六,东镇,13900000003,靠河', '"丁"店', "靠河"),
        ('900003, "丁店" ,赵六,东镇,13900000003, "靠河,3号"', "丁店", "靠河,3号"),
        (r'900003,"丁\"大\"店",赵六,东镇,13900000003,靠河', '丁"大"店', "靠河"),
        (r'900003,"丁\",店",赵六,东镇,13900000003,靠河', '丁",店', "靠河"),
        ("900003,丁店,赵六,东镇,13900000003,'靠河,3号'", "丁店", "靠河,3号"),
        ('900003,丁店,赵六,东镇,13900000003,靠"河,3"号', "丁店", '靠"河,3"号'),
        ("900003;丁店;赵六;东镇;13900000003;靠河,3号".replace(",", "."), "丁店", "靠河.3号"),
        ("900003,丁店,赵六,东镇,13900000003,靠河,3号", "丁店", "靠河,3号"),
        ("900003,丁店,赵六,东镇,13900000003,靠河3号,,", "丁店", "靠河3号"),
        ('"900003,丁店,赵六,东镇,13900000003,""靠河,3号"""', "丁店", "靠河,3号"),
    ],
)
def test_a_line_with_one_reading_is_mended_and_told(line: str, name: str, hint: str) -> None:
    reading = with_fourth(line)
    shops = records(reading.extracts[0])
    assert len(shops) == 9
    assert (shops[3]["name"], shops[3]["tel"], shops[3]["hint"]) == (name, "13900000003", hint)
    assert told(reading) == [("line.mended", "A5")]


@pytest.mark.parametrize(
    "line",
    [
        "900003,丁,店,赵六,东镇,13900000003,靠河3号",  # 丁,店 or 店,赵六
        "900003,丁店赵六,东镇,13900000003,靠河3号",  # a separator is lost
        "900003,丁店,赵六,东镇,13900000003,靠河3号,多出来的,又一格,再一格,还一格",
        '900003,"丁店,"赵六,东镇,13900000003',
        "900003,丁店",
    ],
)
def test_a_line_without_one_reading_stays_out_and_is_told_with_its_text(line: str) -> None:
    reading = with_fourth(line)
    assert [no for no in keys(reading) if no != "900003"] == [f"90000{at}" for at in (0, 1, 2, 4, 5, 6, 7, 8)]
    (finding,) = [each for each in reading.findings if each.rule == "line.unclear"]
    assert (finding.cell, finding.value) == ("A5", line)
    assert dict(finding.details)["line"] == "5"
    assert len(keys(reading)) == 8


def test_two_stray_quotes_far_apart_swallow_nothing() -> None:
    rows = [*ROWS]
    rows[1] = rows[1].replace("乙店", '"乙店')
    rows[6] = rows[6].replace("庚店", '庚店"')
    reading = read_text("\r\n".join([HEADER, *rows]).encode())
    assert keys(reading) == [f"90000{at}" for at in range(9)]
    assert told(reading) == [("line.mended", "A3"), ("line.mended", "A8")]


@pytest.mark.parametrize(
    "between", ["900003,丁,店,赵六,东镇,13900000003,靠河", "900003,丁店赵六,东镇,13900000003,靠河"]
)
def test_nor_do_they_where_a_row_between_them_is_wrong_as_well(between: str) -> None:
    rows = [*ROWS]
    rows[1], rows[3], rows[6] = rows[1].replace("乙店", '"乙店'), between, rows[6].replace("庚店", '庚店"')
    reading = read_text("\r\n".join([HEADER, *rows]).encode())
    assert keys(reading) == [f"90000{at}" for at in (0, 1, 2, 4, 5, 6, 7, 8)]
    assert told(reading) == [("line.unclear", "A5"), ("line.mended", "A3"), ("line.mended", "A8")]


def test_lines_that_may_be_one_cell_or_rows_are_told() -> None:
    text = '店铺编码,店铺名称,掌柜\n900001,甲店,张\n900002,"乙店,李\n900003,丙店",王\n900004,丁店,赵'
    reading = read_text(text.encode())
    assert keys(reading) == ["900001", "900004"]
    assert told(reading) == [("line.unclear", "A3")]
    assert "900003" in reading.findings[0].value


def test_cells_of_several_lines_are_no_fault_though_every_row_has_one() -> None:
    rows = [re.sub(",(.店),", r',"\1\n（大门）",', row) for row in ROWS]
    reading = read_text("\n".join([HEADER, *rows]).encode())
    assert keys(reading) == [f"90000{at}" for at in range(9)]
    assert records(reading.extracts[0])[0]["name"] == "甲店\n（大门）"
    assert told(reading) == []


@pytest.mark.parametrize(
    ("broken", "cells"),
    [
        ("店铺名称 镇街", ()),
        ("店铺编码 附言", ()),
        ("店铺编码 店铺名称 掌柜 镇街 店铺电话 附言", ()),
        ("", ("丁店", "西镇")),
        ("", ("900003", "靠河3号")),
        ("", ("丁店", "赵六", "13900000003")),
        ("店铺名称 附言", ("丁店", "靠河3号")),
    ],
)
def test_several_cells_of_a_row_may_have_lines_of_their_own(broken: str, cells: tuple[str, ...]) -> None:
    header, line = HEADER, ROWS[3].replace("东镇", "西镇")
    for label in broken.split():
        header = header.replace(label, f'"{label[:2]}\n{label[2:]}"')
    for cell in cells:
        line = line.replace(cell, f'"{cell}\n"')
    reading = with_fourth(line, header=header)
    assert keys(reading) == [f"90000{at}" for at in range(3)] + ["900003" + "\n" * ("900003" in cells)] + ROW_KEYS
    assert records(reading.extracts[0])[3]["hint"] == "靠河3号" + "\n" * ("靠河3号" in cells)
    assert told(reading) == []


@pytest.mark.parametrize("name", ['"店铺\n名称：甲店"', '"店铺名称：甲店\n"', '"店铺\n名称：\n甲店"'])
def test_a_cell_of_a_file_of_one_column_may_have_lines_of_its_own(name: str) -> None:
    reading = read_text(f"店铺编码：900001\n{name}\n掌柜：张\n店铺电话：13900000001".encode())
    (shop,) = records(reading.extracts[0])
    assert (shop["no"], shop["name"].strip(), shop["keeper"], shop["tel"]) == ("900001", "甲店", "张", "13900000001")
    assert told(reading) == []


@pytest.mark.parametrize(
    ("last", "findings", "taken"),
    [(5, [("line.mended", "A2"), ("line.mended", "A6")], ["900001"]), (2, [("line.unclear", "A2")], [])],
)
def test_two_stray_quotes_in_a_file_of_one_column_are_told(
    last: int, findings: list[tuple[str, str]], taken: list[str]
) -> None:
    lines = ["店铺编码：900001", "店铺名称：甲店", "掌柜：张", "店铺电话：13900000001", "镇街：东镇", "附言：大门"]
    lines[1], lines[last] = f'"{lines[1]}', f'{lines[last]}"'
    reading = read_text("\n".join(lines).encode())
    assert (told(reading), keys(reading)) == (findings, taken)


def test_two_pairs_of_stray_quotes_swallow_nothing() -> None:
    rows = [*ROWS]
    rows[1], rows[2], rows[4] = (
        rows[1].replace("乙店", '"乙店'),
        rows[2].replace("丙店", '丙店"').replace("西镇", '"西镇'),
        rows[4].replace("戊店", '戊店"'),
    )
    reading = read_text("\r\n".join([HEADER, *rows]).encode())
    assert keys(reading) == [f"90000{at}" for at in range(9)]
    assert {rule for rule, _ in told(reading)} == {"line.mended"}


@pytest.mark.parametrize("sign", ["\u2028", "\x0b", "\x0c", "\x85", "\u2029"])
def test_only_line_ends_end_a_line(sign: str) -> None:
    reading = with_fourth(ROWS[3].replace("靠河", f"靠{sign}河"))
    assert len(keys(reading)) == 9
    assert records(reading.extracts[0])[3]["hint"] == f"靠{sign}河3号"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert len(keys(read_text(end.join([HEADER, *ROWS]).encode()))) == 9


def test_the_separator_is_the_one_that_parts_like_the_header() -> None:
    text = "店铺编码;店铺名称;掌柜\n" + "\n".join(f"90000{at};甲,乙,丙店{at};张,王" for at in range(9))
    reading = read_text(text.encode())
    assert records(reading.extracts[0])[0] == {"no": "900000", "name": "甲,乙,丙店0", "keeper": "张,王"}
    assert told(reading) == []


def test_a_hint_for_excel_names_the_separator() -> None:
    reading = read_text("sep=;\n店铺编码;店铺名称;掌柜\n900001;甲,店;张".encode())
    assert records(reading.extracts[0]) == [{"no": "900001", "name": "甲,店", "keeper": "张"}]


def test_blanks_left_out_at_the_end_are_told_once_where_the_file_does_so() -> None:
    rows = [row if at % 2 else row.rpartition(",")[0] for at, row in enumerate(ROWS)]
    reading = read_text("\n".join([HEADER, *rows]).encode())
    assert len(keys(reading)) == 9
    assert told(reading) == [("line.trimmed", "A2")]


def test_a_file_whose_quotes_are_apostrophes() -> None:
    lines = [",".join(f"'{cell}'" for cell in row.split(",")) for row in (HEADER, *ROWS)]
    lines[4] = lines[4].replace("靠河", "靠河,丁''")
    reading = read_text("\n".join(lines).encode())
    assert keys(reading) == [f"90000{at}" for at in range(9)]
    assert records(reading.extracts[0])[3]["hint"] == "靠河,丁'3号"
    assert told(reading) == []


def test_an_unusual_cell_in_a_short_line_has_not_moved() -> None:
    reading = with_fourth("900003,丁店,赵六,东镇,0318-3818749")
    assert len(keys(reading)) == 9
    assert told(reading) == [("line.short", "A5")]


def test_a_cell_below_the_last_row_that_says_nothing_of_a_note_is_told() -> None:
    def below(line: str) -> list[tuple[str, str]]:
        return told(read_text("\n".join([HEADER, *ROWS, line]).encode()))

    assert below("东侧") == [("line.unclear", "A11")]
    assert below("以上信息属实。") == []


def test_a_single_short_line_is_told() -> None:
    reading = with_fourth(ROWS[3].rpartition(",")[0])
    assert len(keys(reading)) == 9
    assert told(reading) == [("line.short", "A5")]


@pytest.mark.parametrize("cut", [",靠河3号", "赵六,东镇,13900000003,靠河3号", "靠河3号", "000003,靠河3号"])
def test_a_row_that_a_line_break_has_cut_is_told_whole(cut: str) -> None:
    first = ROWS[3].removesuffix(cut)
    assert first != ROWS[3]
    reading = with_fourth(first, cut)
    assert [no for no in keys(reading) if no != "900003"] == [f"90000{at}" for at in (0, 1, 2, 4, 5, 6, 7, 8)]
    assert {cell for rule, cell in told(reading) if rule == "line.unclear"} >= {"A6"}
    assert cut == "靠河3号" or "900003" not in keys(reading)


def test_blank_cells_behind_every_row_are_no_fault() -> None:
    reading = read_text("\n".join([HEADER, *(f"{row},," for row in ROWS)]).encode())
    assert (len(keys(reading)), told(reading)) == (9, [])


def test_every_row_wider_than_the_header_is_told() -> None:
    reading = read_text("\n".join([HEADER, *(row.replace("店", ",店") for row in ROWS)]).encode())
    assert keys(reading) == []
    assert told(reading) == [("line.unclear", f"A{row}") for row in range(2, 11)]
    assert "sheet.blank" not in dict(rules(reading))


def test_titles_notes_and_signatures_are_no_torn_rows() -> None:
    text = "\n".join(
        [
            "开店登记表",
            "填报者：李敏,填报日：2026-11-02",
            "",
            HEADER,
            *ROWS,
            "",
            "说明：掌柜,电话,必填",
            "制表人：李,,审核人：",
        ]
    )
    reading = read_text(text.encode())
    assert (len(keys(reading)), told(reading)) == (9, [])


def test_damaged_letters_are_told_at_their_line() -> None:
    content = "\n".join([HEADER, *ROWS]).encode()
    content = content.replace("丁店".encode(), "丁".encode() + b"\xe5\xba", 1)
    reading = read_text(content)
    assert keys(reading) == [f"90000{at}" for at in (0, 1, 2, 4, 5, 6, 7, 8)]
    assert told(reading) == [("line.garbled", "A5")]


def test_a_card_with_a_torn_line_stays_out() -> None:
    lines = ["店铺编码,900001", "店铺名称,甲店", "掌柜,张", "镇街,东镇", "附言,靠河,3号"]
    assert keys(read_text("\n".join(lines[:4]).encode())) == ["900001"]
    reading = read_text("\n".join(lines).encode())
    assert keys(reading) == []
    assert told(reading) == [("line.unclear", "A5")]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe", b"\xff\xfe\n\x00", b'"', b'\n"', b"sep=;", b'sep="\na"b', b"'", b"'a','b'"]
)
def test_a_file_of_next_to_nothing_is_refused_and_not_a_failure(content: bytes) -> None:
    assert read_text(content).refused
