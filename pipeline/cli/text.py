"""What the command line says of a result when a person reads it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.domain.run_summary import MailCount, RunSummary
from pipeline.domain.undone import Undone
from schemas.language import Language, Localized

_KEYS_SHOWN = 5

SEVERITY: Mapping[str, Localized] = {
    "error": Localized("错误", "error"),
    "warning": Localized("提醒", "warning"),
    "repair": Localized("已修正", "repaired"),
}


def summary_line(summary: RunSummary) -> Localized:
    """Return one run in one line."""
    files, rows, mails, found = summary.files, summary.rows, summary.mails, summary.findings
    return Localized(
        f"第 {summary.run} 批：来件 {files.seen}（读取 {files.read}，已有 {files.known}，退回 {files.refused}，"
        f"等待 {files.waiting}）；记录 {rows.read}（入账 {rows.accepted}，未变 {rows.unchanged}，"
        f"退回 {rows.rejected}，修正 {rows.repaired}）；新异常 {found.error}，提醒 {found.warning}；"
        f"分配 {summary.assigned}，待分配 {summary.unassigned}；邮件 {mails.sent}",
        f"run {summary.run}: {files.seen} files ({files.read} read, {files.known} known, {files.refused} refused, "
        f"{files.waiting} waiting); {rows.read} rows ({rows.accepted} accepted, {rows.unchanged} unchanged, "
        f"{rows.rejected} rejected, {rows.repaired} repaired); {found.error} new errors, {found.warning} warnings; "
        f"{summary.assigned} assigned, {summary.unassigned} not; {mails.sent} mails",
    )


def undelivered_line(mails: MailCount) -> Localized:
    """Return what became of the mails that did not arrive."""
    count = mails.queued + mails.failed
    return Localized(
        f"{count} 封邮件没有送达（待重发 {mails.queued}，放弃 {mails.failed}）；用 pipeline doctor 检查邮件设置",
        f"{count} mails not delivered ({mails.queued} to be tried again, {mails.failed} given up); "
        "pipeline doctor checks the mail settings",
    )


def finding_lines(finding: Mapping[str, str], language: Language) -> Iterator[str]:
    """Yield one finding of ``check``: where, what, how to mend it."""
    yield "!".join(part for part in (finding["file"], finding["sheet"], finding["cell"]) if part)
    yield f"  {SEVERITY[finding['severity']].to(language)}  {finding['message']}"
    yield f"  → {finding['fix']}"


def status_lines(status: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield where the office stands, a line for the last run, each register, and the findings."""
    yield _last_run(status).to(language)
    yield from _sums(status, language)


def statuses_lines(statuses: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield where each office stands that shares the ledger, and the sums over all."""
    offices = statuses["offices"]
    for each in offices:
        yield Localized(
            f"{each['office'] or '（无代码）'}：{_last_run(each).zh}",
            f"{each['office'] or '(no code)'}: {_last_run(each).en}",
        ).to(language)
        yield from (f"  {line}" for line in _sums(each, language))
    yield Localized(f"合计 {len(offices)} 个单位", f"{len(offices)} offices in all").to(language)
    yield from (f"  {line}" for line in _sums(statuses, language))


def _last_run(status: Mapping[str, Any]) -> Localized:
    run, day = status["run"], status["day"]
    return Localized(f"最近一批：第 {run} 批，{day}", f"last run: {run} on {day}")


def _sums(status: Mapping[str, Any], language: Language) -> Iterator[str]:
    for each in status["registers"]:
        states = Localized("，", ", ").to(language).join(f"{name} {count}" for name, count in each["states"].items())
        late = each["overdue"]
        yield Localized(
            f"{each['title']}：{each['records']}"
            + (f"（{states}）" if states else "")
            + (f"，逾期 {late}" if late else ""),
            f"{each['title']}: {each['records']}"
            + (f" ({states})" if states else "")
            + (f", {late} overdue" if late else ""),
        ).to(language)
    found = status["findings"]
    yield Localized(
        f"未了异常：错误 {found['error']}，提醒 {found['warning']}",
        f"open findings: {found['error']} errors, {found['warning']} warnings",
    ).to(language)


def to_take_back(planned: Undone, language: Language) -> Iterator[str]:
    """Yield what an undo would take back: the sheets, and how many records change by it."""
    for each in planned.submissions:
        yield Localized(
            f"第 {each.run} 批，{each.day}：{each.name}（{each.sha256[:12]}）",
            f"run {each.run}, {each.day}: {each.name} ({each.sha256[:12]})",
        ).to(language)
    yield taken_back(planned).to(language)


def taken_back(undone: Undone) -> Localized:
    """Return one undo, planned or done, in one line."""
    records, sheets = undone.records, len(undone.submissions)
    return Localized(
        f"撤销来件 {sheets} 份、记录 {records} 条；已给出的编号不再使用，需要恢复时把来件重新放入收件夹",
        f"{sheets} sheets and {records} records taken back; numbers given are not given again; "
        "to have it back drop the sheets again",
    )


def rebuilt_lines(rebuilt: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield what was built anew, and how the ledger before it differs."""
    runs, files, records = rebuilt["runs"], rebuilt["files"], rebuilt["records"]
    yield Localized(
        f"已由 {runs} 批、{files} 个原件重建账本：{records} 条记录，{rebuilt['url']}",
        f"built from {files} originals of {runs} runs: {records} records, {rebuilt['url']}",
    ).to(language)
    if rebuilt["kept"]:
        yield Localized(f"原账本保存为 {rebuilt['kept']}", f"the ledger before it is kept as {rebuilt['kept']}").to(
            language
        )
    for title, keys in rebuilt["differing"].items():
        shown = "、".join(keys[:_KEYS_SHOWN]) + (" …" if len(keys) > _KEYS_SHOWN else "")
        yield Localized(
            f"“{title}”有 {len(keys)} 条记录与原账本不同：{shown}", f"{title}: {len(keys)} records differ: {shown}"
        ).to(language)
    if rebuilt["compared"] and not rebuilt["differing"]:
        yield Localized("与原账本一致", "the same as the ledger before it").to(language)
