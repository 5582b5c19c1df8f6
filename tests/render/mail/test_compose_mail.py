"""The digest that a person gets: what it says, what it never says, that it is safe and fits a phone."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from pipeline.domain.finding import Finding, OpenFinding
from pipeline.domain.mail import Letter
from pipeline.domain.office import Office
from pipeline.domain.record import RecordState
from pipeline.domain.record_set import InMemoryRecords, by_key
from pipeline.domain.roster import Person
from pipeline.domain.rulebook import found
from pipeline.render.mail.compose_mail import compose_digest
from schemas.language import Catalogue, Language, Localized, Procedure, Severity
from tests.tools.shop import BOSS, OPENING, SHOPS, TODAY, WALKER, roster

PRIVATE = replace(OPENING, fields=tuple(replace(field, private=field.code == "shop_tel") for field in OPENING.fields))
REGISTER = replace(SHOPS, forms=(PRIVATE, *SHOPS.forms[1:]))
CLERK = Person("", "", "", "clerk@example.com")


def entry(key: str, title: str = "店", state: str = "to_look", owner: str = "K1", **about: Any) -> RecordState:
    values = {"shop_no": key, "shop_title": title, "shop_tel": "13932810018"}
    return RecordState("shops", key, values, state=state, owner=owner, **{"due": TODAY, **about})


def wrong(number: int, owner: str = "K1", opened: date = TODAY, **about: Any) -> OpenFinding:
    finding = Finding("inbox.link", Severity.ERROR, file=f"f{number}.xlsx")
    return OpenFinding(number, about.get("finding", finding), owner, opened)


def office(*entries: RecordState, findings: tuple[OpenFinding, ...] = (), language: Language = "zh") -> Office:
    return Office(
        name="营销部",
        today=TODAY,
        language=language,
        catalogue=Catalogue((Procedure("shops", Localized("店", "Shops"), (REGISTER,)),)),
        roster=roster(),
        entries={"shops": InMemoryRecords(by_key(entries))},
        findings=findings,
    )


def both(said: Letter) -> str:
    return said.subject + said.text + said.html


def test_it_says_what_is_to_do_and_how_late_it_is() -> None:
    said = compose_digest(
        office(
            entry("1", "甲店", due=TODAY - timedelta(days=2)),
            entry("2", "乙店", reason="照片不清"),
            entry("3", "丙店", due=TODAY + timedelta(days=1)),
            entry("4", "别人的店", owner="K2"),
        ),
        WALKER,
        ["K1-王一.xlsx"],
    )
    assert said.subject == "【营销部】3 件待办，1 件已逾期"
    for text in (said.text, said.html):
        for words in (
            "王一，您好",
            "查看 3 件",
            "逾期 2 天",
            "退回原因：照片不清",
            "今天到期",
            "K1-王一.xlsx",
            "收件夹",
        ):
            assert words in text
        assert "别人的店" not in text
        assert text.index("甲店") < text.index("乙店") < text.index("丙店")


def test_a_manager_is_told_what_nobody_has_and_who_is_late() -> None:
    late = TODAY - timedelta(days=1)
    said = compose_digest(
        office(
            entry("1", "无主店", "new", "", due=late),
            entry("2", due=late),
            entry("3", due=late),
            entry("4", "自己的店", "to_decide", "B1", due=late),
        ),
        BOSS,
        [],
    )
    assert said.subject == "【营销部】1 件待办，1 件已逾期，1 件待分配，他人逾期 2 件"
    assert "派人：1 件还没有人办理" in said.text
    assert "无主店" in said.text
    assert "王一 2 件" in said.text
    assert "赵三 1 件" not in said.text


def test_new_findings_come_first_and_the_rest_is_counted() -> None:
    old = TODAY - timedelta(days=3)
    findings = (*(wrong(number, opened=old) for number in range(1, 7)), wrong(7), wrong(8, owner="K2"))
    said = compose_digest(office(findings=findings), WALKER, [])
    assert said.subject == "【营销部】7 处需更正"
    assert "其中新发现 1 处" in said.text
    assert said.text.index("f7.xlsx") < said.text.index("f1.xlsx")
    assert "另有 2 处" in said.text
    assert "f8.xlsx" not in said.text
    assert "改法：把文件本身放入收件夹" in said.html


def test_repairs_need_nothing_and_are_not_told() -> None:
    repaired = wrong(1, finding=Finding("repair.choice", Severity.REPAIR, file="a.xlsx"))
    assert compose_digest(office(findings=(repaired,)), WALKER, []).subject == "【营销部】今天没有待办"


def test_the_clerk_gets_what_belongs_to_nobody() -> None:
    said = compose_digest(office(findings=(wrong(1, owner=""),)), CLERK, ["all.xlsx"])
    assert said.subject == "【营销部】1 处需更正"
    assert "您好" in said.text


def test_no_private_field_and_no_number_of_a_person_leaves() -> None:
    finding = Finding(
        "value.error_cell", Severity.ERROR, "h", "a.xlsx", "表", "C4", "opening", "shop_tel", "1393281001", "7"
    )
    typed = found("inbox.link", file="张三 13932810018.xlsx")
    said = both(
        compose_digest(
            office(
                entry("1", "老张 13932810018", reason="电话 139 3281 0018 打不通，身份证 131123198001010013"),
                findings=(wrong(1, finding=finding), wrong(2, finding=typed)),
            ),
            WALKER,
            [],
        )
    )
    for secret in ("13932810018", "139 3281 0018", "1393281001", "131123198001010013"):
        assert secret not in said
    assert "139****0018" in said


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _ in attrs)}


@pytest.mark.parametrize(
    "payload", ["<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", '"><script>x</script>', "&lt;b&gt;"]
)
def test_text_from_sheets_stays_text(payload: str) -> None:
    said = compose_digest(
        replace(
            office(
                entry(payload, payload, reason=payload), findings=(wrong(1, finding=found("inbox.link", file=payload)),)
            ),
            name=payload,
        ),
        replace(WALKER, name=payload),
        [payload],
    )
    tags = Tags()
    tags.feed(said.html)
    assert not tags.found & {"img", "script", "onerror", "src", "b"}
    assert "49" not in both(said)
    assert payload in said.text


def test_line_breaks_cannot_leave_their_line() -> None:
    broken = "第一行\r\nBcc: x@y.cn\u2028第三行"
    said = compose_digest(replace(office(entry("1", broken)), name=broken), WALKER, [])
    assert "\n" not in said.subject
    assert "\r" not in said.subject
    assert "第一行 Bcc: x@y.cn 第三行" in said.text


def test_a_long_text_is_cut() -> None:
    assert len(compose_digest(office(entry("1", "长" * 5000)), WALKER, []).text) < 1000


def test_english_is_spoken_where_it_is_set() -> None:
    said = compose_digest(office(entry("1", due=TODAY - timedelta(days=2)), language="en"), WALKER, [])
    assert said.subject == "[营销部] 1 to do, 1 overdue"
    assert "2 d overdue" in said.html
    assert not re.search("[\u4e00-\u9fff]", re.sub("营销部|王一|查看|店", "", said.text))


def test_the_same_day_is_the_same_letter() -> None:
    assert compose_digest(office(entry("1")), WALKER, []) == compose_digest(office(entry("1")), WALKER, [])


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium to measure the page")
def test_it_fits_a_phone(tmp_path: Path) -> None:
    said = compose_digest(
        office(entry("9" * 90, "W" * 90, reason="x" * 90), findings=(wrong(1),)), WALKER, ["y" * 90 + ".xlsx"]
    )
    frame = tmp_path / "frame.html"
    frame.write_text(
        f"""<iframe width=360 height=800 srcdoc="{said.html.replace("&", "&amp;").replace('"', "&quot;")}"></iframe>
        <script>onload = () => {{
            const inside = frames[0].document.documentElement;
            document.title = inside.scrollWidth + "/" + inside.clientWidth;
        }}</script>""",
        "utf-8",
    )
    dumped = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", frame.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    match = re.search(r"<title>(\d+)/(\d+)</title>", dumped)
    assert match is not None
    assert int(match[2]) > 300
    assert int(match[1]) <= int(match[2])
