"""Rules of a master that staff edited: what cannot be changed there, and how it is really changed."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

EDITING: tuple[Rule, ...] = (
    Rule(
        "master.computed",
        Severity.ERROR,
        Localized(
            "总表“{column}”一栏由程序填写，{count} 处改动未采用（{cells}）：您填“{wished}”，台账中是“{now}”",
            "The column {column} is filled in by the program; {count} changes were not taken ({cells}): “{wished}”, where "
            "the register says “{now}”",
        ),
        Localized("{how}", "{how}"),
        "已归档",
    ),
    Rule(
        "master.step",
        Severity.ERROR,
        Localized(
            "总表“{column}”一栏由“{stage}”环节填写，{count} 处改动未采用（{cells}）：您填“{wished}”，台账中是“{now}”",
            "The column {column} belongs to the step “{stage}”; {count} changes were not taken ({cells}): “{wished}”, "
            "where the register says “{now}”",
        ),
        Localized("请在“{stage}”的任务表上填写，放入收件夹", "Fill it in on the worklist of “{stage}” and drop that"),
        "属实",
    ),
    Rule(
        "master.decided",
        Severity.ERROR,
        Localized(
            "“{stage}”已经签字办过，总表“{column}”一栏的改动未采用（{cells}）：您填“{wished}”，台账中是“{now}”",
            "“{stage}” was signed and has led on: the change in the column {column} was not taken ({cells}): “{wished}”, "
            "where the register says “{now}”",
        ),
        Localized("{how}", "{how}"),
        "退回",
    ),
    Rule(
        "master.key_changed",
        Severity.ERROR,
        Localized(
            "总表本行的{label}原为“{original}”，被改成了“{value}”，本行未采用",
            "In the master this row's {label} was “{original}” and was changed to “{value}”; the row was not taken",
        ),
        Localized(
            "{label}不能在总表上改：换了新证的，用新号码另交“{form_title}”；原号登记有误的，先注销再重新登记",
            "{label} cannot be changed here: hand in “{form_title}” under the new number for a new document; if it was "
            "registered wrongly, close the record and register it anew",
        ),
        "131123199999",
    ),
    Rule(
        "master.row_deleted",
        Severity.WARNING,
        Localized(
            "总表“{sheet}”页删掉了 {count} 行：{value}；台账中仍在，已重新列出",
            "{count} rows were deleted from the page “{sheet}” of the master: {value}; they stay in the register and are "
            "listed again",
        ),
        Localized("{how}", "{how}"),
        "131123100018 惠民超市",
    ),
    Rule(
        "master.sheet_bare",
        Severity.WARNING,
        Localized(
            "总表中自加的工作表“{value}”只保留了单元格的内容，图表、样式等未能保留",
            "Of the sheet “{value}” that was added to the master only its cells could be kept",
        ),
        Localized(
            "原样存在存档里，可从存档取回；建议另存为单独的文件",
            "The original lies in the archive; keep such a sheet in a file of its own",
        ),
        "我的汇总",
    ),
    Rule(
        "master.sheet_lost",
        Severity.WARNING,
        Localized(
            "总表中自加的工作表“{value}”未能保留：过大，或不是由单元格组成",
            "The sheet “{value}” that was added to the master could not be kept: it is too large, or not made of cells",
        ),
        Localized(
            "原样存在存档里，可从存档取回；请另存为单独的文件",
            "The original lies in the archive; keep such a sheet in a file of its own",
        ),
        "我的汇总",
    ),
)

KEPT = "kept"
"""The detail by which a finding tells that the register has kept its value: nothing is wrong in it, so it lapses."""
