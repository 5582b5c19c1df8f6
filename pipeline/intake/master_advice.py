"""What to do instead, where a change in the master is not taken."""

from __future__ import annotations

from pipeline.assign.build_roster import area_title, staff_title
from schemas.language import Catalogue, Form, Localized, Register


def how_to_change(catalogue: Catalogue, register: Register, shows: str) -> Localized:
    """Say how what the program works out, in a column that *shows* it, is really changed."""
    if shows == "@state":
        return how_to_move(register)
    if shows in ("@owner", "@area", "@why", "@person"):
        area, staff = area_title(catalogue), staff_title(catalogue)
        return Localized(
            f"换人请改“{area.zh}”或“{staff.zh}”，程序会重新分配",
            f"Change “{area.en}” or “{staff.en}”, and it will be assigned anew",
        )
    if shows.startswith("@"):
        return Localized("不用改：由程序按流程自动填写", "Nothing to do: the program fills it in")
    return Localized("改它所依据的栏目，程序会重新填写", "Change the fields it follows from, and it will follow")


def how_to_move(register: Register) -> Localized:
    """Say how a record is led from state to state."""
    action = next((form for form in register.forms if _is_ad_hoc(register, form)), None)
    told = Localized("请填任务表，放入收件夹", "Fill in the worklist and drop it")
    if action is None:
        return told
    options = "、".join(option.words.zh for each in action for option in each.options)
    return Localized(
        f"办理结果请填任务表；{options}请交“{action.title.zh}”", f"{told.en}, or hand in “{action.title.en}”"
    )


def how_to_end(register: Register) -> Localized:
    """Say how a record is brought to its end."""
    action = next((form for form in register.forms if _is_ad_hoc(register, form)), None)
    if action is None:
        return Localized(
            "台账中的记录不能删除；录错的请管理员撤销那份来件", "Records stay; have the sheet undone if it was wrong"
        )
    return Localized(
        f"不再经营的请交“{action.title.zh}”；录错的请管理员撤销那份来件",
        f"Hand in “{action.title.en}” for what has ended; have the sheet undone if it was wrong",
    )


def _is_ad_hoc(register: Register, form: Form) -> bool:
    stage = register.stage_of(form.code)
    return stage is not None and stage.ad_hoc
