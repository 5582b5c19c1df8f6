"""The figures of satisfaction: who is asked, what was scored low, means and shares with the number of answers behind each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schemas.language import Localized
from schemas.language.closing import closed_since
from schemas.language.letters import plain_label
from schemas.language.work import CreatedRecord, FigureCell, FigureRows, Parameter, RecordView, RegisterView, Seen, drawn, mean, month_of, share  # fmt: skip
from schemas.roster.roles import SUPERVISOR
from schemas.survey_reports.items import SCORES
from schemas.tier_settings import TIERS, UNTIERED
from schemas.tier_settings.keepers import CLOSED_CUSTOMERS

LOW = 3
"""A score under it opens a case: ours."""
CONTENT = 4
"""A score from here on is a satisfied customer's."""
ASKED = "surveyed"
ROUNDS = 4
"""So many surveys are compared."""
SHARES = {
    tier.code: Parameter(
        f"survey_{tier.code}_share",
        Localized(f"{tier.words.zh}客户抽样比例（%）", f"Share asked, {tier.words.en}, %"),
        percent,
        0,
        100,
    )
    for tier, percent in zip(TIERS, (100, 50, 20, 10, 5), strict=True)
}


def _asked(held: RegisterView) -> dict[str, tuple[str, str]]:
    """Name and tier (by revenue until one is confirmed) of whoever may be asked: of those with a tier who are not closed, and of the
    registered ones, who have none where nothing was sold to them.
    """
    tiers = {
        key: (key, each.get("tier_in_force") or each.get("customer_tier"))
        for key, each in held["tiers"].items()
        if closed_since(held, CLOSED_CUSTOMERS, key) is None
    }
    known = {plain_label(name) for name in tiers}
    return tiers | {
        key: (each.values["customer_name"], UNTIERED.code)
        for key, each in held["customers"].items()
        if each.state == "archived" and plain_label(str(each.values["customer_name"])) not in known
    }


def sample(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """The customers drawn for each survey, by tier: once, when it is planned and its month has come, and nobody any more when its
    last day is past; their last day is that of their survey.
    """
    drawn_for: dict[str, list[RecordView]] = defaultdict(list)
    for each in held["surveys"].values():
        drawn_for[each.values["survey_month"]].append(each)
    for month, survey in held["survey_rounds"].items():
        if month in drawn_for:
            why = Localized("按改过的调查计划", "by the survey's plan, which was changed")
            due = survey.values["survey_due"]
            for one in drawn_for[month]:
                if one.get("survey_due") != due:
                    yield CreatedRecord(one.key, {"survey_due": due}, why=why)
            continue
        if month > month_of(today) or str(survey.values["survey_due"]) < today.isoformat():
            continue
        asked = _asked(held)
        for tier, percent in SHARES.items():
            those = [key for key, (_, of) in asked.items() if of == tier]
            for key in drawn(those, held.parameter(percent.code), month):
                said = {"survey_customer": asked[key][0], "survey_tier": tier, "survey_month": month}
                said["survey_drawn_on"] = today.isoformat()
                yield CreatedRecord(f"{month}-{key}", {**said, "survey_due": survey.values["survey_due"]})


def past_when_planned(held: RegisterView, today: date) -> Iterator[Seen]:
    """Surveys planned when their last day was over: whoever is drawn is late from the first."""
    for key, each in held["survey_rounds"].items():
        due = str(each.values["survey_due"])
        if each.since is not None and due < each.since.isoformat():
            said = {"planned": each.since.isoformat()}
            yield Seen(key, "survey_due", due, SUPERVISOR.code, said, str(each.get("survey_planned_by")))


def nobody_drawn(held: RegisterView, today: date) -> Iterator[Seen]:
    """Surveys for which nobody could be drawn: no customer is known."""
    for key, each in held["survey_rounds"].items():
        if key <= month_of(today) and not held.holding("surveys", "survey_month", key):
            yield Seen(key, "survey_planned_by", key, SUPERVISOR.code, person=str(each.get("survey_planned_by")))


def of_another_month(held: RegisterView, today: date) -> Iterator[Seen]:
    """Surveys whose last day does not lie in their month."""
    for key, each in held["survey_rounds"].items():
        due = str(each.values["survey_due"])
        if month_of(due) != key:
            yield Seen(key, "survey_due", due, SUPERVISOR.code, {"month": key}, str(each.get("survey_planned_by")))


def low_scores(held: RegisterView, today: date) -> Iterator[CreatedRecord]:
    """A case for each survey with a score under three."""
    for key, each in held["surveys"].items():
        low = [f"{words.zh} {each.values[code]} 分" for code, words in SCORES.items() if each.get(code, LOW) < LOW]
        if low:
            said = {"low_customer": each.values["survey_customer"], "low_items": "、".join(low)}
            why = Localized("满意度调查有低于 3 分的项目", "A score under 3 in the survey")
            yield CreatedRecord(key, {**said, "low_opinion": each.get("survey_opinion")}, why=why)


def _rounds(held: RegisterView) -> dict[str, list[RecordView]]:
    rounds: dict[str, list[RecordView]] = defaultdict(list)
    for each in held["surveys"].values():
        if each.state == ASKED:
            rounds[each.values["survey_month"]].append(each)
    return {month: rounds[month] for month in sorted(rounds)[-ROUNDS:]}


# fmt: off
def by_item(held: RegisterView, today: date) -> FigureRows:
    """What is asked, survey after survey: answers, mean, share of the satisfied, low ones, change since the last."""
    rows: list[list[FigureCell]] = []
    for code, words in SCORES.items():
        before: float | None = None
        for month, those in _rounds(held).items():
            scores = [each.values[code] for each in those if each.get(code)]
            average, low = mean(scores), sum(score < LOW for score in scores)
            change = None if average is None or before is None else average - before
            satisfied = share(sum(score >= CONTENT for score in scores), len(scores))
            rows.append([Localized(f"{words.zh} {month}", f"{words.en} {month}"), len(scores), average, satisfied, low, change])
            before = average
    return rows


def satisfaction_by_tier(held: RegisterView, today: date) -> FigureRows:
    """The latest survey by tier: drawn, answered, answers and their mean."""
    rounds = _rounds(held)
    rows: list[list[FigureCell]] = []
    for tier in TIERS if rounds else ():
        month = max(rounds)
        every = held["surveys"].values()
        those = [each for each in every if (each.get("survey_month"), each.get("survey_tier")) == (month, tier.code)]
        scores = [each.values[code] for each in those for code in SCORES if each.get(code)]
        answered = sum(each.state == ASKED for each in those)
        name = Localized(f"{tier.words.zh} {month}", f"{tier.words.en} {month}")
        rows.append([name, len(those), answered, share(answered, len(those)), len(scores), mean(scores)])
    return rows
