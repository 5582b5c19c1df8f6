"""The office at a glance, as a market manager reads it on her phone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

from pipeline.domain.finding import OpenFinding
from pipeline.domain.office import Office
from pipeline.domain.rulebook import GENERAL, found
from pipeline.domain.run_summary import RunSummary
from pipeline.domain.trends import FindingSeen, RunSeen, Trends
from pipeline.render.dashboard.figures import Paths
from pipeline.render.dashboard.page import page
from schemas.language import Kind, Severity
from schemas.language.work import FigureCell, Measure, Statistic
from tests.render.browser import Browser
from tests.render.offices import office, shop, with_visits
from tests.tools.shop import SHOPS, TODAY, words

PATHS = Paths(
    master="master.xlsx",
    exceptions="exceptions/all.xlsx",
    worklists={"K1": "worklists/K1-王 #1.xlsx"},
    own_exceptions={"K1": ""},
    help_cards={"客户经理": "help/客户经理.xlsx", "Market manager": "help/Market manager.xlsx"},
)
HELP = {"help/客户经理.xlsx", "help/Market manager.xlsx"}
WRONG = found(
    "value.choice", submission="s", file="登记.xlsx", form="opening", field="shop_title", value="13932810018", key="1"
)


def busy(**about: object) -> Office:
    summary = RunSummary(run=7)
    summary.files.read, summary.rows.accepted, summary.rows.rejected = 3, 40, 2
    seen = [
        FindingSeen(WRONG.rule, "", TODAY, None),
        FindingSeen(WRONG.rule, "", TODAY - timedelta(weeks=2), TODAY),
        FindingSeen(WRONG.rule, "", TODAY - timedelta(weeks=2), TODAY),
    ]
    drawn = office(
        shop("1", "to_look", late=3),
        shop("2", "to_look"),
        shop("3", "new", owner=""),
        shop("4", "done"),
        findings=[OpenFinding(1, WRONG, "", TODAY)],
        **about,  # type: ignore[arg-type]
    )
    return replace(drawn, trends=Trends([RunSeen(7, TODAY, summary.to_json())], seen, {"王一": 5}))


def text(html: bytes) -> str:
    root = lxml.html.fromstring(html.decode())
    for style in root.iter("style"):
        style.drop_tree()
    return " ".join(root.text_content().split())


def rows(html: bytes, section: str) -> list[list[str]]:
    found_rows = lxml.html.fromstring(html.decode()).xpath(f'//section[@id="{section}"]//tbody/tr')
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in found_rows]


def test_the_first_sentence_says_how_the_office_stands() -> None:
    assert "办理中 3 件，逾期 1 件，无人办理 1 件，待更正 1 处。" in text(page(busy(), PATHS))


def test_an_office_with_nothing_to_do_says_so() -> None:
    assert "没有待办，没有异常。" in text(page(office(), PATHS))


def test_each_person_has_what_is_in_hand_late_due_this_week_and_done() -> None:
    """Of two shops one is three days late, and one is due today."""
    assert ["王一", "2", "1", "1", "5 天", "5", "0"] in [row[:7] for row in rows(page(busy(), PATHS), "people")]


def test_what_nobody_has_stands_before_all_people_and_together_they_have_all() -> None:
    people = rows(page(busy(), PATHS), "people")
    assert people[0][:5] == ["无人", "1", "0", "1", "5 天"]
    assert sum(int(row[1]) for row in people) == 3


def test_what_came_in_on_one_day_is_told_together_whatever_number_of_runs_took_it_in() -> None:
    drawn = busy()
    earlier = RunSummary(run=6)
    earlier.files.read, earlier.files.refused, earlier.rows.accepted, earlier.rows.unchanged = 2, 1, 7, 4
    before = RunSummary(run=5)
    before.files.read = 50
    runs = [
        *drawn.trends.runs,
        RunSeen(6, TODAY, earlier.to_json()),
        RunSeen(5, TODAY - timedelta(1), before.to_json()),
    ]

    came = lxml.html.fromstring(page(replace(drawn, trends=replace(drawn.trends, runs=runs)), PATHS).decode())

    told = came.xpath('//section[@id="arrivals"]')[0]
    figures = {
        each.findtext("dt"): each.find("dd").text_content().strip()
        for each in told.iter("div")
        if each.find("dt") is not None
    }
    assert figures == {"读取": "5", "拒收": "1", "采用": "47", "没有变化": "4", "退回": "2"}
    assert "第 6 至第 7 批" in told.text_content()


def test_the_weeks_are_told_in_figures_beside_the_chart() -> None:
    weeks = lxml.html.fromstring(page(busy(), PATHS).decode()).xpath("//figure//tbody/tr")
    told = [[cell.text_content() for cell in week] for week in weeks]
    assert [week[1:] for week in told] == [["0", "0"]] * 5 + [["2", "0"], ["0", "0"], ["1", "2"]]
    assert told[-1][0] == f"{TODAY - timedelta(6):%m-%d}"


def test_a_stage_that_the_program_takes_shows_only_when_something_waits_for_it() -> None:
    html = page(office(shop("1", "done")), PATHS)
    assert [row[0] for row in rows(html, "of-shops")] == [
        stage.title.zh for stage in SHOPS.stages if stage.state and stage.form
    ]


def test_a_file_called_by_a_phone_number_is_named_without_it_and_not_linked() -> None:
    returns = {"13932810018 登记.xlsx": "returns/13932810018 登记.xlsx", "登记.xlsx": "returns/登记.xlsx"}
    html = page(busy(), replace(PATHS, returns=returns))
    (listed,) = lxml.html.fromstring(html.decode()).xpath('//h3[text()="退回件"]/following-sibling::ul[1]')
    assert [each.text_content() for each in listed] == ["139****0018 登记.xlsx", "登记.xlsx"]
    assert [unquote(href) for href in listed.xpath(".//@href")] == ["returns/登记.xlsx"]
    assert b"13932810018" not in html


def test_the_rarer_rules_are_counted_together() -> None:
    findings = [
        OpenFinding(at, found(rule.code), "", TODAY)
        for at, rule in enumerate([rule for rule in GENERAL if rule.severity is not Severity.REPAIR][:15])
    ]
    told = rows(page(office(findings=findings), PATHS), "wrong")
    assert [row[:2] for row in told if row[0] == "其他 3 类"] == [["其他 3 类", "3"]]


def test_a_rule_that_is_broken_in_one_column_names_it_and_in_two_names_none() -> None:
    other = replace(WRONG, field="shop_no", key="2")
    one = page(office(findings=[OpenFinding(1, WRONG, "", TODAY)]), PATHS)
    two = page(office(findings=[OpenFinding(1, WRONG, "", TODAY), OpenFinding(2, other, "", TODAY)]), PATHS)
    label = SHOPS.field("shop_title").label.zh
    assert label in rows(one, "wrong")[0][0] and label not in rows(two, "wrong")[0][0]
    assert rows(two, "wrong")[0][1] == "2"


def test_the_same_office_gives_the_same_bytes() -> None:
    assert page(busy(), PATHS) == page(busy(), PATHS)


def test_the_trend_reads_out_eight_weeks_oldest_first() -> None:
    html = page(busy(), PATHS).decode()
    assert "近 8 周每周新增：0 0 0 0 0 2 0 1" in html


def test_every_link_leads_to_a_workbook_that_was_named_escaped_as_a_link_must_be() -> None:
    links = lxml.html.fromstring(page(busy(), PATHS).decode()).xpath("//a/@href")
    outside = {unquote(link) for link in links if not link.startswith("#")}
    assert outside == {"master.xlsx", "exceptions/all.xlsx", "worklists/K1-王 #1.xlsx"} | HELP
    assert not any(" " in link or "#" in link.lstrip("#") for link in links)


def test_the_help_of_each_role_is_a_section_that_the_navigation_leads_to() -> None:
    root = lxml.html.fromstring(page(busy(), PATHS).decode())
    (section,) = root.xpath('//section[@id="help"]')
    assert section.xpath(".//h2/text()") == ["帮助"]
    assert {unquote(link) for link in section.xpath(".//a/@href")} == HELP
    assert [each.text_content() for each in section.xpath(".//a")] == ["客户经理", "Market manager"]
    assert root.xpath('//nav//a[@href="#help"]')
    without = lxml.html.fromstring(page(busy(), replace(PATHS, help_cards={})).decode())
    assert not without.xpath('//section[@id="help"]') and not without.xpath('//nav//a[@href="#help"]')


def test_nothing_that_was_typed_into_a_cell_stands_on_it() -> None:
    html = page(busy(), PATHS).decode()
    assert "13932810018" not in html and "店1" not in html


def test_names_are_text_never_markup() -> None:
    html = page(replace(busy(), name="<script>alert(1)</script>&"), PATHS).decode()
    assert "<script" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in html


def test_it_needs_no_script_and_no_network() -> None:
    root = lxml.html.fromstring(page(busy(), PATHS).decode())
    assert not root.xpath("//script|//img|//iframe|//link[@rel='stylesheet']|//@onclick")
    assert "default-src 'none'" in root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_a_screen_reader_finds_headings_in_order_and_headers_of_every_table() -> None:
    root = lxml.html.fromstring(page(busy(), PATHS).decode())
    levels = [int(each.tag[1]) for each in root.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1 and all(later <= before + 1 for before, later in pairwise(levels))
    assert not root.xpath("//table[not(.//thead//th[@scope='col'])]")
    assert not root.xpath("//tbody/tr[not(th[@scope='row'])]")
    assert root.xpath("//html/@lang") == ["zh-CN"] and root.xpath("//main") and root.xpath("//nav/@aria-label")


def test_in_english_no_chinese_word_of_ours_is_left() -> None:
    said = text(page(busy(language="en"), PATHS))
    assert "3 in hand, 1 overdue, 1 with nobody, 1 to correct." in said
    assert "Last runs" in said and "最近" not in said


def test_several_procedures_have_a_section_each_with_their_registers_what_is_new_to_all_first() -> None:
    html = page(with_visits(busy()), PATHS)
    root = lxml.html.fromstring(html.decode())
    sections = root.xpath("//section[starts-with(@id, 'procedure-')]")
    assert [each.findtext("h2") for each in sections] == ["开店", "客户拜访"]
    assert [[" ".join(head.text_content().split()) for head in each.xpath(".//h3")] for each in sections] == [
        ["店铺 共 4 条"],
        ["拜访 共 1 条"],
    ]
    links = root.xpath("//nav//a/@href")
    assert [each for each in links if each.startswith("#procedure")] == ["#procedure-shop", "#procedure-a_visiting"]
    assert all(root.xpath(f"//*[@id='{each[1:]}']") for each in links)
    assert ["查看", "1", "1"] in [row[:3] for row in rows(html, "procedure-a_visiting")]
    levels = [int(each.tag[1]) for each in root.xpath("//h1|//h2|//h3|//h4")]
    assert all(later <= before + 1 for before, later in pairwise(levels))


COUNTED = Statistic(
    "by_month",
    words("按月"),
    words("月份"),
    (Measure(words("户数")), Measure(words("小时"), Kind.NUMBER)),
    lambda held, today: [],
)


def counting(*counted: list[FigureCell]) -> bytes:
    drawn = office(shop("1", "done"), register=replace(SHOPS, statistics=(COUNTED,)))
    return page(replace(drawn, figures={COUNTED.code: counted}), PATHS)


def test_figures_are_told_with_separators() -> None:
    told = rows(counting(["2026-10", 1234567, 1234.5], ["2026-11", 12345, None]), "figures-shop")
    assert [row[:3] for row in told] == [["2026-10", "1,234,567", "1,234.5"], ["2026-11", "12,345", "–"]]


@pytest.mark.parametrize(
    ("counted", "bars"),
    [
        ([["2026-11", 5, 2]], 0),
        ([["2026-10", 0, 2], ["2026-11", 5, 2]], 0),
        ([["2026-10", 3, 2], ["2026-11", 5, 2]], 2),
    ],
)
def test_a_bar_stands_beside_another_one_or_not_at_all(counted: list[list[FigureCell]], bars: int) -> None:
    html = lxml.html.fromstring(counting(*counted).decode())
    assert len(html.xpath('//section[@id="figures-shop"]//*[@class="bar"]')) == bars


def test_one_finding_in_eight_weeks_is_told_without_a_chart() -> None:
    seen = FindingSeen(WRONG.rule, "", TODAY, None)
    html = page(replace(busy(), trends=Trends((), [seen], {})), PATHS)
    root = lxml.html.fromstring(html.decode())
    assert not root.xpath('//*[@class="columns"]')
    assert [row for row in rows(html, "wrong") if row[1:] == ["1", "0"]]


def test_no_time_is_negative_where_the_clock_was_set_back() -> None:
    html = page(office(shop("1", "to_look"), today=TODAY - timedelta(9)), PATHS)
    assert [row[:5] for row in rows(html, "people")] == [["王一", "1", "0", "0", "0 天"]]


OVERFLOW = """
[...document.querySelectorAll('section')].filter(e => [...e.querySelectorAll('table, dl, ul, svg')].some(
  c => c.getBoundingClientRect().right > e.getBoundingClientRect().right - 8)).map(e => e.id)
