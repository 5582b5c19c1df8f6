"""What the command line says of a result when a person reads it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.domain.mail import Undelivered
from pipeline.domain.run_summary import MailCount, RunSummary
from pipeline.domain.undone import Undone
from pipeline.render.undelivered_words import undelivered_advice, undelivered_sentence
from pipeline.render.wording import SEVERITIES
from schemas.language import Language, Localized

if TYPE_CHECKING:
    from pipeline.commands.check import WordedFinding
    from pipeline.commands.rebuild import Rebuilt
    from pipeline.commands.status import Status, StatusOfAll

_KEYS_SHOWN = 5


def summary_line(summary: RunSummary) -> Localized:
    """Return one run in one line."""
    files, rows, mails, found = summary.files, summary.rows, summary.mails, summary.findings
    passed_over = (f"，略过 {files.ignored}", f", {files.ignored} passed over") if files.ignored else ("", "")
    return Localized(
        f"第 {summary.run} 批：来件 {files.seen}（读取 {files.read}，已有 {files.known}，退回 {files.refused}，"
        f"等待 {files.waiting}{passed_over[0]}）；记录 {rows.read}（入账 {rows.accepted}，未变 {rows.unchanged}，"
        f"退回 {rows.rejected}，修正 {rows.repaired}）；新异常 {found.error}，提醒 {found.warning}；"
        f"分配 {summary.assigned}，待分配 {summary.unassigned}；邮件 {mails.sent}",
        f"run {summary.run}: {files.seen} files ({files.read} read, {files.known} known, {files.refused} refused, "
        f"{files.waiting} waiting{passed_over[1]}); {rows.read} rows ({rows.accepted} accepted, {rows.unchanged} unchanged, "
        f"{rows.rejected} rejected, {rows.repaired} repaired); {found.error} new errors, {found.warning} warnings; "
        f"{summary.assigned} assigned, {summary.unassigned} not; {mails.sent} mails",
    )


def dry_run_lines(summary: RunSummary) -> Iterator[Localized]:
    """Yield what a run would do, each line marked: nothing of it was done."""
    mark = Localized("试：", "trial: ")
    mails, outputs = summary.mails.queued, summary.outputs
    lines = [
        Localized("什么也没有写、没有移动、没有发出", "nothing was written, moved or sent"),
        summary_line(summary),
        Localized(f"要发 {mails} 封邮件", f"{mails} mails would go out"),
        Localized(f"要写 {len(outputs)} 个文件", f"{len(outputs)} files would be written"),
        *(Localized(f"  {path}", f"  {path}") for path in outputs),
    ]
    for each in lines:
        yield Localized(mark.zh + each.zh, mark.en + each.en)


def undelivered_line(mails: MailCount) -> Localized:
    """Return what became of the mails that did not arrive, of this run and of earlier ones, and what to do."""
    standing = mails.standing
    if not standing.waiting + standing.given_up:  # what was counted, where nobody asked the ledger
        standing = Undelivered(mails.queued, mails.failed)
    return undelivered_and_advice(standing)


def undelivered_and_advice(standing: Undelivered) -> Localized:
    """Return how many mails have not arrived, since when, the server's words, and what to do."""
    said, advice = undelivered_sentence(standing), undelivered_advice(standing)
    return Localized(f"{said.zh}。{advice.zh}", f"{said.en}. {advice.en}")


def resent_line(mails: MailCount) -> Localized:
    """Return what became of the mails that were sent again."""
    return Localized(f"重发：送达 {mails.sent} 封", f"sent again: {mails.sent} mails arrived")


def let_go_line(count: int) -> Localized:
    """Return how many mails count as settled now."""
    return Localized(f"{count} 封邮件不再重发，不再提示", f"{count} mails are let go and told of no more")


def unknown_holidays_line(year: int) -> Localized:
    """Return that the holidays of *year* are not known, and what to do."""
    return Localized(
        f"还不知道 {year} 年的节假日，期限只按周一至周五计算；公布后请逐日填表放入收件夹",
        f"the holidays of {year} are not known, deadlines count Monday to Friday; drop the sheet of holidays",
    )


