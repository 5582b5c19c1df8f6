"""What a workbook of a procedure looks like: its sheets and columns, in both languages, and what may be chosen in them."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.language import Localized

YES_OR_NO = ("是", "否")


@dataclass(frozen=True, slots=True)
class DefinitionColumn:
    """One column: what it is for, and what may be chosen in it; a ``list_of`` names the sheet whose first column is offered."""

    code: str
    title: Localized
    help: Localized
    choices: tuple[str, ...] = ()
    number: bool = False


@dataclass(frozen=True, slots=True)
class DefinitionSheet:
    """One sheet, and the column that says what a row of it is; ``spare`` ones a workbook may do without."""

    code: str
    title: Localized
    columns: tuple[DefinitionColumn, ...]
    help: Localized
    spare: bool = False

    @property
    def first(self) -> str:
        """The column without which a row says nothing."""
        return self.columns[0].code


def _column(code: str, zh: str, en: str, help_zh: str = "", help_en: str = "", *choices: str) -> DefinitionColumn:
    return DefinitionColumn(code, Localized(zh, en), Localized(help_zh, help_en), choices)


def _yes(code: str, zh: str, en: str, help_zh: str = "", help_en: str = "") -> DefinitionColumn:
    return _column(code, zh, en, help_zh, help_en, *YES_OR_NO)


_EN = _column(
    "en", "英文", "English", "给看英文的人；不写由拼音代替", "For those who read English; else made of the label"
)
_CODE = _column(
    "code", "代码", "Code", "不用写：程序按名称给，改名后不变", "Leave it blank: the program gives it and keeps it"
)
_ALIASES = _column("aliases", "别名", "Other names", "别的叫法，用顿号隔开", "What else it is called, joined by 、")
_REGISTER = _column("register", "所属台账", "Of register", "只有一个台账时不用写", "Blank where there is one register")

ITEMS = {
    "title": Localized("名称", "Title"),
    "about": Localized("用途", "About"),
    "number": Localized("手册编号", "Manual"),
    "role": Localized("岗位", "Role"),
    "submitter": Localized("提交人", "Handed in by"),
}
"""What a row of the first sheet says."""

PROCEDURE = DefinitionSheet(
    "procedure",
    Localized("流程", "Procedure"),
    (
        _column("item", "项目", "Item", "名称、用途、手册编号；岗位一行一个；提交人", "Title, about, manual; a row a role; who hands it in",
                *(each.zh for each in ITEMS.values())),
        _column("content", "内容", "Content"),
        _EN, _CODE, _ALIASES,
    ),
    Localized("这个流程叫什么、干什么用、有哪些岗位", "What it is called, what it is for, which roles it has"),
)  # fmt: skip
FORMS = DefinitionSheet(
    "forms",
    Localized("表单", "Forms"),
    (
        _column("form", "表单", "Form"), _EN, _CODE, _REGISTER,
        _column("number", "表号", "Form number", "印在表上的编号", "Printed on the sheet"),
        _column("titles", "其他名称", "Other titles", "以前这张表叫什么，用顿号隔开", "What else the sheet is called"),
        _column("layouts", "版式", "Layouts", "列表、卡片、竖表，用顿号隔开", "list, card, turned"),
    ),
    Localized("可以不写：各表单按栏目页的顺序，第一张登记新记录", "May be left out: forms as the fields name them"),
    spare=True,
)  # fmt: skip
KIND_WORDS = (
    "文本", "编号", "日期", "时刻", "月份", "数字", "整数", "金额", "电话", "身份证", "信用代码", "邮箱", "选项", "清单",
)  # fmt: skip
FIELDS = DefinitionSheet(
    "fields",
    Localized("栏目", "Fields"),
    (
        _column("form", "表单", "Form", "空着就和上一行相同", "Blank: that of the row above"),
        _column("field", "栏目", "Field", "表上印的字", "As it is printed"),
        _EN, _CODE,
        _column("kind", "类型", "Kind", "填什么样的内容", "What is filled in", *KIND_WORDS),
        _yes("key", "主编号", "Key", "认记录的编号：一种记录一个", "What tells one record from another"),
        _yes("required", "必填", "Required"),
        _column("required_when", "何时必填", "Required when", "审批意见=退回", "Opinion=Returned"),
        _column("options", "选项", "Options", "用顿号隔开", "Joined by 、"),
        _ALIASES,
        _column("example", "示例", "Example"),
        _column("help", "填写说明", "Help"),
        _column("help_en", "英文说明", "Help in English"),
        _column("rules", "规则", "Rules", "不晚于今天；晚于 用车时间；≥ 0；≤ 100；长度 2-20；形式 冀A#####",
                "not after today; after X; ≥ 0; ≤ 100; length 2-20; pattern AB###"),
        _column("means", "含义", "Means", "程序拿这一栏做什么", "What the program uses it for",
                "名称", "填表人", "办理人", "办理日期", "发生日期", "地址", "辖区", "到期日", "意见", "变更项目", "变更内容"),
        _column("names", "所指台账", "Names a record of", "这里写的是哪个台账里的记录", "The register of which it names a record"),
        _yes("private", "保密", "Private", "邮件、网页和日志里遮住", "Masked in mails, pages and logs"),
        _column("more", "其他", "More", "程序编号、全表一次、可带单位", "given, once, counted"),
    ),
    Localized("每张表单有哪些栏，一栏一行", "The fields of each form, a row each"),
)  # fmt: skip
OPTIONS = DefinitionSheet(
    "options",
    Localized("选项", "Options"),
    (
        _column("form", "表单", "Form", "几张表单都一样的不用写", "Blank: for all forms"),
        _column("field", "栏目", "Field"),
        _column("option", "选项", "Option"),
        _EN, _CODE, _ALIASES,
    ),
    Localized("可以不写：选项的英文、代码和别的写法", "May be left out: wording, codes and other names of options"),
    spare=True,
)  # fmt: skip
REGISTERS = DefinitionSheet(
    "registers",
    Localized("台账", "Registers"),
    (
        _column("register", "台账", "Register"), _EN, _CODE,
        _column("numbering", "编号规则", "Numbering", "YC{年2}{月}{序号3}；空着由人填写", "YC{yy}{month}{serial3}; blank: people give it"),
        _column("same", "同一记录", "Same record", "这几栏都相同就是同一条，用顿号隔开", "Fields that are equal in one record"),
        _column("day", "编号日期", "Day of numbering", "编号里的年月取哪一栏", "Where year and month come from"),
        _column("over", "可再次登记", "Over", "在这些状态后，日期不同就是另一条", "States after which another day is another record"),
        _column("again", "再次日期", "Again", "看哪一栏的日期", "The field of that day"),
        _column("manager", "负责岗位", "Manager", "谁管这个台账，逾期的告诉谁", "Who hears what is late"),
        _column("refers", "引用", "References", "客户编号→零售户；没有的退回，写 客户编号→零售户（必有）；一行一个", "field→register; (must be there) keeps a row without it out; a line each"),
        _column("count_by", "按栏计数", "Counted by", "总表统计按哪些栏", "Fields by which statistics count"),
        _column("named_by", "称呼", "Named by", "别的表上用这些栏称呼它的记录", "Fields by which other sheets name it"),
        _column("told", "变动告知", "Told", "这些栏改了要告诉负责岗位", "Fields of which the manager reads each change"),
        _column("told_to", "变动告知谁", "Told to", "这些改动还告诉这几栏写的人", "People named in these fields read of such changes, too"),
        _column("looks_at", "查看台账", "Looks at"),
        _yes("kept", "程序建立", "Kept by the program", "记录由程序建立，不收登记表", "Opened by the program alone"),
    ),
    Localized("记录存在哪里、怎样编号、谁负责", "Where records stand, how they are numbered, whose they are"),
)  # fmt: skip
STATES = DefinitionSheet(
    "states",
    Localized("状态", "States"),
    (
        _column("state", "状态", "State"), _EN, _CODE, _REGISTER,
        _column("nature", "性质", "Nature", "办结、关闭、暂停、未做", "final, closed, paused, missed"),
        _column("replaces", "接替", "Takes over", "改流程时：这些原来的状态里的记录改到这里，用顿号隔开",
                "Of a changed procedure: earlier states whose records are led here, joined by 、"),
    ),
    Localized("可以不写：没有环节接着办的状态就是办结", "May be left out: a state that no stage leaves is final"),
    spare=True,
)  # fmt: skip
STAGES = DefinitionSheet(
    "stages",
    Localized("环节", "Stages"),
    (
        _column("stage", "环节", "Stage", "空着就是上一环节的另一种答复", "Blank: another answer of the stage above"),
        _EN, _CODE, _REGISTER,
        _column("form", "表单", "Form", "填哪张表；空着由程序自己办", "Blank: the program does it"),
        _column("role", "岗位", "Role"),
        _column("from", "从状态", "From state", "第一个环节空着", "Blank: it opens a record"),
        _column("answer", "答复", "Answer", "填了什么走这一行：审批意见=同意", "Opinion=Approved"),
        _column("known", "已有", "Known", "到期日前 60 天；或 栏目=内容", "60 days before X; or field=value"),
        _column("to", "到状态", "To state"),
        _yes("back", "退回", "Back", "退回的，原因写在下一张任务表上", "Sent back: the reason is on the next worklist"),
        _column("deadline", "期限", "Deadline", "3 天；24 小时 自 报修时间；按 到期日；到期日前 10 天；次月第 3 个工作日",
                "3 days; 24 hours from X; by X; 10 days before X; workday 3"),
        _column("not_by", "本人不得办", "Not by", "这一栏写的人不能办", "Nobody whom this field names"),
        _column("whom", "指定人", "Whom", "由这一栏写的人办", "Who this field names does it"),
        _column("superior", "代办岗位", "Superior", "本岗位没人能办时由谁办", "Who does it where nobody of the role can"),
        _column("tells", "告知", "Tells", "办完告诉这一栏写的人", "Who this field names is told"),
        _column("begins", "发生日期", "Takes place on", "作废环节：过了这一栏写的日子，只由本岗位作废", "Of a stage that ends: once this day is past only its own role may"),
        _column("open_until", "可改到", "Open until", "到这一栏写的日子为止，这一步还可以改", "Until this day the step may be said again"),
        _column("renews", "重定", "Renews", "这一步重新定的日期", "Days that this step gives anew"),
        _column("against", "核对", "Against", "续签到期日 不早于 到期日；一行一个", "X not before Y; a line each"),
        _column("task", "任务", "Task", "任务表上请他做什么", "What the worklist asks for"),
        _column("task_en", "英文任务", "Task in English"),
        _column("why", "不予办理", "Refused because", "没有到状态时，为什么不办", "Why the step is refused"),
        _column("why_en", "英文理由", "Refused (English)"),
        _column("more", "其他", "More", "均摊、限本岗位、前一日提醒、须改、随时、上门、不变、恢复、自动",
                "spread, strict, eve, anew, any time, on site, stays, resumes, by itself"),
    ),
    Localized("谁接着谁办、多久办完、答什么走到哪里；一种答复一行", "Who does what, by when, and where each answer leads"),
)  # fmt: skip
DUTIES = DefinitionSheet(
    "duties",
    Localized("定期", "Duties"),
    (
        _column("every", "频次", "Every", "", "", "每天", "每周", "每月", "每季", "每年"),
        _REGISTER,
        _column("role", "岗位", "Role"),
        _column("due", "期限栏目", "Due field"),
        _column("key", "编号规则", "Key", "XJ{period}", "XJ{period}"),
        _column("values", "填好", "Values", "栏目=内容；一行一个", "field=value; a line each"),
        _column("step", "每几期", "Step"),
        _column("workday", "第几个工作日", "Workday", "1 是第一个，-1 是最后一个", "1 is the first, -1 the last"),
        _column("ahead", "提前天数", "Ahead"),
        _column("month", "第几个月", "Month"),
        _column("shift", "所指期", "Shift", "-1 是上一期", "-1 is the period before"),
        _column("period", "期间栏目", "Period field"),
        _yes("each", "每人一份", "One for each"),
        _column("person", "人员栏目", "Person field"),
        _column("all_days", "含休息日", "All days", "是，或一项参数的名称：值为 1 时含", "yes, or a parameter that is 1"),
        _column("once_used", "用过才办", "Once used"),
        _column("missed", "未做状态", "Missed"),
        _column("why", "说明", "Why"),
        _column("why_en", "英文说明", "Why (English)"),
    ),
    Localized("每天、每周、每月……到时由程序下达的任务", "What the program gives out again and again"),
    spare=True,
)  # fmt: skip
STATISTICS = DefinitionSheet(
    "statistics",
    Localized("统计", "Statistics"),
    (
        _column("statistic", "统计表", "Statistic"), _EN, _CODE, _REGISTER,
        _column("by", "按栏", "By", "各个选项各数多少；空着只数总数", "How many of each answer; blank: all"),
        _column("period", "周期", "Period", "", "", "每月", "每年", "不分"),
        _column("day", "日期栏目", "Day", "按哪一栏的日期分月、分年", "The day by which it is counted"),
        _yes("chart", "图", "Chart"),
        _yes("on_page", "上网页", "On page"),
    ),
    Localized("数什么、按什么数", "What is counted by what"),
    spare=True,
)  # fmt: skip
PARAMETERS = DefinitionSheet(
    "parameters",
    Localized("参数", "Parameters"),
    (
        _column("parameter", "参数", "Parameter"), _EN, _CODE,
        _column("value", "值", "Value"),
        _column("least", "最小", "Least"),
        _column("most", "最大", "Most"),
    ),
    Localized("本单位可以改的数：期限里写 {参数名}", "Numbers that an office may set: {name} in a deadline"),
    spare=True,
)  # fmt: skip
CODE_PARTS = DefinitionSheet(
    "code",
    Localized("程序部分", "Code"),
    (
        _column("part", "部分", "Part", "", "", "派生栏", "其他"),
        _REGISTER,
        _column("name", "名称", "Name"), _EN, _CODE,
        _column("kind", "类型", "Kind"),
        _column("options", "选项", "Options"),
    ),
    Localized("由程序算的部分：不在这里画，只列出名称", "What is code: named here, not drawn"),
    spare=True,
)  # fmt: skip
SHEETS = (PROCEDURE, FIELDS, STAGES, REGISTERS, STATISTICS, PARAMETERS, FORMS, STATES, OPTIONS, DUTIES, CODE_PARTS)
HELP_TITLES = ("说明", "Help", "帮助", "退回说明", "Returned")
"""Sheets that say something to their reader: the first in Chinese, the second in English; a marked copy has one, too."""
NOTE_TITLES = ("备注", "Note", "Notes")
"""A column for whatever its author wants to remember."""
