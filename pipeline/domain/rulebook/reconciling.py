"""Rules of reconciliation: sums that must hold after every run."""

from __future__ import annotations

from schemas.form import Rule, Severity, Words

RECONCILING: tuple[Rule, ...] = (
    Rule(
        "balance.off",
        Severity.ERROR,
        Words(
            "对账不平：{what}，来的是 {came}，有去处的是 {became}",
            "The books do not balance: {what}: {came} came, {became} are accounted for",
        ),
        Words(
            "请管理员运行 pipeline doctor，它会从存档重算并指出缺了哪一行；在此之前不要删除存档",
            "Let the administrator run pipeline doctor: it recomputes from the archive and names what is missing. "
            "Delete nothing from the archive until then",
        ),
        "",
    ),
)
