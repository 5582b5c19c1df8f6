"""Captions of our workbooks in both languages, by code. Labels of fields are the forms' own."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.language import Language, Localized, Severity

CAPTIONS: Mapping[str, Localized] = {
    # every workbook
    "as_of": Localized("截至 {day}", "As of {day}"),
    "page": Localized("第 &P 页，共 &N 页", "Page &P of &N"),
    "nobody": Localized("（无人）", "(nobody)"),
    "nowhere": Localized("（未定）", "(none)"),
    "unknown": Localized("（空）", "(blank)"),
    "office": Localized("办公室", "Office"),
    "count": Localized("数量", "Count"),
    "total": Localized("共 {count} 条", "{count} in all"),
    # where a record stands
    "state": Localized("当前状态", "State"),
    "since": Localized("进入状态日", "In state since"),
    "owner": Localized("当前办理人", "With"),
    "due": Localized("应办结日", "Due"),
    "lateness": Localized("时限提醒", "Deadline"),
    "stands_in_for": Localized("代{name}", "for {name}"),
    "handed_from": Localized("移交自{name}", "from {name}"),
    "new_here": Localized("新", "new"),
    "late": Localized("逾期 {days} 天", "{days} d overdue"),
    "late_when_it_came": Localized("来时已过期", "late when it came"),
    "due_at": Localized("今天 {time} 前", "today by {time}"),
    "late_since": Localized("{time} 起逾期", "overdue since {time}"),
    "due_today": Localized("今天到期", "due today"),
    "sent_back_why": Localized("退回原因", "Sent back because"),
    "refused": Localized("退回", "refused"),
    "area": Localized("所在辖区", "Area served"),
    "why": Localized("分配依据", "Assigned by"),
    "source": Localized("来源出处", "Source"),
    "notes": Localized("表外栏目", "Other columns"),
    "person": Localized("{label}（人员）", "{label} (name)"),
    # master
    "master": Localized("总表", "Master"),
    "contents": Localized("目录", "Contents"),
    "procedure": Localized("流程", "Procedure"),
    "code_of_area": Localized("代码", "Code"),
    "parted": Localized(
        "记录太多，按辖区分为下列文件，可以在其中直接修改",
        "Too many for one sheet: each area has a file of its own, which may be edited",
    ),
    "part": Localized(
        "总表的一部分，可以直接修改；统计和其他台账见上一级的总表",
        "Part of the master, may be edited; statistics and other registers are in the master, one folder up",
    ),
    "changes": Localized("近 90 天变更", "Changes of 90 days"),
    "on": Localized("变更日", "Day"),
    "coming": Localized("待生效变更", "Changes to come"),
    "from_day": Localized("生效日", "In force from"),
    "now": Localized("现值", "Now"),
    "register": Localized("台账", "Register"),
    "key": Localized("编号", "Key"),
    "record": Localized("名目", "Record"),
    "field": Localized("栏目", "Field"),
    "before": Localized("原值", "Before"),
    "after": Localized("新值", "After"),
    "actor": Localized("改动人", "By"),
    "opened": Localized("新增", "new"),
    "ignored": Localized("未作数据的行", "Rows that are no data"),
    "row": Localized("行", "Row"),
    "reason": Localized("原因", "Reason"),
    "text": Localized("内容", "Text"),
    "exceptions_open": Localized("未解决的异常", "Open exceptions"),
    "statistics": Localized("统计", "Statistics"),
    "by": Localized("{register}：按{label}", "{register} by {label}"),
    "overdue_count": Localized("其中逾期", "Overdue"),
    # reconciliation
    "balance": Localized("对账", "Reconciliation"),
    "balance_even": Localized(
        "账目相符：来的每个文件、每一行都有去处。", "The books balance: every file and every row is accounted for."
    ),
    "balance_off": Localized(
        "账目不平：有 {count} 处对不上，请管理员运行 pipeline doctor。",
        "The books do not balance in {count} places: let the administrator run pipeline doctor.",
    ),
    "balance_hint": Localized(
        "重复交来和还在等待的文件不计入累计；任务表中没填的行算作“没有变化”。",
        "Files that were known or still wait are not summed up; rows of a worklist left blank count as unchanged.",
    ),
    "balance_flow": Localized("来件与去向", "What came in and what became of it"),
    "balance_what": Localized("项目", "What"),
    "balance_run": Localized("第 {run} 批 {day}", "Run {run}, {day}"),
    "balance_all": Localized("累计", "All runs"),
    "balance_files_in": Localized("来件（文件）", "Files"),
    "balance_file_read": Localized("　读取", "  read"),
    "balance_file_refused": Localized("　拒收", "  refused"),
    "balance_file_known": Localized("　重复交来", "  known already"),
    "balance_file_waiting": Localized("　等待（打开着或没复制完）", "  waiting: open or not yet copied"),
    "balance_rows_in": Localized("数据行", "Rows"),
    "balance_row_accepted": Localized("　采用", "  accepted"),
    "balance_row_unchanged": Localized("　没有变化", "  unchanged"),
    "balance_row_rejected": Localized("　退回", "  rejected"),
    "balance_ignored": Localized("未作数据的行", "Rows that are no data"),
    "balance_of_them": Localized("　{what}", "  {what}"),
    "balance_of_registers": Localized("台账", "Registers"),
    "balance_opened": Localized("累计新增", "Opened"),
    "balance_taken_back": Localized("其中撤销", "Taken back"),
    "balance_records": Localized("台账现有", "In the register"),
    "balance_result": Localized("核对", "Result"),
    "balance_equal": Localized("相符", "equal"),
    "balance_differs": Localized("不符", "differs"),
    # exceptions
    "exceptions": Localized("异常表", "Exceptions"),
    "exceptions_of": Localized("异常表：{name}", "Exceptions: {name}"),
    "exceptions_hint": Localized(
        "按“怎样改”在任务表（标“退回”的行，红格）、原表或退回件（returns，错处已标红）上改好，再放回收件夹，文件名不限；改好的下次自动消失；不用改的在“处理”栏选“知道了”，把本表放回收件夹。",
        "Mend the red cells of your worklist, your sheet, or its return (in returns, faults are red), as said under “How to mend” and drop it again under any "
        "name; what is mended disappears. Choose “Noted” under “Answer” for what needs no mending, and drop this workbook.",
    ),
    "answer_hint": Localized(
        "不用改的选“知道了”，不再提示；两处不一致的选“以台账为准”或“以我为准”。选好后把本文件放回收件夹",
        "Choose “Noted” for what need not be mended, it is not told again; where two values differ choose “Keep the "
        "register” or “Take mine”. Then drop this file into the inbox",
    ),
    "repairs": Localized("已代为修正", "Repairs"),
    "repairs_hint": Localized(
        "下列写法已由程序统一，请核对；不对的请在原表上改正后重放。",
        "The program has mended these values; check them, and drop a corrected sheet where one is wrong.",
    ),
    "severity": Localized("程度", "Severity"),
    "who": Localized("由谁处理", "Who"),
    "file": Localized("文件", "File"),
    "sheet": Localized("工作表", "Sheet"),
    "cell": Localized("单元格", "Cell"),
    "written": Localized("表中写法", "As written"),
    "wrong": Localized("问题", "What is wrong"),
    "fix": Localized("怎样改", "How to mend"),
    "found_on": Localized("发现日", "Since"),
    "age": Localized("已过天数", "Days open"),
    # worklist
    "worklist": Localized("任务表：{name}", "Worklist: {name}"),
    "visit_sheet": Localized("走访单 · {stage}", "Visit sheet · {stage}"),
    "visit_how": Localized(
        "打印后带到店里填写：选项打 √，写错的划去重写。回来后照填本表或任务表，放入收件夹。",
        "Print it and fill it at the customer's: tick a box, strike out what is wrong. Then fill this sheet or the worklist, and drop it.",
    ),
    "visit_left": Localized(
        "这里只有最急的，另有 {left} 户在任务表里；办完交回，下次补上。",
        "Only the most urgent are here, {left} more are on your worklist; they follow when these are done.",
    ),
    "visit_back": Localized("上次被退回：{reason}", "Sent back: {reason}"),
    "visit_refused": Localized("退回，改红格：{reason}", "Refused, mend the red cell: {reason}"),
    "visit_fill": Localized("现场填写", "To fill on site"),
    "visit_due": Localized("应办结 {day}", "due {day}"),
    "overview": Localized("今日概览", "Today"),
    "todo": Localized("{name}，您有 {count} 件待办", "{name}: {count} to do"),
    "todo_late": Localized("，其中 {late} 件已逾期", ", {late} of them overdue"),
    "todo_back": Localized("，{back} 件被退回", ", {back} sent back"),
    "todo_end": Localized("。", "."),
    "nothing_todo": Localized(
        "{name}，您今天没有要填的，但有事项需要过问。", "{name}: nothing to fill today, but see the pages below."
    ),
    "findings_too": Localized(
        "另有 {count} 条异常等您处理，见异常表。", "{count} exceptions wait for you too: see your exceptions."
    ),
    "task": Localized("任务页", "Page"),
    "what_to_do": Localized("要做什么", "What to do"),
    "entries": Localized("件数", "Records"),
    "overdue": Localized("逾期", "Overdue"),
    "sent_back": Localized("被退回", "Sent back"),
    "how": Localized("怎样交回", "How to return it"),
    "how_1": Localized(
        "1. 打开下方各任务页，一行一件，逾期的排在最前；放不下的已知栏目折叠在右边，点“+”展开。",
        "1. Open the pages below: one record a row, overdue ones first. What is known and has no room is folded: click “+”.",
    ),
    "how_2": Localized(
        "2. 填好能填的行；没填的行留到下次，不算错。",
        "2. Fill the rows you can; rows left blank stay open, that is no mistake.",
    ),
    "how_3": Localized(
        "3. 保存后把本文件放回收件夹（inbox），文件名可以改，行可以排序和筛选，请勿增减行。",
        "3. Save it and drop this file into the inbox, under any name. Sort and filter as you like; add no rows.",
    ),
    "legend": Localized("颜色", "Colours"),
    "legend_fill": Localized("白色（绿色表头）：请填写，带 * 的必填", "White, green header: fill in; * is required"),
    "legend_correct": Localized(
        "浅黄（金色表头）：已知信息，有误请直接改", "Yellow: known already; type over what is wrong"
    ),
    "legend_wrong": Localized(
        "红色（标“退回”的行）：上次填的没有采用，这里要改；改好放回，整行采用",
        "Red, in rows marked “refused”: what was filled in was not taken; mend it and the whole row is",
    ),
    "legend_locked": Localized(
        "灰色：仅供查看，改了不采用，会告诉您", "Grey: for reading only; what is changed there is not taken, and told"
    ),
    "last_time": Localized("上次填写：{value}", "Last time: {value}"),
    "unassigned": Localized("未能分配", "Not assigned"),
    "unassigned_hint": Localized(
        "下列各件没有办理人，请按“未分配原因”补齐辖区表或人员表，下次自动分配。",
        "Nobody has these. Mend the area or staff sheet as said; they are assigned by the next run.",
    ),
    "because": Localized("未分配原因", "Why not"),
    "late_by_owner": Localized("逾期情况", "Overdue by person"),
    "unassigned_todo": Localized("补齐辖区表或人员表", "Mend the area or staff sheet"),
    "late_by_owner_todo": Localized("督促办理", "See that they get done"),
    "late_counts": Localized("各人逾期件数", "How many are overdue, by person"),
    "late_rows": Localized("逾期明细", "The overdue records"),
    "stage": Localized("环节", "Stage"),
    # pages to read
    "left_open": Localized("他人未改的错误", "Exceptions left open"),
    "left_open_hint": Localized(
        "下列异常超过 1 个工作日没有改好，请督促“由谁处理”一栏的人；点单元格看原件。",
        "These were not mended within a working day: see that the people named do. The cell links to the original.",
    ),
    "left_open_todo": Localized("督促更正", "See that they are mended"),
    "ahead": Localized("本期还差", "Still to come"),
    "ahead_hint": Localized(
        "本期（月、季、年）到今天为止应做的、已做的和还差的；期满前补齐就不算缺。",
        "What this period asks for, what has been made up to today and what is missing: nothing is late yet.",
    ),
    "ahead_todo": Localized("期满前补齐", "Make it before the period ends"),
    "ahead_due": Localized("应有", "Due"),
    "ahead_made": Localized("已有", "Made"),
    "ahead_missing": Localized("还差", "Missing"),
    "ahead_share": Localized("完成", "Done"),
    "passed_on": Localized("任务表上的话", "Remarks on worklists"),
    "passed_on_hint": Localized(
        "各人在任务表上另写的话，以及由别人代填的任务表；只供知悉。",
        "What people wrote on their worklists beside the rows, and worklists that somebody else filled: to be read.",
    ),
    "passed_on_todo": Localized("看一下", "To be read"),
    "kept_by": Localized("资料完整情况", "Completeness by person"),
    "kept_by_hint": Localized(
        "各人负责的记录、应填资料填了多少、还有多少户不全、多少户将到期或已过期；完整度低的在前。",
        "What each looks after, how much of the wanted data is filled, how many lack some, how many lapse or have lapsed; "
        "the least complete first.",
    ),
    "keeper": Localized("负责人员", "Looked after by"),
    "average_percent": Localized("平均完整度 %", "Complete on average, %"),
    "incomplete_count": Localized("资料不全", "Incomplete"),
    "lapsing_count": Localized("到期或将到期", "Lapsing or lapsed"),
    "kept_line": Localized(
        "您负责的{title} {count} 户，资料平均完整度 {percent}%。",
        "You look after {count} {title}, {percent}% complete on average.",
    ),
    "lapsing": Localized("即将到期", "Lapsing soon"),
    "lapsing_hint": Localized(
        "下列证件将到期或已过期（剩余天数为负），请提醒办理延续；换证后按新证登记。只供查看。",
        "These lapse soon or have lapsed (days below zero): remind them to renew, and register the new one. For reading.",
    ),
    "lapsing_todo": Localized("提醒办理延续", "Remind them to renew"),
    "days_left": Localized("剩余天数", "Days left"),
    "incomplete": Localized("资料不全", "Incomplete data"),
    "incomplete_hint": Localized(
        "下列记录还缺资料，最缺的在前；空格知道的填上，把任务表放回即收下，不知道的空着。",
        "These lack data, the worst first. Fill in what you know and drop the worklist again; leave blank what you do not.",
    ),
    "incomplete_todo": Localized("方便时补齐", "Complete them when you can"),
    "incomplete_more": Localized("还有 {count} 户没有列出。", "{count} more are not listed."),
    "percent": Localized("完整度 %", "Complete, %"),
    "missing": Localized("还缺", "Missing"),
    # template
    "number": Localized("序号", "No"),
    "example": Localized("示例", "Example"),
    "form_no": Localized("表号：{number}", "Form {number}"),
    "required_hint": Localized(
        "带 * 的必填；灰色斜体一行是示例，不用删；各栏填法见“{page}”页。",
        "* is required; the grey row is an example and may stay; how to fill each column: page “{page}”.",
    ),
    "required_hint_card": Localized(
        "带 * 的必填；每页填一份，要填多份请复制本页；填法见“{page}”页。",
        "* is required; one record a page, copy the page for more; how to fill it: page “{page}”.",
    ),
    "guide": Localized("填表说明", "How to fill"),
    "guide_hint": Localized(
        "填好后放入收件夹（inbox），文件名不限。", "Drop the filled sheet into the inbox under any name."
    ),
    "column": Localized("栏目名", "Column"),
    "required": Localized("必填", "Required"),
    "yes": Localized("是", "yes"),
    "no": Localized("否", "no"),
    "required_when": Localized("{label}为{options}时必填", "when {label} is {options}"),
    "and": Localized("、", ", "),
    "all_required_when": Localized(
        "{label}为{options}的，{fields}都要填", "where {label} is {options}, fill in {fields}, too"
    ),
    "how_to_write": Localized("怎样填", "What to write"),
    "answers": Localized("可选内容", "Answers"),
    "aliases": Localized("也认的栏名", "Also known as"),
    "sample": Localized("举例", "Example"),
    # what a kind of cell takes
    "kind_text": Localized("文字", "Text"),
    "kind_code": Localized("按文本填写，不要写成数字", "Type it as text, not as a number"),
    "kind_phone": Localized("手机 11 位；固定电话写区号，如 0318-3832100", "Mobile, or landline with area code"),
    "kind_date": Localized("日期，如 2026-11-02", "A day, like 2026-11-02"),
    "kind_moment": Localized("日期和时间，如 2026-11-02 14:30", "Day and time, like 2026-11-02 14:30"),
    "kind_month": Localized("月份，如 2026-11", "A month, like 2026-11"),
    "kind_integer": Localized("整数", "A whole number"),
    "kind_number": Localized("数字", "A number"),
    "kind_choice": Localized("从下拉列表中选一个", "Pick one from the list"),
    "kind_list": Localized("多个之间用顿号“、”隔开", "Separate several by 、"),
}

SEVERITIES: Mapping[Severity, Localized] = {
    Severity.ERROR: Localized("错误", "Error"),
    Severity.WARNING: Localized("提醒", "Warning"),
    Severity.REPAIR: Localized("已修正", "Repaired"),
}

IGNORED: Mapping[str, Localized] = {
    "total": Localized("合计行", "total row"),
    "signature": Localized("签字行", "signature row"),
    "note": Localized("注释行", "note"),
    "example": Localized("示例行", "example row"),
    "header": Localized("重复的表头", "repeated header"),
    "title": Localized("标题行", "title row"),
    "unit": Localized("单位或日期行", "unit or date row"),
    "struck": Localized("划掉的行", "row struck through"),
    "unused": Localized("没有用的预填行", "prefilled row that was not used"),
}


def caption(code: str, language: Language, /, **slots: object) -> str:
    """Return the caption *code*; *slots* go in as data."""
    text = CAPTIONS[code].to(language)
    return text.format(**slots) if slots else text
