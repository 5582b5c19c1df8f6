"""Two posts in the one cell of a role (市场经理兼客户经理): the first is the role, the others stand beside it as further ones."""

from __future__ import annotations

import re

from pipeline.validate.as_written import as_written
from pipeline.validate.choices import choice_converter
from pipeline.validate.outcome import Repaired
from pipeline.validate.stack import Stack
from schemas.language import FieldRole, Localized

_AND = re.compile(r"\s*[（(]?\s*兼(?:任|职|做|管)?[:：]?\s*")
_JOINT = "、"


def part_joint_roles(stack: Stack) -> None:
    """Part the roles that could not be understood as one, where each part is a role and no further ones are written.

    The repaired cell tells both. Nothing is done on forms that have no fields of such meanings.
    """
    role, further = stack.form.meaning(FieldRole.PERSON_ROLE), stack.form.meaning(FieldRole.PERSON_ROLES)
    if role is None or further is None or not stack.columns[role.code].wrong:
        return
    column, beside = stack.columns[role.code], stack.columns[further.code]
    understand = choice_converter(role.options, halves=False)
    for row in list(column.wrong):
        parts = [part.strip("）) ") for part in _AND.split(as_written(stack.raw(row, role)))]
        codes = [understand(part) for part in parts]
        known = [option for option in map(role.option, codes) if option is not None]
        if len(known) < 2 or len(known) < len(parts) or beside.values[row] is not None:
            continue
        first, *others = known
        del column.wrong[row]
        column.values[row] = first.code
        beside.values[row] = _JOINT.join(option.words.zh for option in others)
        shown = Localized(
            f"{first.words.zh}，{further.label.zh}：{beside.values[row]}",
            f"{first.words.en}, {further.label.en}: {', '.join(option.words.en for option in others)}",
        )
        column.repaired[row] = Repaired(first.code, "repair.choice", shown)
