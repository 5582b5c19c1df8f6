from datetime import datetime

from pipeline.domain.cell import Broken
from pipeline.domain.extract import Reading
from pipeline.read.read_file import read_file
from tests.read.sheets import KNOWN, places, records, rules

PAGE = """<html><head><meta charset="gbk"></head><body><table>
<tr><td colspan=4>开店登记表</td></tr>
<tr><th>店铺编码</th><th>店铺<br>名称</th><th>掌柜</th><th>镇街</th></tr>
<tr><td>900002</td><td> 甲
 店</td><td>张&amp;三<!-- no --></td><td rowspan=2>东镇</td></tr>
<tr><td>900003</td><td>乙店</td><td>王</td></tr>
</table></body></html>"""
BOOK = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="登记"><Table>
<Row ss:Index="3"><Cell><Data ss:Type="String">店铺编码</Data></Cell><Cell><Data ss:Type="String">店铺名称</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">掌柜</Data></Cell><Cell><Data ss:Type="String">租期起</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">900002</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">张</Data></Cell>
<Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def read_page(content: str, encoding: str = "gbk") -> Reading:
    return read_file("导出.xls", content.encode(encoding), "hash", KNOWN)


def test_a_web_page_saved_under_the_name_of_a_workbook() -> None:
    (extract,) = read_page(PAGE).extracts
    assert records(extract) == [
        {"no": "900002", "name": "甲 店", "keeper": "张&三", "town": "东镇"},
        {"no": "900003", "name": "乙店", "keeper": "王", "town": "东镇"},
    ]
    assert places(extract, "town") == ["D3", "D3"]


def test_a_page_without_a_table_is_refused() -> None:
    assert rules(read_page("<html><body>请登录</body></html>")) == [("file.unreadable", "")]


def test_an_xml_spreadsheet_keeps_its_types() -> None:
    (extract,) = read_page(BOOK, "utf-8").extracts
    assert records(extract) == [{"no": 900002.0, "name": Broken("#N/A"), "keeper": "张", "since": datetime(2024, 3, 5)}]
    assert places(extract, "keeper") == ["D4"]


def test_entities_of_a_document_are_not_opened() -> None:
    hostile = BOOK.replace(
        '<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ).replace(">张<", ">&x;<")
    reading = read_page(hostile, "utf-8")
    assert "root" not in str(reading)


def test_a_row_number_beyond_any_sheet_is_refused() -> None:
    assert rules(read_page(BOOK.replace('ss:Index="3"', 'ss:Index="9999999"'), "utf-8")) == [("file.bomb", "")]
