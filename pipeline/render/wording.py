"""Captions of our workbooks in both languages, by code. Labels of fields are the forms' own."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.language import Language, Severity, Words

CAPTIONS: Mapping[str, Words] = {
    # every workbook
    "as_of": Words("截至 {day}", "As of {day}"),
    "page": Words("第 &P 页，共 &N 页", "Page &P of &N"),
    "nobody": Words("（无人）", "(nobody)"),
    "nowhere": Words("（未定）", "(none)"),
    "unknown": Words("（空）", "(blank)"),
    "office": Words("办公室", "Office"),
    "count": Words("数量", "Count"),
    "total": Words("共 {count} 条", "{count} in all"),
    # where a record stands
    "state": Words("当前状态", "State"),
    "since": Words("进入状态日", "In state since"),
    "owner": Words("当前办理人", "With"),
    "due": Words("应办结日", "Due"),
    "lateness": Words("时限提醒", "Deadline"),
    "late": Words("逾期 {days} 天", "{days} d late"),
    "due_at": Words("今天 {time} 前", "today by {time}"),
    "late_since": Words("{time} 起逾期", "late since {time}"),
    "due_today": Words("今天到期", "due today"),
    "sent_back_why": Words("退回原因", "Sent back because"),
    "area": Words("所在辖区", "Area served"),
    "why": Words("分配依据", "Assigned by"),
    "source": Words("来源出处", "Source"),
    "notes": Words("表外栏目", "Other columns"),
    "person": Words("{label}（人员）", "{label} (name)"),
    # master
    "master": Words("总表", "Master"),
    "contents": Words("目录", "Contents"),
    "procedure": Words("流程", "Procedure"),
    "code_of_area": Words("代码", "Code"),
    "parted": Words(
        "记录太多，按辖区分为下列文件，可以在其中直接修改",
        "Too many for one sheet: each area has a file of its own, which may be edited",
    ),
    "part": Words(
        "总表的一部分，可以直接修改；统计和其他台账见上一级的总表",
        "Part of the master, may be edited; statistics and other registers are in the master, one folder up",
    ),
    "changes": Words("近 90 天变更", "Changes of 90 days"),
    "on": Words("变更日", "Day"),
    "coming": Words("待生效变更", "Changes to come"),
    "from_day": Words("生效日", "In force from"),
    "now": Words("现值", "Now"),
    "register": Words("台账", "Register"),
    "key": Words("编号", "Key"),
    "record": Words("名目", "Record"),
    "field": Words("栏目", "Field"),
    "before": Words("原值", "Before"),
    "after": Words("新值", "After"),
    "actor": Words("改动人", "By"),
    "opened": Words("新增", "new"),
    "ignored": Words("未作数据的行", "Rows that are no data"),
    "row": Words("行", "Row"),
    "reason": Words("原因", "Reason"),
    "text": Words("内容", "Text"),
    "exceptions_open": Words("未了异常", "Open exceptions"),
    "statistics": Words("统计", "Statistics"),
    "by": Words("{register}：按{label}", "{register} by {label}"),
    "overdue_count": Words("其中逾期", "Overdue"),
    # reconciliation
    "balance": Words("对账", "Reconciliation"),
    "balance_even": Words(
        "账目相符：来的每个文件、每一行都有去处。", "The books balance: every file and every row is accounted for."
    ),
    "balance_off": Words(
        "账目不平：有 {count} 处对不上，请管理员运行 pipeline doctor。",
        "The books do not balance in {count} places: let the administrator run pipeline doctor.",
    ),
    "balance_hint": Words(
        "重复交来和还在等待的文件不计入累计；任务表中没填的行算作“没有变化”。",
        "Files that were known or still wait are not summed up; rows of a worklist left blank count as unchanged.",
    ),
    "balance_flow": Words("来件与去向", "What came in and what became of it"),
    "balance_what": Words("项目", "What"),
    "balance_run": Words("第 {run} 批 {day}", "Run {run}, {day}"),
    "balance_all": Words("累计", "All runs"),
    "balance_files_in": Words("来件（文件）", "Files"),
    "balance_file_read": Words("　读取", "  read"),
    "balance_file_refused": Words("　拒收", "  refused"),
    "balance_file_known": Words("　重复交来", "  known already"),
    "balance_file_waiting": Words("　等待（打开着或没复制完）", "  waiting: open or not yet copied"),
    "balance_rows_in": Words("数据行", "Rows"),
    "balance_row_accepted": Words("　采用", "  accepted"),
    "balance_row_unchanged": Words("　没有变化", "  unchanged"),
    "balance_row_rejected": Words("　退回", "  rejected"),
    "balance_ignored": Words("未作数据的行", "Rows that are no data"),
    "balance_of_them": Words("　{what}", "  {what}"),
    "balance_of_registers": Words("台账", "Registers"),
    "balance_opened": Words("累计新增", "Opened"),
    "balance_taken_back": Words("其中撤销", "Taken back"),
    "balance_records": Words("台账现有", "In the register"),
    "balance_result": Words("核对", "Result"),
    "balance_equal": Words("相符", "equal"),
    "balance_differs": Words("不符", "differs"),
    # exceptions
    "exceptions": Words("异常表", "Exceptions"),
    "exceptions_of": Words("异常表：{name}", "Exceptions: {name}"),
    "exceptions_hint": Words(
        "按“怎样改”在原表或退回件（returns，错处已标红）上改好，再放回收件夹，文件名不限；改好的下次自动消失。",
        "Mend your sheet, or its return (in returns, faults are red), as said under “How to mend” and drop it again under any "
        "name; what is mended disappears.",
    ),
    "repairs": Words("已代为修正", "Repairs"),
    "repairs_hint": Words(
        "下列写法已由程序统一，请核对；不对的请在原表上改正后重放。",
        "The program has mended these values; check them, and drop a corrected sheet where one is wrong.",
    ),
    "severity": Words("程度", "Severity"),
    "who": Words("由谁处理", "Who"),
    "file": Words("文件", "File"),
    "sheet": Words("工作表", "Sheet"),
    "cell": Words("单元格", "Cell"),
    "written": Words("表中写法", "As written"),
    "wrong": Words("问题", "What is wrong"),
    "fix": Words("怎样改", "How to mend"),
    "found_on": Words("发现日", "Since"),
    "age": Words("已过天数", "Days open"),
    # worklist
    "worklist": Words("任务表：{name}", "Worklist: {name}"),
    "overview": Words("今日概览", "Today"),
    "todo": Words("{name}，您有 {count} 件待办", "{name}: {count} to do"),
    "todo_late": Words("，其中 {late} 件已逾期", ", {late} of them overdue"),
    "todo_back": Words("，{back} 件被退回", ", {back} sent back"),
    "todo_end": Words("。", "."),
    "nothing_todo": Words(
        "{name}，您今天没有要填的，但有事项需要过问。", "{name}: nothing to fill today, but see the pages below."
    ),
    "findings_too": Words(
        "另有 {count} 条异常等您处理，见异常表。", "{count} exceptions wait for you too: see your exceptions."
    ),
    "task": Words("任务页", "Page"),
    "what_to_do": Words("要做什么", "What to do"),
    "entries": Words("件数", "Records"),
    "overdue": Words("逾期", "Overdue"),
    "sent_back": Words("被退回", "Sent back"),
    "how": Words("怎样交回", "How to return it"),
    "how_1": Words(
        "1. 打开下方各任务页，一行一件，逾期的排在最前。",
        "1. Open the pages below: one record a row, overdue ones first.",
    ),
    "how_2": Words(
        "2. 填好能填的行；没填的行留到下次，不算错。",
        "2. Fill the rows you can; rows left blank stay open, that is no mistake.",
    ),
    "how_3": Words(
        "3. 保存后把本文件放回收件夹（inbox），文件名可以改，行可以排序和筛选，请勿增减行。",
        "3. Save it and drop this file into the inbox, under any name. Sort and filter as you like; add no rows.",
    ),
    "legend": Words("颜色", "Colours"),
    "legend_fill": Words("白色（绿色表头）：请填写，带 * 的必填", "White, green header: fill in; * is required"),
    "legend_correct": Words(
        "浅黄（金色表头）：已知信息，有误请直接改", "Yellow: known already; type over what is wrong"
    ),
    "legend_locked": Words("灰色：仅供查看，不能改", "Grey: for reading only"),
    "last_time": Words("上次填写：{value}", "Last time: {value}"),
    "unassigned": Words("未能分配", "Not assigned"),
    "unassigned_hint": Words(
        "下列各件没有办理人，请按“未分配原因”补齐辖区表或人员表，下次自动分配。",
        "Nobody has these. Mend the area or staff sheet as said; they are assigned by the next run.",
    ),
    "because": Words("未分配原因", "Why not"),
    "late_by_owner": Words("逾期情况", "Overdue by person"),
    "unassigned_todo": Words("补齐辖区表或人员表", "Mend the area or staff sheet"),
    "late_by_owner_todo": Words("督促办理", "See that they get done"),
    "late_counts": Words("各人逾期件数", "How many by person"),
    "late_rows": Words("逾期明细", "The overdue records"),
    "stage": Words("环节", "Stage"),
    # pages to read
    "left_open": Words("搁置的异常", "Exceptions left open"),
    "left_open_hint": Words(
        "下列异常超过 1 个工作日没有改好，请督促“由谁处理”一栏的人；点单元格看原件。",
        "These were not mended within a working day: see that the people named do. The cell links to the original.",
    ),
    "left_open_todo": Words("督促更正", "See that they are mended"),
    "kept_by": Words("资料完整情况", "Completeness by person"),
    "kept_by_hint": Words(
        "各人负责的记录、应填资料填了多少、还有多少户不全、多少户将到期或已过期；完整度低的在前。",
        "What each looks after, how much of the wanted data is filled, how many lack some, how many lapse or have lapsed; "
        "the least complete first.",
    ),
    "keeper": Words("负责人员", "Looked after by"),
    "average_percent": Words("平均完整度 %", "Complete on average, %"),
    "incomplete_count": Words("资料不全", "Incomplete"),
    "lapsing_count": Words("到期或将到期", "Lapsing or lapsed"),
    "kept_line": Words(
        "您负责的{title} {count} 户，资料平均完整度 {percent}%。",
        "You look after {count} {title}, {percent}% complete on average.",
    ),
    "lapsing": Words("即将到期", "Lapsing soon"),
    "lapsing_hint": Words(
        "下列证件将到期或已过期（剩余天数为负），请提醒办理延续；换证后按新证登记。只供查看。",
        "These lapse soon or have lapsed (days below zero): remind them to renew, and register the new one. For reading.",
    ),
    "lapsing_todo": Words("提醒办理延续", "Remind them to renew"),
    "days_left": Words("剩余天数", "Days left"),
    "incomplete": Words("资料不全", "Incomplete data"),
    "incomplete_hint": Words(
        "下列记录还缺资料，最缺的在前；方便时补齐，填登记表或在任务页上直接改。只供查看。",
        "These lack data, the worst first. Complete them when you can, on a registration or on a task page. For reading.",
    ),
    "incomplete_todo": Words("方便时补齐", "Complete them when you can"),
    "incomplete_more": Words("还有 {count} 户没有列出。", "{count} more are not listed."),
    "percent": Words("完整度 %", "Complete, %"),
    "missing": Words("还缺", "Missing"),
    # template
    "number": Words("序号", "No"),
    "example": Words("示例", "Example"),
    "form_no": Words("表号：{number}", "Form {number}"),
    "required_hint": Words(
        "带 * 的必填；灰色斜体一行是示例，不用删；各栏填法见“{page}”页。",
        "* is required; the grey row is an example and may stay; how to fill each column: page “{page}”.",
    ),
    "required_hint_card": Words(
        "带 * 的必填；每页填一份，要填多份请复制本页；填法见“{page}”页。",
        "* is required; one record a page, copy the page for more; how to fill it: page “{page}”.",
    ),
    "guide": Words("填表说明", "How to fill"),
    "guide_hint": Words(
        "填好后放入收件夹（inbox），文件名不限。", "Drop the filled sheet into the inbox under any name."
    ),
    "column": Words("栏目名", "Column"),
    "required": Words("必填", "Required"),
    "yes": Words("是", "yes"),
    "no": Words("否", "no"),
    "required_when": Words("{label}为{options}时必填", "when {label} is {options}"),
    "how_to_write": Words("怎样填", "What to write"),
    "answers": Words("可选内容", "Answers"),
    "aliases": Words("也认的栏名", "Also known as"),
    "sample": Words("举例", "Example"),
    # what a kind of cell takes
    "kind_text": Words("文字", "Text"),
    "kind_code": Words("按文本填写，不要写成数字", "Type it as text, not as a number"),
    "kind_phone": Words("手机 11 位；固定电话写区号，如 0318-3832100", "Mobile, or landline with area code"),
    "kind_date": Words("日期，如 2026-11-02", "A day, like 2026-11-02"),
    "kind_moment": Words("日期和时间，如 2026-11-02 14:30", "Day and time, like 2026-11-02 14:30"),
    "kind_month": Words("月份，如 2026-11", "A month, like 2026-11"),
    "kind_integer": Words("整数", "A whole number"),
    "kind_number": Words("数字", "A number"),
    "kind_choice": Words("从下拉列表中选一个", "Pick one from the list"),
    "kind_list": Words("多个之间用顿号“、”隔开", "Separate several by 、"),
}

SEVERITIES: Mapping[Severity, Words] = {
    Severity.ERROR: Words("错误", "Error"),
    Severity.WARNING: Words("提醒", "Warning"),
    Severity.REPAIR: Words("已修正", "Repaired"),
}

IGNORED: Mapping[str, Words] = {
    "total": Words("合计行", "total row"),
    "signature": Words("签字行", "signature row"),
    "note": Words("注释行", "note"),
    "example": Words("示例行", "example row"),
    "header": Words("重复的表头", "repeated header"),
    "title": Words("标题行", "title row"),
    "unit": Words("单位或日期行", "unit or date row"),
}


def caption(code: str, language: Language, /, **slots: object) -> str:
    """Return the caption *code*; *slots* go in as data."""
    text = CAPTIONS[code].to(language)
    return text.format(**slots) if slots else text
