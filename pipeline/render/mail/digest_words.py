"""What our mails say, in both languages, by code."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.language import Language, Localized

SAY: Mapping[str, Localized] = {
    "comma": Localized("，", ", "),
    "subject": Localized("【{office}】{said}", "[{office}] {said}"),
    "subject_todo": Localized("{count} 件待办", "{count} to do"),
    "subject_late": Localized("{count} 件已逾期", "{count} overdue"),
    "subject_unassigned": Localized("{count} 件待分配", "{count} to assign"),
    "subject_watched": Localized("他人逾期 {count} 件", "{count} overdue with others"),
    "subject_wrong": Localized("{count} 处需更正", "{count} to correct"),
    "subject_reminders": Localized("提醒 {count} 处", "{count} reminders"),
    "subject_left": Localized("他人 {count} 处错误未改", "{count} exceptions left open"),
    "subject_reminded": Localized("他人 {count} 处提醒未处理", "{count} reminders left open"),
    "subject_lapsing": Localized("{count} 户到期提醒", "{count} lapsing"),
    "subject_nothing": Localized("今天没有待办", "nothing to do today"),
    "subject_receipts": Localized("收到您交来的 {count} 份表", "{count} files of yours were received"),
    "hello": Localized("您好", "Hello"),
    "hello_name": Localized("{name}，您好", "Hello {name}"),
    "intro": Localized("以下是截至 {day} 需要您处理的事项。", "This is what waits for you as of {day}."),
    "nothing": Localized("今天没有需要您处理的事项。", "Nothing waits for you today."),
    "job": Localized("{title} {count} 件", "{title}: {count}"),
    "job_late": Localized("逾期 {count} 件", "{count} overdue"),
    "more_changes": Localized("另有 {count} 处改动，见总表", "{count} more changes, see the master"),
    "more": Localized("另有 {count} 件，见附件", "{count} more in the attached file"),
    "late": Localized("逾期 {days} 天", "{days} d overdue"),
    "late_hours": Localized("逾期 {hours} 小时", "{hours} h overdue"),
    "late_since": Localized("{time} 起逾期", "overdue since {time}"),
    "due": Localized("最迟 {day} 办结", "by {day}"),
    "due_moment": Localized("最迟 {day} {time} 前办结", "by {time} on {day}"),
    "today_moment": Localized("今天 {time} 前", "by {time} today"),
    "today": Localized("今天到期", "due today"),
    "sent_back": Localized("退回原因：{reason}", "Sent back: {reason}"),
    "watching": Localized("需要您过问", "For you to look after"),
    "unassigned": Localized("{title}：{count} 件还没有人办理", "{title}: {count} with nobody"),
    "late_with": Localized("{title}：逾期 {count} 件", "{title}: {count} overdue"),
    "person_count": Localized("{name} {count} 件", "{name} {count}"),
    "between": Localized("、", ", "),
    "wrong": Localized("填写有误，需要更正 {count} 处", "{count} to correct"),
    "reminders": Localized("提醒 {count} 处", "{count} reminders"),
    "wrong_new": Localized("其中新发现 {count} 处", "{count} of them new"),
    "new": Localized("新", "new"),
    "how": Localized("改法：{fix}", "To mend it: {fix}"),
    "more_wrong": Localized("另有 {count} 处，见附件中的异常表", "{count} more in the attached file"),
    "holidays": Localized("节假日", "Days off to come"),
    "holidays_unknown": Localized(
        "还不知道 {year} 年的节假日，{year} 年的期限只按周一至周五计算；公布后请在“{table}”中逐日填写放假和补班，放入收件夹",
        "The holidays of {year} are not known: deadlines in {year} count Monday to Friday. When they are announced, list the days off "
        "and the days worked on “{table}” and drop it",
    ),
    "undelivered": Localized("没有送达的邮件", "Mails that have not arrived"),
    "decided": Localized("与您有关的审批或作废", "What was decided on, or ended, of your business"),
    "decision": Localized("{stage}：{answer}", "{stage}: {answer}"),
    "decision_of": Localized(
        "{title} {key}：{decision}（{by} {on}）{reason}", "{title} {key}: {decision} ({by}, {on}){reason}"
    ),
    "decision_reason": Localized("，理由：{reason}", ": {reason}"),
    "notices": Localized("请您知道", "For you to know"),
    "intro_news": Localized(
        "以下是截至 {day} 供您了解的事项，不用办。", "For you to know as of {day}; nothing waits for you."
    ),
    "subject_news": Localized("{count} 项供您了解", "{count} matters for you to know"),
    "stands_in": Localized("代{name}", "for {name}"),
    "replaced": Localized("您填过的内容，他人已改", "What you had said was changed by others"),
    "replaced_value": Localized(
        "{title} {key}：您 {said} 填的{label}“{before}”，{by} {on} 改为“{after}”",
        "{title} {key}: the {label} “{before}” that you gave on {said} was changed to “{after}” by {by} on {on}",
    ),
    "another_value": Localized("另一个，见总表", "another one, see the master"),
    "watched": Localized("与您有关的内容有改动", "What you go by was changed"),
    "replaced_watched": Localized(
        "{title} {key}：{by} {on} 把{label}“{before}”改为“{after}”",
        "{title} {key}: {by} changed the {label} “{before}” to “{after}” on {on}",
    ),
    "replaced_nameless": Localized(
        "{title} {key}：{said} 填的{label}“{before}”（没有写明是谁填的），{by} {on} 改为“{after}”",
        "{title} {key}: the {label} “{before}” given on {said}, nobody is named by whom, was changed to “{after}” by {by} on {on}",
    ),
    "wrong_with": Localized("{name}：{count} 处", "{name}: {count}"),
    "left_open": Localized("他人有 {count} 处错误超过 1 个工作日未改", "{count} exceptions that others left open"),
    "left_reminders": Localized(
        "他人有 {count} 处提醒超过 1 个工作日未处理", "{count} reminders that others left open"
    ),
    "passed_on": Localized(
        "任务表上另写的话和代填的任务表 {count} 处", "{count} remarks on worklists, or filled by others"
    ),
    "the_office": Localized("办公室", "the office"),
    "lapsing": Localized("即将到期或已过期 {count} 户", "{count} lapse soon or have lapsed"),
    "lapses": Localized("{title} {key}：{day} 到期", "{title} {key}: lapses on {day}"),
    "lapsed": Localized("{title} {key}：已于 {day} 过期", "{title} {key}: lapsed on {day}"),
    "completeness": Localized("资料完整情况", "Completeness"),
    "incomplete": Localized(
        "您负责的 {all} 户中 {count} 户资料不全，平均完整度 {percent}%，见任务表",
        "{count} of the {all} you look after lack data, {percent}% complete on average: see your worklist",
    ),
    "receipts": Localized("您交来的表", "What you handed in"),
    "receipt_rows": Localized("收到 {rows}（《{file}》）", "received: {rows} ({file})"),
    "receipt_refused": Localized("没能读出：《{file}》", "could not be read: {file}"),
    "receipt_known": Localized(
        "与先前交来的完全相同，没有变化（《{file}》）", "the very file that came before, nothing changed ({file})"
    ),
    "receipt_more": Localized("另有 {count} 份：{rows}", "{count} more files: {rows}"),
    "balance": Localized("对账", "Reconciliation"),
    "balance_even": Localized("账目相符。", "The books balance."),
    "balance_off": Localized("账目不平，请运行 pipeline doctor。", "The books do not balance: run pipeline doctor."),
    "balance_run": Localized("第 {run} 批（{day}）：", "Run {run} ({day}): "),
    "balance_all": Localized("累计：", "All runs: "),
    "balance_files": Localized(
        "来件 {files} 个＝读取 {read}＋拒收 {refused}", "{files} files = {read} read + {refused} refused"
    ),
    "balance_others": Localized("＋重复 {known}＋等待 {waiting}", " + {known} known + {waiting} waiting"),
    "balance_rows": Localized(
        "；数据行 {rows}＝采用 {accepted}＋没有变化 {unchanged}＋退回 {rejected}；不是数据的行（标题、合计、落款）{ignored} 行",
        "; {rows} rows = {accepted} accepted + {unchanged} unchanged + {rejected} rejected; {ignored} rows are no data (titles, totals, signatures)",
    ),
    "attached": Localized("附件", "Attached"),
    "return_title": Localized("怎样交回", "How to hand it back"),
    "return": Localized(
        "打开任务表，填写白色单元格，保存后放入收件夹（inbox），文件名不限。没填完也可以交，空着的下次还在。",
        "Open the worklist, fill the open cells, save it and drop it into the inbox under any name. "
        "You may hand it in half filled: what is left blank waits for the next time.",
    ),
    "correct": Localized(
        "有误的表：按改法在退回件（错处已标红）或原表上改好，保存后重新放入收件夹。",
        "A sheet with faults: mend the return (its faults are red) or your own sheet as said, save it and drop it into the inbox again.",
    ),
    "on_worklist": Localized("今天的任务表，标“退回”的行", "today's worklist, in a row marked “refused”"),
    "correct_here": Localized(
        "任务表中标“退回”的行已照您填的填好：改好红格，把任务表放回收件夹，整行即采用。",
        "Rows marked “refused” on the worklist are filled as you filled them: mend the red cells and drop the worklist again.",
    ),
    "footer": Localized(
        "本邮件由入网程序自动发出，请勿直接回复。", "This mail was sent by a program; nobody reads what you reply."
    ),
}


class Say:
    """Speaks one language: ``say("late", days=3)``."""

    def __init__(self, words: Mapping[str, Localized], language: Language) -> None:
        self._words = words
        self._language: Language = language

    def __call__(self, code: str, **slots: object) -> str:
        """Return the wording of *code* with its slots filled; KeyError when there is none, or a slot is missing."""
        return self._words[code].to(self._language).format_map(slots)
