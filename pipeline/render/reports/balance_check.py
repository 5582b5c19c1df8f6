"""The page 对账: what came in against what became of it, for the last run with news and for all runs."""

from __future__ import annotations

from pipeline.domain.balance import FILES, LASTING, ROWS, Balance
from pipeline.domain.office import Office
from pipeline.render.reports.record_columns import as_of
from pipeline.render.wording import IGNORED, caption
from pipeline.render.xlsx.workbook import (
    Cell,
    LineStyle,
    Mark,
    SheetElement,
    Table,
    TableColumn,
    TextLine,
    WorkbookSheet,
)
from schemas.language import Kind, Language


def reconciliation(office: Office) -> WorkbookSheet | None:
    """Return the page of *office*; None before anything ever came in."""
    balance = office.balance
    if balance is None or not balance.total.files_in:
        return None
    language = office.language
    parts: tuple[SheetElement, ...] = (
        TextLine(balance_in_a_sentence(balance, language), LineStyle.LATE if balance.gaps else LineStyle.TEXT),
        TextLine(caption("balance_hint", language), LineStyle.HINT),
        _flows(balance, language),
        _registers(office, balance),
    )
    return WorkbookSheet(
        caption("balance", language),
        parts,
        heading=caption("balance", language),
        subheading=as_of(office),
        profile=True,
    )


def balance_in_a_sentence(balance: Balance, language: Language) -> str:
    """Return in one sentence whether the books balance."""
    return caption("balance_off" if balance.gaps else "balance_even", language, count=len(balance.gaps))


def _flows(balance: Balance, language: Language) -> Table:
    latest, total = balance.latest, balance.total

    def say(code: str) -> str:
        return caption(code, language)

    rows: list[list[Cell]] = [[say("balance_files_in"), latest.files_in, total.files_in]]
    rows += [
        [say(f"balance_file_{fate}"), latest.files.get(fate, 0), total.files.get(fate, 0) if fate in LASTING else None]
        for fate in FILES
    ]
    rows.append([say("balance_rows_in"), latest.rows_in, total.rows_in])
    rows += [[say(f"balance_row_{fate}"), latest.rows.get(fate, 0), total.rows.get(fate, 0)] for fate in ROWS]
    rows.append([say("balance_ignored"), sum(latest.ignored.values()), sum(total.ignored.values())])
    rows += [
        [
            caption("balance_of_them", language, what=IGNORED[reason].to(language) if reason in IGNORED else reason),
            latest.ignored.get(reason, 0),
            count,
        ]
        for reason, count in total.ignored.items()
    ]
    wrong = {gap.of for gap in balance.gaps}
    marks = {at: Mark.LATE for code, at in (("files", 0), ("rows", 1 + len(FILES))) if code in wrong}
    day = latest.day.isoformat() if latest.day else ""
    columns = (
        TableColumn(say("balance_what"), marked=True),
        TableColumn(caption("balance_run", language, run=latest.run, day=day), Kind.INTEGER, marked=True),
        TableColumn(say("balance_all"), Kind.INTEGER, marked=True),
    )
    return Table("balance", columns, rows, heading=say("balance_flow"), marks=marks)


def _registers(office: Office, balance: Balance) -> Table:
    language = office.language
    wrong = {gap.of for gap in balance.gaps}
    codes = [
        register.code
        for register in office.catalogue.registers
        if (held := balance.registers.get(register.code)) and (held.opened or held.records or register.code in wrong)
    ]
    rows: list[list[Cell]] = [
        [
            office.register(code).title.to(language),
            (held := balance.registers[code]).opened,
            held.taken_back,
            held.records,
            caption("balance_differs" if code in wrong else "balance_equal", language),
        ]
        for code in codes
    ]
    columns = (
        TableColumn(caption("register", language), marked=True),
        *(
            TableColumn(caption(code, language), Kind.INTEGER, marked=True)
            for code in ("balance_opened", "balance_taken_back", "balance_records")
        ),
        TableColumn(caption("balance_result", language), marked=True),
    )
    marks = {at: Mark.LATE for at, code in enumerate(codes) if code in wrong}
    return Table("balance_registers", columns, rows, heading=caption("balance_of_registers", language), marks=marks)
