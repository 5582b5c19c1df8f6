"""Statistics with a chart: by month with columns that have names, months as columns, and one of one's own."""

from datetime import date

from schemas.language import Localized, Procedure, Register, fields, work
from schemas.language.counting import across_months, counted_by_month, each_answer, sum_of
from schemas.language.model import Date, FormModel, Number, Text, describe, field, form

GOOD, BAD = fields.options(("tasted_good", "好", "Good"), ("tasted_bad", "差", "Bad"))


class Meal(FormModel, form=form("meal", "用餐评价表", "Meal")):
    meal_no: Text = fields.number("用餐编号", "Meal No", "2611001")
    meal_on: Date = fields.day("用餐日期", "On", trends=True)
    meal_where: Text = fields.text("食堂", "Canteen", "一食堂")
    meal_cost: Number = fields.amount("餐费", "Cost")
    meal_was: Text = field("评价", "Was", options=(GOOD, BAD))


def _good(held: work.RegisterView, today: date) -> work.FigureRows:
    months = work.by_month(held["meals"].values(), "meal_on", today)
    return [[month, work.share_with(those, "meal_was", GOOD.code)] for month, those in months.items()]


BY_MONTH = counted_by_month("meals_by_month", Localized("用餐按月", "Meals by month"), "meals", "meal_on", *each_answer("meal_was", GOOD, BAD), sum_of("meal_cost", Localized("餐费合计", "Cost")))  # fmt: skip
ACROSS = across_months("meals_of", Localized("各食堂用餐", "Meals by canteen"), "meals", "meal_on", "meal_where", Localized("食堂", "Canteen"))  # fmt: skip
SHARE = work.Statistic("meals_good", Localized("好评率", "Good"), Localized("月份", "Month"), (work.rate("好评率", "Good"),), _good)  # fmt: skip
PROCEDURE = Procedure(
    "meals", Localized("用餐", "Meals"), (Register("meals", Localized("用餐", "Meals"), (describe(Meal),), count_by=("meal_was",), statistics=(BY_MONTH, ACROSS, SHARE)),)
)  # fmt: skip
