"""Rules of what the office as a whole must hold: sums, and days that go forward."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

RECONCILING: tuple[Rule, ...] = (
    Rule(
        "balance.off",
        Severity.ERROR,
        Localized(
            "对账不平：{what}，来的是 {came}，有去处的是 {became}",
            "The books do not balance: {what}: {came} came, {became} are accounted for",
        ),
        Localized(
            "请管理员运行 pipeline doctor，它会从存档重算并指出缺了哪一行；在此之前不要删除存档",
            "Let the administrator run pipeline doctor: it recomputes from the archive and names what is missing. "
            "Delete nothing from the archive until then",
        ),
        "",
    ),
    Rule(
        "clock.back",
        Severity.WARNING,
        Localized(
            "本批次的日期 {day} 早于上一批次的 {last}", "The day of this run, {day}, is before that of the last, {last}"
        ),
        Localized(
            "请管理员核对这台机器的日期、时间和时区；期限和天数到日期赶上后恢复正常",
            "Let the administrator check date, time and time zone of this machine; deadlines and ages are right again "
            "when its date has caught up",
        ),
        "",
    ),
)