"""
CONTRAST = """
(() => {
  const light = c => { const v = c / 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const parse = s => (s.match(/[\\d.]+/g) || []).map(Number);
  const lum = c => 0.2126 * light(c[0]) + 0.7152 * light(c[1]) + 0.0722 * light(c[2]);
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || e.closest('svg')) continue;
    const a = lum(parse(getComputedStyle(e).color)), b = lum(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([e.tagName, e.textContent.trim().slice(0, 20), ratio]);
  }
  return poor;
})()
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "index.html"
    long = "某某省某某市某某某某自治县烟草专卖局（分公司）营销部第一市场服务组"
    file.write_bytes(page(replace(busy(), name=long), PATHS))
    return file


def test_in_a_browser_it_fits_a_phone_and_a_desk_is_legible_light_and_dark_and_complains_of_nothing(
    shown: Path, tmp_path: Path
) -> None:
    with Browser(tmp_path) as browser:
        for width in (360, 1280):
            for dark in (False, True):
                browser.open(shown, width, dark=dark)
                assert browser.value("document.documentElement.scrollWidth") <= width
                assert browser.value(OVERFLOW) == []
                assert browser.value(CONTRAST) == []
        assert "办理中 3 件" in browser.value("document.body.innerText")
        many = tmp_path / "many.html"
        many.write_bytes(page(with_visits(busy()), PATHS))
        for width in (360, 1280):
            browser.open(many, width)
            assert browser.value("document.documentElement.scrollWidth") <= width
            assert browser.value(OVERFLOW) == []
            assert browser.value(CONTRAST) == []
        english = tmp_path / "english.html"
        english.write_bytes(page(busy(language="en"), PATHS))
        browser.open(english, 360)
        assert browser.value("document.documentElement.scrollWidth") <= 360
        assert browser.value(OVERFLOW) == []
        assert browser.value("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
        assert browser.complaints == []


def test_with_the_keyboard_alone_the_help_can_be_reached_and_is_seen_to_be(shown: Path, tmp_path: Path) -> None:
    with Browser(tmp_path) as browser:
        browser.open(shown, 360)
        reached = []
        for _ in range(browser.value("document.querySelectorAll('a, summary').length")):
            browser.tab()
            if browser.value("document.activeElement.closest('#help') !== null"):
                reached.append(browser.value("document.activeElement.textContent"))
                assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert reached == ["客户经理", "Market manager"]


def test_on_paper_the_help_says_whose_cards_there_are_and_where(shown: Path, tmp_path: Path) -> None:
    with Browser(tmp_path) as browser:
        browser.open(shown, 1280)
        browser.print_media()
        assert browser.value("getComputedStyle(document.querySelector('#help')).display") != "none"
        assert "outbox/help" in browser.value("document.querySelector('#help').innerText")


def test_it_leads_to_the_sheets_that_people_take_along_to_customers() -> None:
    drawn = page(busy(), replace(PATHS, visits={"K1": "visits/K1-王一.xlsx", "K2": ""}))
    group = next(each for each in lxml.html.fromstring(drawn.decode()).iter("h3") if each.text_content() == "走访单")
    links = [(each.text_content(), each.get("href")) for each in group.getnext().iter("a")]
    assert links == [("王一", "visits/K1-%E7%8E%8B%E4%B8%80.xlsx")]
    assert "走访单" not in text(page(busy(), PATHS))