def finding_lines(finding: WordedFinding, language: Language) -> Iterator[str]:
    """Yield one finding of ``check``: where, what, how to mend it."""
    yield "!".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
    yield f"  {SEVERITIES[finding.severity].to(language).lower()}  {finding.message}"
    yield f"  → {finding.fix}"


def status_lines(status: Status, language: Language) -> Iterator[str]:
    """Yield where the office stands, a line for the last run, each register, and the findings."""
    yield _last_run(status).to(language)
    yield from _count_lines(status, language)
    if status.mails.waiting + status.mails.given_up:
        yield undelivered_and_advice(status.mails).to(language)


def all_status_lines(every: StatusOfAll, language: Language) -> Iterator[str]:
    """Yield where each office stands that shares the ledger, and the sums over all."""
    for code, status in every.offices.items():
        last = _last_run(status)
        yield Localized(f"{code or '（无代码）'}：{last.zh}", f"{code or '(no code)'}: {last.en}").to(language)
        yield from (f"  {line}" for line in _count_lines(status, language))
    count = len(every.offices)
    yield Localized(f"合计 {count} 个单位", f"{count} offices in all").to(language)
    yield from (f"  {line}" for line in _count_lines(every, language))


def _last_run(status: Status) -> Localized:
    day = status.day.isoformat() if status.day else ""
    return Localized(f"最近一批：第 {status.run} 批，{day}", f"last run: {status.run} on {day}")


def _count_lines(status: Status | StatusOfAll, language: Language) -> Iterator[str]:
    for each in status.registers:
        states = Localized("，", ", ").to(language).join(f"{name} {count}" for name, count in each.states.items())
        late = each.overdue
        yield Localized(
            f"{each.title}：{each.records}" + (f"（{states}）" if states else "") + (f"，逾期 {late}" if late else ""),
            f"{each.title}: {each.records}"
            + (f" ({states})" if states else "")
            + (f", {late} overdue" if late else ""),
        ).to(language)
    found = status.findings
    yield Localized(
        f"未解决的异常：错误 {found.error}，提醒 {found.warning}",
        f"open findings: {found.error} errors, {found.warning} warnings",
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
        f"撤销来件 {sheets} 份、记录 {records} 条；这些记录的编号以后不再给别的记录用，需要恢复时把来件重新放入收件夹",
        f"{sheets} sheets and {records} records taken back; the numbers of these records are not given to others; "
        "to have it back drop the sheets again",
    )


def rebuilt_lines(rebuilt: Rebuilt, language: Language) -> Iterator[str]:
    """Yield what was built anew, and how the ledger before it differs."""
    for each in rebuilt.damaged:
        yield Localized(f"备份 {each} 已损坏，没有用", f"the copy {each} is damaged and was not used").to(language)
    built = Localized(
        f"已由 {rebuilt.runs} 批、{rebuilt.files} 个原件重建账本",
        f"built from {rebuilt.files} originals of {rebuilt.runs} runs",
    )
    if rebuilt.copy:
        built = Localized(
            f"已由备份 {rebuilt.copy} 和其后的 {rebuilt.runs} 批、{rebuilt.files} 个原件恢复账本",
            f"brought back from the copy {rebuilt.copy} and {rebuilt.files} originals of {rebuilt.runs} runs since",
        )
    yield Localized(
        f"{built.zh}：{rebuilt.records} 条记录，{rebuilt.url}", f"{built.en}: {rebuilt.records} records, {rebuilt.url}"
    ).to(language)
    if rebuilt.kept:
        yield Localized(f"原账本保存为 {rebuilt.kept}", f"the ledger before it is kept as {rebuilt.kept}").to(language)
    for title, keys in rebuilt.differing.items():
        shown = "、".join(keys[:_KEYS_SHOWN]) + (" …" if len(keys) > _KEYS_SHOWN else "")
        yield Localized(
            f"“{title}”有 {len(keys)} 条记录与原账本不同：{shown}", f"{title}: {len(keys)} records differ: {shown}"
        ).to(language)
    if rebuilt.compared and not rebuilt.differing:
        yield Localized("与原账本一致", "the same as the ledger before it").to(language)
