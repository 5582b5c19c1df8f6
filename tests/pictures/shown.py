"""Which pictures there are, and of what each is taken: all of the office that ``make demo`` plays."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfWorkbook:
    """The first printed page of a workbook that bears all of ``texts``, cut to what stands on it."""

    file: str
    """Below the outbox."""
    texts: tuple[str, ...]
    width: int = 1400
    """In pixels."""
    height: int = 1300
    """In pixels; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class OfMail:
    """A mail as its reader's program shows it: the first of those to him that says all of ``texts``."""

    recipient: str
    texts: tuple[str, ...]
    height: int = 900
    """In pixels; what is longer is cut."""


@dataclass(frozen=True, slots=True)
class OfPage:
    """The page ``index.html`` in a window of ``width``, from its top."""

    width: int
    height: int


PICTURES: dict[str, OfWorkbook | OfMail | OfPage] = {
    "master.png": OfWorkbook("master.xlsx", ("许可证号", "惠民超市"), 1600),
    "worklist.png": OfWorkbook("worklists/K01-王建国.xlsx", ("核实·客户", "平安街烟酒店"), 1500),
    "visit.png": OfWorkbook("visits/K01-王建国.xlsx", ("走访单·核实", "平安街烟酒店"), 900, 1000),
    "overview.png": OfWorkbook("worklists/K02-李秀英.xlsx", ("您有2件待办", "怎样交回"), 1100),
    "market.png": OfWorkbook("worklists/S01-赵敏.xlsx", ("疑似重复客户核对", "核对结论")),
    "unassigned.png": OfWorkbook("worklists/S01-赵敏.xlsx", ("未能分配", "未分配原因", "怎样改")),
    "exceptions.png": OfWorkbook("exceptions/all.xlsx", ("异常表", "怎样改", "单元格")),
    "return.png": OfWorkbook("returns/武强镇新入网户.xlsx", ("有2处要改",)),
    "return-sheet.png": OfWorkbook("returns/武强镇新入网户.xlsx", ("填报单位", "填表人"), 1100),
    "asked.png": OfWorkbook("returns/北代登记.xlsx", ("请答1问", "门头照片")),
    "staff.png": OfWorkbook("archive/2026-11/人员表.xlsx", ("工号", "赵敏"), 1400, 430),
    "balance.png": OfWorkbook("master.xlsx", ("对账", "账目相符"), 1000, 560),
    "help.png": OfWorkbook("help/客户经理.xlsx", ("一页通：客户经理",), 900),
    "mail.png": OfMail("k02@example.com", ("核实 2 件", "音乐小镇咖啡屋"), 1000),
    "mail-clerk.png": OfMail("a01@example.com", ("需要更正 4 处", "退回-武强镇新入网户.xlsx")),
    "page.png": OfPage(1280, 1500),
    "page-phone.png": OfPage(360, 900),
}

BEFORE = "21b1feddca"
"""The commit before worklists, exceptions, master and mails took the shape in which people hold them now."""
PICTURES_BEFORE: dict[str, OfWorkbook | OfMail | OfPage] = {
    "before-master.png": OfWorkbook("master.xlsx", ("许可证号", "惠民超市"), 1600),
    "before-worklist.png": OfWorkbook("worklists/K01-王建国.xlsx", ("核实", "平安街烟酒店"), 1500),
    "before-exceptions.png": OfWorkbook("exceptions/all.xlsx", ("异常表", "怎样改", "单元格")),
    "before-mail.png": OfMail("k02@example.com", ("核实", "音乐小镇咖啡屋"), 1000),
}
"""What the same demo gave then."""
