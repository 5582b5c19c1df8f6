"""用车: a car of the list, a driver of the roster, and a mileage that does not run backwards."""

from schemas.language import (
    Against,
    Comparison,
    FieldRole,
    Kind,
    Localized,
    Option,
    Procedure,
    Register,
    Stage,
    State,
    Transition,
    fields,
)
from schemas.language.counting import across_months, counted_by_month, each_answer, sum_of
from schemas.language.model import Date, FormModel, Number, Text, describe, field, form
from schemas.language.work import Numbered, Refers

KEEPER = Option("car_keeper", Localized("车管员", "Car keeper"))
TOWN, COUNTRY = fields.options(("to_town", "城区", "Town"), ("to_country", "乡镇", "Country"))
LISTED = State("car_listed", Localized("在册", "Listed"), final=True)
OUT = State("car_out", Localized("外出", "Out"))
BACK = State("car_back", Localized("已还车", "Back"), final=True)


class Car(FormModel, form=form("pool_car", "公务车登记表", "Pool car")):
    plate: Text = fields.number("车牌号", "Plate", "冀T12345")
    car_model: Text = fields.text("车型", "Model", "朗逸", means=FieldRole.TITLE)


class Trip(FormModel, form=form("car_trip", "出车单", "Trip")):
    trip_no: Text = fields.number("出车编号", "Trip No", "2611001", given=True)
    trip_plate: Text = fields.text("所用车牌号", "Car", "冀T12345", kind=Kind.CODE)
    driver: Text = fields.person("驾驶员", "Driver", means=FieldRole.TITLE)
    left_on: Date = fields.day("出车日期", "Left on", trends=True)
    trip_where: Text = field("去向", "Where", required=True, options=(TOWN, COUNTRY))
    km_left: Number = fields.amount("出车里程", "Mileage at departure", example="32000")


class Return(FormModel, form=form("car_return", "还车单", "Car back")):
    trip_no: Text = fields.number("出车编号", "Trip No", "2611001")
    km_back: Number = fields.amount("还车里程", "Mileage at return", example="32080")
    back_by: Text = fields.done_by("还车人", "Back by")


PROCEDURE = Procedure(
    "pool_cars",
    Localized("公务用车", "Pool cars"),
    roles=(KEEPER,),
    registers=(
        Register(
            "pool_cars", Localized("公务车", "Pool cars"), forms=(describe(Car),), states=(LISTED,),
            stages=(Stage("list_car", Localized("登记", "List"), KEEPER.code, "pool_car", transitions=(Transition(LISTED.code),)),),
        ),
        Register(
            "car_trips", Localized("出车", "Trips"), forms=(describe(Trip), describe(Return)), states=(OUT, BACK),
            numbered=Numbered("{yy}{month}{serial:03d}", same=("trip_plate", "left_on", "driver"), day="left_on"),
            refers=(Refers("trip_plate", "pool_cars", strict=True),),
            stages=(
                Stage("take_car", Localized("出车", "Leave"), KEEPER.code, "car_trip", transitions=(Transition(OUT.code),)),
                Stage(
                    "bring_car", Localized("还车", "Return"), KEEPER.code, "car_return", OUT.code,
                    against=(Against("km_back", Comparison.AT_LEAST, "km_left"),), transitions=(Transition(BACK.code),),
                ),
            ),
            statistics=(
                counted_by_month("trips_by_month", Localized("出车按月", "Trips by month"), "car_trips", "left_on", *each_answer("trip_where", TOWN, COUNTRY), sum_of("km_left", Localized("里程", "Mileage"))),
                across_months("trips_of_drivers", Localized("各人出车", "Trips of drivers"), "car_trips", "left_on", "driver", Localized("驾驶员", "Driver")),
            ),
        ),
    ),
)  # fmt: skip
