"""Rules of records that may be one and the same."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

PAIRING: tuple[Rule, ...] = (
    Rule(
        "pair.kept",
        Severity.ERROR,
        Localized(
            "“{register}”由程序登记，表上写的“{label}：{value}”未采用",
            "The register {register} is kept by the program; “{label}: {value}” on the sheet is not taken",
        ),
        Localized(
            "这里只填结论；资料有误的，请改那一户自己的记录",
            "Only give your answer; where data are wrong, correct the record that they belong to",
        ),
        "",
    ),
    Rule(
        "pair.unsettled",
        Severity.WARNING,
        Localized(
            "“{one}”（{one_key}）与“{other}”（{other_key}）已核定为同一户，两个编号都还在用",
            "“{one}” ({one_key}) and “{other}” ({other_key}) were found to be the same, and both keys are still in use",
        ),
        Localized("{remedy}", "{remedy}"),
        "",
    ),
)
