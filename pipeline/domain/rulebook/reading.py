"""Rules of reading: files that cannot be opened, sheets and labels that are not known."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

_SAVE_AGAIN = Localized(
    "用 Excel 或 WPS 打开，另存为 .xlsx 后重新放入", "Open it in Excel or WPS, save it as .xlsx and drop it again"
)
_TEMPLATE = Localized(
    "照模板改好表头再放入；模板在 outbox/templates",
    "Correct the labels after the template (outbox/templates) and drop it again",
)

READING: tuple[Rule, ...] = (
    Rule(
        "file.unreadable",
        Severity.ERROR,
        Localized("文件打不开：{why}", "The file cannot be opened: {why}"),
        _SAVE_AGAIN,
        "只拷贝了一半的 .xlsx",
    ),
    Rule(
        "file.foreign",
        Severity.ERROR,
        Localized(
            "不是表格文件（可能是图片、PDF 或其他文档）", "It is no sheet but an image, a PDF or another document"
        ),
        Localized("请放入 Excel、WPS 表格或 CSV 文件", "Drop an Excel, WPS or CSV file"),
        "门店照片.jpg",
    ),
    Rule(
        "file.encrypted",
        Severity.ERROR,
        Localized("文件有打开密码，无法读取", "The file is protected by a password and cannot be read"),
        Localized(
            "取消打开密码，保存后重新放入；本单位发的任务表请保留原密码，文件名写上工号",
            "Remove the password, save it and drop it again; of a worklist keep its password, and your staff number in its name",
        ),
        "登记表.xlsx（设了密码）",
    ),
    Rule(
        "file.empty",
        Severity.ERROR,
        Localized("文件里没有任何内容", "There is nothing in the file"),
        Localized("核对是否放错了文件，填好后重新放入", "Check that it is the right file, fill it and drop it again"),
        "新建工作表.xlsx",
    ),
    Rule(
        "file.bomb",
        Severity.ERROR,
        Localized("文件异常庞大，为安全起见没有打开：{why}", "The file is abnormally large and was not opened: {why}"),
        Localized(
            "删去表格以外的内容，或把数据复制到空白模板里，重新放入",
            "Remove all but the table, or copy the data into a blank template, and drop it again",
        ),
        "展开后 4 GB 的 .xlsx",
    ),
    Rule(
        "file.twice",
        Severity.ERROR,
        Localized(
            "文件内部有两个同名部分“{why}”，内容不可信",
            "Two parts of the file have one name, “{why}”: it cannot be trusted",
        ),
        _SAVE_AGAIN,
        "xl/worksheets/sheet1.xml",
    ),
    Rule(
        "file.nested",
        Severity.ERROR,
        Localized("压缩包“{sheet}”里面又是压缩包，没有读取", "“{sheet}” is a zip within a zip and was not read"),
        Localized("解压后把表格直接放入", "Unpack it and drop the workbooks themselves"),
        "各乡镇.zip",
    ),
    Rule(
        "file.killer",
        Severity.ERROR,
        Localized(
            "读取本文件时程序两次中断，已隔离", "Reading this file stopped the program twice; it has been put aside"
        ),
        Localized(
            "把数据复制到空白模板里重新放入，并告知系统管理员",
            "Copy the data into a blank template, drop that, and tell the administrator",
        ),
        "登记表.xls",
    ),
    Rule(
        "file.failed",
        Severity.ERROR,
        Localized("读取本文件时程序出错（{why}）", "The program failed on this file ({why})"),
        Localized(
            "把数据复制到空白模板里重新放入，并把原文件交系统管理员",
            "Copy the data into a blank template, drop that, and give the original to the administrator",
        ),
        "IndexError",
    ),
    Rule(
        "file.own_report",
        Severity.WARNING,
        Localized("这是本程序生成的报表，没有读取", "This is a report made by the program; nothing was taken from it"),
        Localized("要改数据请填任务表或登记表", "To change data fill a worklist or a form"),
        "master.xlsx",
    ),
    Rule(
        "sheet.unknown",
        Severity.ERROR,
        Localized(
            "认不出这是哪种表；最接近“{nearest}”，但缺少：{labels}",
            "No form is known that fits; the nearest is “{nearest}”, which also needs: {labels}",
        ),
        _TEMPLATE,
        "只有两个表头的表",
    ),
    Rule(
        "sheet.foreign",
        Severity.ERROR,
        Localized("认不出这是哪种表：没有一个已知的表头", "No form is known that fits: not one label is known"),
        Localized(
            "核对是否放错了文件；模板在 outbox/templates",
            "Check that it is the right file; templates are in outbox/templates",
        ),
        "考勤表",
    ),
    Rule(
        "sheet.skipped",
        Severity.WARNING,
        Localized("工作表“{sheet}”没有已知的表头，没有读取", "The sheet “{sheet}” has no known label and was not read"),
        Localized("不是要交的数据可不处理", "Nothing to do if it holds no data to hand in"),
        "Sheet3",
    ),
    Rule(
        "sheet.side",
        Severity.WARNING,
        Localized(
            "工作表“{sheet}”是说明、选项或统计，不是要交的数据，没有读取",
            "The sheet “{sheet}” explains, lists options or counts: it is no data and was not read",
        ),
        Localized(
            "不用处理；确是要交的数据，请取消隐藏、改工作表名并照模板写好表头",
            "Nothing to do; if it is data, show it, rename it and write the template's labels",
        ),
        "填写说明",
    ),
    Rule(
        "sheet.two_forms",
        Severity.ERROR,
        Localized("表头同时符合{forms}，无法确定是哪一种", "The labels fit {forms} equally well"),
        Localized(
            "在表上方写明表名，或按模板补全表头",
            "Write the form's title above it, or complete the labels after the template",
        ),
        "只有共用表头的表",
    ),
    Rule(
        "sheet.blank",
        Severity.WARNING,
        Localized("工作表“{sheet}”只有表头，没有填写内容", "The sheet “{sheet}” has labels but nothing filled in"),
        Localized("填好后重新放入", "Fill it and drop it again"),
        "空白模板",
    ),
    Rule(
        "sheet.hidden",
        Severity.WARNING,
        Localized("有隐藏的内容，也一并读取了：{hidden}", "Hidden cells were read like all others: {hidden}"),
        Localized("不该上报的请删除，不要隐藏", "Delete what is not to be handed in instead of hiding it"),
        "第 5–9 行",
    ),
    Rule(
        "sheet.sample",
        Severity.WARNING,
        Localized(
            "工作表“{sheet}”按名称是填写示例，没有录入",
            "The sheet “{sheet}” is by its name an example and was not taken",
        ),
        Localized(
            "是示例就不用处理；如是要交的数据，请把工作表改名后重新放入",
            "Nothing to do if it is; if it is data to hand in, rename the sheet and drop it again",
        ),
        "样表",
    ),
    Rule(
        "row.example",
        Severity.WARNING,
        Localized(
            "这一行第一格写着“{mark}”，当作示例没有录入，内容与模板上的示例不同（{value}）",
            "This row begins with “{mark}” and was not taken, as an example, though it is not the one of the template ({value})",
        ),
        Localized(
            "是示例就不用处理；如是要交的数据，请把“{mark}”删去，本来就叫这个名的改个写法，再重新放入",
            "Nothing to do if it is one; if it is data to hand in, remove “{mark}”, or word it otherwise where it is a name, and drop it again",
        ),
        "",
    ),
    Rule(
        "cell.struck",
        Severity.WARNING,
        Localized(
            "“{value}”画了删除线，但同一行其他内容没有，仍按原样读取",
            "“{value}” is struck through and its row is not: it was read as it stands",
        ),
        Localized("不要的内容请删去，要的请取消删除线", "Delete what is not meant, or take the line through it away"),
        "",
    ),
    Rule(
        "cell.stray",
        Severity.WARNING,
        Localized("远离表格的单元格没有读取：{cells}", "Cells far away from the table were not read: {cells}"),
        Localized("清除这些单元格", "Clear these cells"),
        "XFD1048576",
    ),
    Rule(
        "card.left_over",
        Severity.ERROR,
        Localized(
            "一个栏目旁边有几个值，只读取了第一个；没有读取：{cells}",
            "There are several values beside one label: the first was read, these were not: {cells}",
        ),
        Localized(
            "几户请各填一张或用列表；同一栏目有几个值的，写在同一格",
            "Give each record a card of its own or a list; write several values of one label into its one cell",
        ),
        "13932810019",
    ),
    Rule(
        "header.misspelt",
        Severity.WARNING,
        Localized("表头“{value}”按“{label}”读取", "The label “{value}” was taken for “{label}”"),
        Localized("请改为“{label}”", "Write “{label}”"),
        "错写一个字的表头",
    ),
    Rule(
        "header.ambiguous",
        Severity.ERROR,
        Localized("表头“{value}”可能是：{labels}，无法确定", "The label “{value}” may mean {labels}"),
        Localized(
            "改成其中一个后重新放入；或在退回件首页的“处理”一栏选它是哪一栏，以后全单位都照此读",
            "Write one of them and drop the sheet again; or choose on the return's first page what it is: it is remembered",
        ),
        "只写“日期”的表头",
    ),
    Rule(
        "header.twice",
        Severity.ERROR,
        Localized(
            "“{label}”有两列：{other} 和这里的“{value}”", "“{label}” has two columns: {other} and “{value}” here"
        ),
        Localized("只保留一列，表头写“{label}”", "Keep one of them and call it “{label}”"),
        "同一项写了两列",
    ),
    Rule(
        "header.missing",
        Severity.ERROR,
        Localized("“{title}”缺少必填项的表头：{labels}", "“{title}” lacks required labels: {labels}"),
        Localized("补上表头并填好内容，重新放入", "Add them, fill them in and drop the sheet again"),
        "缺一列的登记表",
    ),
    Rule(
        "header.unit",
        Severity.WARNING,
        Localized(
            "表头“{value}”写明了单位“{unit}”，而{label}没有规定单位，数字按原样录入",
            "The label “{value}” names the unit {unit}, and {label} has none: its numbers were taken as they are",
        ),
        Localized(
            "核对数字的单位；不对的请换算后重新放入",
            "See whether the unit is right; else convert the numbers and drop it again",
        ),
        "数量（箱）",
    ),
    Rule(
        "header.unit_wrong",
        Severity.ERROR,
        Localized(
            "表头“{value}”的单位“{unit}”不是{label}所用的，这一列没有录入",
            "The label “{value}” names the unit {unit}, which is none of {label}: the column was not taken",
        ),
        Localized(
            "换算成“{label}”所用的单位，改好表头后重新放入",
            "Convert the numbers to the unit of {label}, correct the label and drop it again",
        ),
        "数量（％）",
    ),
    Rule(
        "column.unknown",
        Severity.WARNING,
        Localized(
            "“{value}”不是本表栏目，未采用，原文会存到总表“表外栏目”",
            "The form does not know the column “{value}”: what stands below it is kept as a note",
        ),
        Localized(
            "若指本表某一栏，请在退回件首页的“处理”一栏选它，以后全单位都照此读；多余的列选“不是本表栏目”，或删去",
            "Choose on the return's first page which column it is: it is remembered; or that it is none; or delete it",
        ),
        "经度",
    ),
    Rule(
        "worklist.damaged",
        Severity.ERROR,
        Localized(
            "任务表的表头或隐藏列已被改动，无法读取",
            "The worklist's labels or its hidden column were changed; it cannot be read",
        ),
        Localized("请在最新的任务表上重填", "Fill the newest worklist instead"),
        "删去了隐藏列的任务表",
    ),
)
