"""Rules of changes after registration: which field a row names, what may be changed, what the program recognised."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

CHANGING: tuple[Rule, ...] = (
    Rule(
        "change.unknown",
        Severity.ERROR,
        Localized("{label}“{item}”不是表上的栏目", "{label} “{item}” is no field of the form"),
        Localized("改成表上的栏目名；可用的有：{candidates}", "Write the field's own label: {candidates}"),
        "招牌颜色",
    ),
    Rule(
        "change.ambiguous",
        Severity.ERROR,
        Localized("{label}“{item}”可能是：{candidates}，无法确定", "{label} “{item}” may mean {candidates}"),
        Localized("改成其中一个", "Write one of them"),
        "",
    ),
    Rule(
        "change.key",
        Severity.ERROR,
        Localized("“{item}”是台账的编号，不能变更", "“{item}” tells one record from another and cannot be changed"),
        Localized(
            "换了新证的，用新号码另交“{form_title}”：同一人、同一地址的，程序会把新旧两户关联，认不准的会问市场经理；原号登记有误的，先注销再重新登记",
            "For a new document hand in “{form_title}” under the new number: both are linked, or somebody is asked; if it was "
            "registered wrongly, close the record and register it anew",
        ),
        "",
    ),
    Rule(
        "change.computed",
        Severity.ERROR,
        Localized("“{item}”由程序填写，不能变更", "“{item}” is filled in by the program and cannot be changed"),
        Localized("改它所依据的栏目，程序会重新填写", "Change the fields it follows from, and it will follow"),
        "",
    ),
    Rule(
        "change.step",
        Severity.ERROR,
        Localized("“{item}”由“{stage}”环节填写，不能在这里变更", "“{item}” belongs to the step “{stage}”"),
        Localized("在“{stage}”的任务表上填写", "Fill it in on the worklist of “{stage}”"),
        "",
    ),
    Rule(
        "change.lines",
        Severity.ERROR,
        Localized(
            "要变更 {items} 项，{label}却有 {values} 行，对不上",
            "{items} fields are to change, but {label} has {values} lines",
        ),
        Localized(
            "一项一行，两个单元格的行数要相同；或者一项写一行记录",
            "One line for each field in both cells, or a row for each field",
        ),
        "",
    ),
    Rule(
        "record.closed",
        Severity.ERROR,
        Localized("“{title}”已是“{state}”，不能再改", "“{title}” is “{state}”: nothing of it can be changed"),
        Localized(
            "核对号码；如果当初办错了，请管理员先撤销那一次",
            "Check the number; if it was closed by mistake, have that undone first",
        ),
        "",
    ),
    Rule(
        "record.renewed",
        Severity.REPAIR,
        Localized(
            "“{title}”认作 {previous} 换的新证（{because}），两户已关联，旧户转为“{state}”",
            "“{title}” was taken for the renewal of {previous} ({because}); both are linked, the older is “{state}”",
        ),
        Localized("不用改；如果不是换证，请管理员撤销本表", "Nothing to do; if it is none, have this sheet undone"),
        "",
    ),
    Rule(
        "record.transferred",
        Severity.WARNING,
        Localized("“{title}”换了经营人：{owners}，已按“{what}”记录", "“{title}” has another owner: {owners}"),
        Localized(
            "核对转让手续；手续齐全的不用处理，30 天后不再列出；办错的请管理员撤销本表",
            "Look at the papers; if all is right do nothing, it is listed for 30 days; if not, have the sheet undone",
        ),
        "",
    ),
)
