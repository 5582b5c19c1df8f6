"""Rules of converting cells and of single columns: the same for every form."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

_AS_TEXT = Localized(
    "对照原件重填：先把单元格格式设为“文本”，或先输入一个英文单引号 ' 再输入号码",
    "Type it again from the original: set the cell's format to Text first, or begin with an apostrophe '",
)
_AS_TEXT_AGAIN = Localized(
    "对照原件重填：先把单元格格式设为“文本”，或先输入一个英文单引号 ' 再输入内容",
    "Type it again from the original: set the cell's format to Text first, or begin with an apostrophe '",
)
_LOOK = Localized(
    "不用改；如理解有误，请按改后的写法重填", "Nothing to do; if that is not what was meant, correct the cell"
)

VALUES: tuple[Rule, ...] = (
    Rule(
        "value.missing",
        Severity.ERROR,
        Localized("{label}没有填写", "{label} is blank"),
        Localized("在本单元格补填{label}", "Fill in {label} in this cell"),
        "",
    ),
    Rule(
        "value.missing_said",
        Severity.ERROR,
        Localized("{label}没有填写（只写了“{value}”）", "{label} is blank (it only says “{value}”)"),
        Localized(
            "补填{label}；确实没有的，写一句话，如“本次没有”",
            "Fill in {label}; where there is none, say so in a sentence: “none this time”",
        ),
        "无",
    ),
    Rule(
        "value.missing_when",
        Severity.ERROR,
        Localized("{label}没有填写：{because}时必填", "{label} is blank: it is required when {because}"),
        Localized("补填{label}", "Fill in {label}"),
        "",
    ),
    Rule(
        "value.error_cell",
        Severity.ERROR,
        Localized("{label}的单元格显示错误值 {value}", "The cell of {label} shows the error {value}"),
        Localized("改正公式，或直接填写{label}", "Mend the formula, or type {label} in its place"),
        "#N/A",
    ),
    Rule(
        "value.uncalculated",
        Severity.ERROR,
        Localized(
            "{label}是公式 {value}，文件里没有保存计算结果",
            "{label} is the formula {value}, whose result the file does not hold",
        ),
        Localized(
            "用 Excel 或 WPS 打开后保存，或直接填写数值",
            "Open and save it in Excel or WPS, or type the value in its place",
        ),
        "=A1+1",
    ),
    Rule(
        "value.too_long",
        Severity.ERROR,
        Localized(
            "{label}超过 32767 个字，总表的一个单元格放不下",
            "{label} is longer than the 32,767 letters that a cell holds",
        ),
        Localized("写短一些，或分到别的栏中", "Shorten it, or move a part of it to another column"),
        "",
    ),
    Rule(
        "value.ditto",
        Severity.ERROR,
        Localized(
            "{label}写的是“{value}”，但上一行没有可用的{label}", "{label} says “{value}”, but there is none above"
        ),
        Localized("直接填写{label}", "Type {label} out"),
        "同上",
    ),
    Rule(
        "value.date",
        Severity.ERROR,
        Localized("{label}“{value}”不是一个完整的日期", "{label} “{value}” is no complete date"),
        Localized("按年-月-日填写，如 2025-03-03", "Give year, month and day, like 2025-03-03"),
        "2025-02-30",
    ),
    Rule(
        "value.moment",
        Severity.ERROR,
        Localized("{label}“{value}”不是一个完整的日期和时间", "{label} “{value}” is no complete day and time"),
        Localized("按年-月-日 时:分填写，如 2026-11-02 14:30", "Give day and time, like 2026-11-02 14:30"),
        "11-02 14:30",
    ),
    Rule(
        "value.month",
        Severity.ERROR,
        Localized("{label}“{value}”不是一个月份", "{label} “{value}” is no month"),
        Localized("按年-月填写，如 2026-11", "Give year and month, like 2026-11"),
        "2026-13",
    ),
    Rule(
        "value.date_one_end",
        Severity.ERROR,
        Localized(
            "“{value}”只有一个日期，分不清是起还是止", "“{value}” is a single date: it does not say which end it is"
        ),
        Localized("写明起止两个日期，如 2024-03-05至2029-03-04", "Give both dates, like 2024-03-05至2029-03-04"),
        "2029-03-04",
    ),
    Rule(
        "value.number",
        Severity.ERROR,
        Localized("{label}“{value}”不是一个数", "{label} “{value}” is not a number"),
        Localized("只填数字，如 {example}", "Give digits only, like {example}"),
        "十几个",
    ),
    Rule(
        "value.whole",
        Severity.ERROR,
        Localized("{label}“{value}”不是整数", "{label} “{value}” is not a whole number"),
        Localized("填写整数，如 {example}", "Give a whole number, like {example}"),
        "12.5",
    ),
    Rule(
        "value.range",
        Severity.ERROR,
        Localized("{label}“{value}”超出范围，应{bounds}", "{label} “{value}” is out of range: {bounds}"),
        Localized("核对后重填", "Correct it"),
        "31",
    ),
    Rule(
        "value.choice",
        Severity.ERROR,
        Localized("{label}“{value}”不在可选项中", "{label} “{value}” is none of the options"),
        Localized(
            "从下列选项中选一项：{options}；来了退回件又常这样写的，可在它首页的“处理”一栏选它指哪一项，以后都照此读",
            "Choose one of: {options}; where a return has come, what people often write so can be chosen for on its first page, and is remembered",
        ),
        "是或否",
    ),
    Rule(
        "value.choice_several",
        Severity.ERROR,
        Localized("{label}“{value}”选了不止一项", "{label} “{value}” ticks more than one option"),
        Localized("只选一项：{options}", "Tick one only: {options}"),
        "☑是 ☑否",
    ),
    Rule(
        "value.length",
        Severity.ERROR,
        Localized(
            "{label}“{value}”长度不对，应{bounds}个字", "{label} “{value}” has the wrong length: {bounds} characters"
        ),
        Localized("核对后重填", "Correct it"),
        "",
    ),
    Rule(
        "value.refused",
        Severity.ERROR,
        Localized("{label}“{value}”不符合要求（{check}）", "{label} “{value}” does not satisfy {check}"),
        Localized("按示例重填：{example}", "Correct it, like {example}"),
        "",
    ),
    Rule(
        "value.digits_lost",
        Severity.ERROR,
        Localized(
            "{label}被存成了数字“{value}”，Excel 只保留前 15 位，后面的数字已经丢失",
            "{label} was stored as the number “{value}”: Excel keeps 15 digits only, the others are lost",
        ),
        _AS_TEXT,
        "131123198001010000",
    ),
    Rule(
        "value.code_number",
        Severity.ERROR,
        Localized(
            "{label}“{value}”是小数或负数，不是号码", "{label} “{value}” is a fraction or below zero: no such number"
        ),
        _AS_TEXT,
        "131123.5",
    ),
    Rule(
        "value.code_date",
        Severity.ERROR,
        Localized("{label}被 Excel 变成了日期“{value}”", "Excel turned {label} into the date “{value}”"),
        _AS_TEXT,
        "2026-01-02",
    ),
    Rule(
        "value.text_date",
        Severity.ERROR,
        Localized(
            "{label}被 Excel 变成了日期“{value}”，原来写的已看不出",
            "Excel turned {label} into the date “{value}”: what was typed is lost",
        ),
        _AS_TEXT_AGAIN,
        "2026-12-03",
    ),
    Rule(
        "value.text_truth",
        Severity.ERROR,
        Localized("{label}是逻辑值“{value}”，不是文字", "{label} is the logical value “{value}”, no text"),
        _AS_TEXT_AGAIN,
        "TRUE",
    ),
    Rule(
        "repair.choice",
        Severity.REPAIR,
        Localized("{label}“{value}”按“{after}”录入", "{label} “{value}” was taken as “{after}”"),
        _LOOK,
        "☑是 □否",
    ),
    Rule(
        "repair.date",
        Severity.REPAIR,
        Localized("{label}“{value}”按 {after} 录入", "{label} “{value}” was taken as {after}"),
        _LOOK,
        "25-3-3",
    ),
    Rule(
        "repair.number",
        Severity.REPAIR,
        Localized("{label}“{value}”按 {after} 录入", "{label} “{value}” was taken as {after}"),
        _LOOK,
        "1.2万",
    ),
    Rule(
        "repair.code",
        Severity.REPAIR,
        Localized(
            "{label}被存成了数字，按文本“{after}”录入", "{label} was stored as a number and taken as text “{after}”"
        ),
        Localized(
            "这次不用改；以后先把该列格式设为“文本”，以免号码出错",
            "Nothing to do now; set the column's format to Text next time, so that no digit is lost",
        ),
        "131123100018",
    ),
    Rule(
        "repair.value",
        Severity.REPAIR,
        Localized("{label}“{value}”按“{after}”录入", "{label} “{value}” was taken as “{after}”"),
        _LOOK,
        "证号：131123100018",
    ),
    Rule(
        "repair.name",
        Severity.REPAIR,
        Localized(
            "{label}“{before}”就是“{register}”中的“{after}”，按此录入",
            "{label} “{before}” is “{after}” of the register {register}, and was taken so",
        ),
        _LOOK,
        "",
    ),
    Rule(
        "name.several",
        Severity.ERROR,
        Localized(
            "{label}“{value}”在“{register}”中有 {count} 户：{those}，不知是哪一户",
            "{label} “{value}”: {count} of the register {register} are called so: {those}",
        ),
        Localized("改填这一户的号码", "Write the number of the one that is meant"),
        "",
    ),
    Rule(
        "name.like",
        Severity.WARNING,
        Localized(
            "{label}“{value}”不在“{register}”中，名称相近的有：{those}",
            "{label} “{value}” is not in the register {register}; nearly so are called: {those}",
        ),
        Localized(
            "是同一户的改成登记的名称；不是的答“知道了”",
            "Write the registered name if it is the same; else answer 知道了",
        ),
        "",
    ),
    Rule(
        "name.unknown",
        Severity.WARNING,
        Localized(
            "{label}“{value}”：“{register}”中没有这个号码",
            "{label} “{value}”: the register {register} has no such number",
        ),
        Localized("核对号码，或写名称", "Check the number, or write the name"),
        "",
    ),
    Rule(
        "repair.blank",
        Severity.REPAIR,
        Localized("{label}“{value}”没有填完，按空白处理", "{label} “{value}” was not filled in and counts as blank"),
        Localized("要填的请补填；不填的不用改", "Fill it in where it is needed; else there is nothing to do"),
        "2026年__月__日",
    ),
    Rule(
        "repair.open_end",
        Severity.REPAIR,
        Localized("{label}“{value}”按没有止日处理，留空", "{label} “{value}” was taken as no end: left blank"),
        _LOOK,
        "至今",
    ),
    Rule(
        "repair.ditto",
        Severity.REPAIR,
        Localized("{label}“{value}”按上一行的“{after}”录入", "{label} “{value}” was taken as “{after}” from above"),
        _LOOK,
        "同上",
    ),
)
