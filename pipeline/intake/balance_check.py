"""After every run: what came in is held against what became of it, and the sums are carried forward in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.domain.balance import ROWS, Balance, Flow, Gap, RecordsHeld, add
from pipeline.domain.finding import Finding
from pipeline.domain.json_values import JsonRead
from pipeline.domain.rulebook import found
from pipeline.outside.ledger.point_in_time import Books
from schemas.language import Catalogue, Localized

_FILES = Localized("文件", "files")
_ROWS = Localized("数据行", "rows")
_ALL = Localized("累计的{what}", "all runs, {what}")
_ONE = Localized("第 {run} 批的{what}", "run {run}, {what}")
_RECORDS = Localized("“{title}”台账的记录", "records of the register {title}")


def check_balance(books: Books, catalogue: Catalogue, flow: Flow) -> Balance:
    """Return the balance after a run that took in *flow*. A run that brought no news leaves it as it stands, or stood."""
    latest, total = _carried_forward(books)
    if flow.news:
        latest, total = flow, add(total, flow)
    registers = {}
    for register in catalogue.registers:
        opened, taken_back = books.events.count_openings(register.code)
        registers[register.code] = RecordsHeld(opened, taken_back, books.records.count(register.code))
    return Balance(latest, total, registers)


def to_keep(balance: Balance) -> JsonRead:
    """Return what the ledger keeps of *balance* with its run."""
    return {"latest": balance.latest.to_json(), "total": balance.total.to_json()}


def unbalanced(balance: Balance, catalogue: Catalogue) -> list[Finding]:
    """Return a finding for each sum that does not hold; they are the administrator's."""
    return [
        found("balance.off", value=f"{gap.of}/{gap.run}", what=_what(gap, catalogue), came=gap.came, became=gap.became)
        for gap in balance.gaps
    ]


def _what(gap: Gap, catalogue: Catalogue) -> Localized:
    if gap.of not in ("files", "rows"):
        return _RECORDS.filled(title=catalogue.register(gap.of).title)
    what, scope = _FILES if gap.of == "files" else _ROWS, _ONE if gap.run else _ALL
    return scope.filled(run=gap.run, what=what)


def _carried_forward(books: Books) -> tuple[Flow, Flow]:
    """The latest news and the sums that the newest run kept; runs of a version that kept none are summed up."""
    earlier: list[Flow] = []
    for run, summary in books.runs.summaries():
        if "balance" in summary:
            kept = summary["balance"]
            return Flow.from_json(kept["latest"]), _sum(Flow.from_json(kept["total"]), earlier)
        if "rows" in summary:
            earlier.append(_flow(run, dict(summary)))
    return Flow(), _sum(Flow(), earlier)


def _sum(total: Flow, flows: Iterable[Flow]) -> Flow:
    for flow in flows:
        total = add(total, flow)
    return total


def _flow(run: int, summary: JsonRead) -> Flow:
    rows, files = summary["rows"], dict(summary["files"])
    return Flow(
        run=run,
        files_in=files.pop("seen"),
        rows_in=rows["read"],
        files=files,
        rows={fate: rows[fate] for fate in ROWS},
    )
