"""参数表: numbers of procedures, and what else they let an office choose, each from a day on."""

from __future__ import annotations

from schemas.language import FieldRole, Kind, Localized, Rule, Severity
from schemas.language.context import context
from schemas.language.model import Date, FormModel, Text, field, form, row_rule

# fmt: off

NOT_ITS_OWN = Rule(
    "parameter.of_another",
    Severity.ERROR,
    Localized("{label}写的是“{value}”，这个参数不是它的", "{label} says “{value}”: the parameter is not its own"),
    Localized("改为这个参数所属的流程，或留空", "Name the procedure that has this parameter, or leave it blank"),
    "客户投诉处理",
)
NOT_ALLOWED = Rule(
    "parameter.value",
    Severity.ERROR,
    Localized("{label}“{value}”不是这个参数可以取的值", "{label} “{value}” is nothing that this parameter may hold"),
    Localized(
        "填一个数，不带单位，大小在它允许的范围之内；选岗位的填岗位名",
        "Give a number without its unit, within what is allowed; where a role is chosen, its name",
    ),
    "很多",
)


class ParameterTable(
    FormModel, form=form("parameter_table", "参数表", "Table of parameters", titles=("参数设置表", "流程参数表"))
):
    """One value from one day on, a row."""

    parameter_no: Text = field("参数设置编号", "Setting No", kind=Kind.CODE, key=True, given=True, help=Localized("不填，由程序编号", "Leave blank: the program gives it"))
    parameter_of: Text = field("所属流程", "Procedure", kind=Kind.CHOICE, aliases=("流程名称",), more_options=True, means=FieldRole.PARAMETER_OF)
    parameter_name: Text = field("参数名称", "Parameter", kind=Kind.CHOICE, aliases=("参数",), required=True, more_options=True, means=FieldRole.PARAMETER)
    parameter_value: Text = field("参数值", "Value", aliases=("取值",), required=True, example="30", means=FieldRole.PARAMETER_VALUE,
        help=Localized("只填数，不带单位；选岗位的填岗位名", "The number alone; where a role is chosen, its name"))
    parameter_from: Date = field("参数启用日期", "Holds from", kind=Kind.DATE, aliases=("参数生效日期", "生效日期"), required=True, means=FieldRole.PARAMETER_FROM, example="2026-12-01",
        help=Localized("从这一天起按新值，以前的不变", "From this day on; what was before stays"))

    @row_rule(NOT_ITS_OWN, at="parameter_of")
    def of_its_procedure(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A parameter is named with the procedure that has it."""
        import pandas as pd

        known = context().parameters
        named = zip(frame["parameter_of"], frame["parameter_name"], strict=True)
        fits = [not known or pd.isna(of) or pd.isna(name) or name in known.get(of, {}) for of, name in named]
        return pd.Series(fits, index=frame.index, dtype=bool)

    @row_rule(NOT_ALLOWED, at="parameter_value")
    def within_bounds(cls, frame):  # type: ignore[no-untyped-def]  # noqa: N805
        """A value is one that its parameter may hold."""
        import pandas as pd

        known = {code: one for those in context().parameters.values() for code, one in those.items()}
        said = zip(frame["parameter_name"], frame["parameter_value"], strict=True)
        fits = [pd.isna(text) or name not in known or known[name].parse(str(text)) is not None for name, text in said]
        return pd.Series(fits, index=frame.index, dtype=bool)
