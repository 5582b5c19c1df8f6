"""Rules about the lines of a text file: what cannot be parted, what was mended."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

TEXT_LINES: tuple[Rule, ...] = (
    Rule(
        "line.unclear",
        Severity.ERROR,
        Localized(
            "文本第 {line} 行没有录入：分隔符或引号不对，分不清哪些字属于哪一格（{text}）",
            "Line {line} of the text was not taken: its separators or quotes do not say which cell is which ({text})",
        ),
        Localized(
            "内容里有分隔符的格子两边加英文双引号，多余的引号删去；或者另存为 .xlsx 后重新放入",
            "Put quotes around a cell that holds a separator and remove stray ones, or save the file as .xlsx; then drop it again",
        ),
        "",
    ),
    Rule(
        "line.garbled",
        Severity.ERROR,
        Localized(
            "文本第 {line} 行没有录入：有无法识别的乱码（{text}）",
            "Line {line} of the text was not taken: some of its letters are damaged ({text})",
        ),
        Localized("对照原件改正乱码，重新放入", "Correct the damaged letters from the original and drop it again"),
        "",
    ),
    Rule(
        "line.short",
        Severity.WARNING,
        Localized(
            "文本第 {line} 行只有 {cells} 格，表头有 {expected} 格，末尾没有写的按空白录入（{text}）",
            "Line {line} of the text has {cells} cells and the header {expected}: those missing at its end were taken as blank ({text})",
        ),
        Localized(
            "核对各格是否对得上表头；不对的请改正后重新放入",
            "See whether each cell stands below its label; else correct it",
        ),
        "",
    ),
    Rule(
        "line.trimmed",
        Severity.REPAIR,
        Localized(
            "有 {count} 行末尾的空格子没有写，按空白录入：文本第 {lines} 行",
            "{count} lines leave out blank cells at their end, which were taken as blank: lines {lines} of the text",
        ),
        Localized("不用改", "Nothing to do"),
        "",
    ),
    Rule(
        "line.mended",
        Severity.REPAIR,
        Localized(
            "文本第 {line} 行{how}，按这样分格录入：{after}",
            "Line {line} of the text {how}; its cells were taken as {after}",
        ),
        Localized(
            "不用改；如分得不对，请改正后重新放入", "Nothing to do; if the cells are not those meant, correct the line"
        ),
        "",
    ),
)
