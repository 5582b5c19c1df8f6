"""Rules of the roster and of assignment."""

from __future__ import annotations

from schemas.language import Localized, Rule, Severity

ROSTERING: tuple[Rule, ...] = (
    Rule(
        "names.unfit",
        Severity.WARNING,
        Localized("“{names}”里“{value}”这一条不起作用：{why}", "“{value}” in “{names}” has no effect: {why}"),
        Localized("改正这一条，或写明从哪天起作废", "Correct it, or write since when it holds no more"),
        "含义写成“老板”，而表里没有这一栏",
    ),
    Rule(
        "roster.nobody",
        Severity.ERROR,
        Localized("“{area}”没有在岗的{role}{left}", "Nobody in force serves “{area}” as {role}{left}"),
        Localized(
            "在“{area_form}”中填写在岗人员的工号，放入收件夹",
            "Put the number of somebody in force on the sheet “{area_form}” and drop it",
        ),
        "",
    ),
    Rule(
        "roster.overlap",
        Severity.ERROR,
        Localized("“{name}”同时属于 {areas}", "“{name}” belongs to {areas} at once"),
        Localized(
            "在“{area_form}”中只保留一处，或旧的一条填上停用的日子",
            "Keep it in one area, or give the old one an end date",
        ),
        "",
    ),
    Rule(
        "roster.stranger",
        Severity.ERROR,
        Localized(
            "“{area}”的{role}工号“{number}”不在“{staff_form}”中{left}",
            "{role} “{number}” of “{area}” is not on “{staff_form}”{left}",
        ),
        Localized(
            "在“{staff_form}”中补上此人，或在“{area_form}”中换人",
            "Add the person to “{staff_form}”, or name somebody else on the sheet “{area_form}”",
        ),
        "",
    ),
    Rule(
        "roster.away",
        Severity.ERROR,
        Localized(
            "{name}（{number}）今天不在岗，{areas} 仍写着由{name}负责{left}",
            "{name} ({number}) is not in force today and is still named for {areas}{left}",
        ),
        Localized(
            "在“{area_form}”中把这些辖区换成在岗人员的工号，放入收件夹，未办的随辖区移交；人还在岗的，在“{staff_form}”改他在岗的日子",
            "Put the number of somebody in force for these areas on “{area_form}” and drop it: open work goes with the area; "
            "if the person is still in force, mend the dates on “{staff_form}”",
        ),
        "2026-11-04",
    ),
    Rule(
        "roster.empty",
        Severity.ERROR,
        Localized("还没有{what}，无法分配", "There is no {what} yet: nothing can be assigned"),
        Localized(
            "用 pipeline template 生成空表，填好放入收件夹",
            "Make the blank sheet with pipeline template, fill it and drop it",
        ),
        "",
    ),
    Rule(
        "roster.redirected",
        Severity.WARNING,
        Localized(
            "{name}的邮件由 {before} 改发到 {value}，不是经理本人提交的",
            "The mail of {name} went to {before} and now goes to {value}: no manager handed that in",
        ),
        Localized(
            "向本人核实；不对的在“{staff_form}”中改回，由经理放入收件夹中自己的文件夹",
            "Ask the person; if it is not right a manager mends “{staff_form}” and drops it into the folder of his name",
        ),
        "k02@elsewhere.example",
    ),
    Rule(
        "roster.unknown_role",
        Severity.WARNING,
        Localized("{name}的{label}“{value}”不是在用的岗位", "{name}: there is no role “{value}” ({label})"),
        Localized(
            "在“{staff_form}”中改为下列之一，用顿号隔开：{roles}",
            "Name one of these on “{staff_form}”, separated by 、: {roles}",
        ),
        "总经理助理",
    ),
    Rule(
        "repair.area_of_sheet",
        Severity.REPAIR,
        Localized(
            "工作表“{sheet}”有 {rows} 行没写{label}，按表名或标题录入“{value}”",
            "{rows} rows of the sheet “{sheet}” name no {label}: taken as “{value}” from its name or title",
        ),
        Localized("不用改；不属于这里的请在行中写明", "Nothing to do; write it in the rows that are of another one"),
        "周窝镇",
    ),
    Rule(
        "roster.nobody_stands_in",
        Severity.WARNING,
        Localized(
            "{name}（{begins} 至 {ends}）不在岗，没有写代办人，这几天的事仍派给本人",
            "{name} is away ({begins} to {ends}) and names no stand-in: what comes up meanwhile is still given to this person",
        ),
        Localized(
            "在“{staff_form}”上写明代办人；不用代办的把代办日期删去",
            "Name the stand-in on “{staff_form}”, or take the days out",
        ),
        "",
    ),
    Rule(
        "roster.no_stand_in",
        Severity.WARNING,
        Localized(
            "{name}的{label}“{value}”不是在岗的另一个人，没有人代办",
            "{name}: “{value}” ({label}) is nobody else in force, so nobody stands in",
        ),
        Localized(
            "在“{staff_form}”中写在岗的人的姓名或工号", "Name somebody in force on “{staff_form}”, or his number"
        ),
        "王五",
    ),
    Rule(
        "area.unknown",
        Severity.ERROR,
        Localized("“{title}”的{label}“{value}”找不到所属辖区", "No area is found for “{title}”: {label} “{value}”"),
        Localized(
            "在登记的表中写明是哪个辖区，或在“{area_form}”的别名中加上这个地名",
            "Name the area on the sheet, or add the place to an area’s aliases on “{area_form}”",
        ),
        "",
    ),
    Rule(
        "area.elsewhere",
        Severity.WARNING,
        Localized(
            "“{title}”的{label}“{value}”与{address}“{place}”不符，现按{by}归入{area}",
            "“{title}”: {label} “{value}” does not go with {address} “{place}”; by {by} it belongs to {area}",
        ),
        Localized(
            "核对后改正错的一处；两处都对的选“知道了”", "Correct the one that is wrong; note it where both are right"
        ),
        "",
    ),
    Rule(
        "area.ambiguous",
        Severity.ERROR,
        Localized(
            "“{title}”的{label}“{value}”可能属于 {candidates}",
            "“{title}”: {label} “{value}” may belong to {candidates}",
        ),
        Localized("在登记的表中写明是哪一个辖区", "Name the area on the sheet"),
        "",
    ),
    Rule(
        "assign.nobody",
        Severity.ERROR,
        Localized(
            "“{title}”在“{area}”，那里没有可办“{role}”的在岗人员",
            "“{title}” is in “{area}”: nobody in force there does “{role}”",
        ),
        Localized(
            "在“{area_form}”中填写在岗人员的工号，放入收件夹",
            "Put the number of somebody in force on the sheet “{area_form}” and drop it",
        ),
        "",
    ),
    Rule(
        "assign.nobody_at_all",
        Severity.ERROR,
        Localized(
            "“{title}”没有人可办“{role}”：{cause}",
            "“{title}”: nobody can be told to do “{role}”, since {cause}",
        ),
        Localized("{advice}，放入收件夹", "{advice}, and drop it"),
        "",
    ),
    Rule(
        "assign.stranger",
        Severity.WARNING,
        Localized(
            "“{title}”的{label}“{value}”不在人员表中（或不止一人叫这个名字），“{stage}”暂由{who}办理",
            "{label} of “{title}” names “{value}”: nobody of the roster, or more than one; “{stage}” is with {who} meanwhile",
        ),
        Localized(
            "名字写错的改正，同名的写工号；此人没有登记的补入人员表",
            "Mend the name, give the staff number where two have it, or add the person to the sheet of staff",
        ),
        "",
    ),
    Rule(
        "assign.not_of_role",
        Severity.WARNING,
        Localized(
            "“{title}”的{label}“{value}”不是“{role}”的人，“{stage}”由{who}办理",
            "{label} of “{title}” names “{value}”, who has not the role “{role}”: “{stage}” is with {who}",
        ),
        Localized(
            "写错的改正；确是他的，人员表上补上这个岗位", "Correct the name, or give him the role on the staff sheet"
        ),
        "",
    ),
    Rule(
        "assign.absent",
        Severity.WARNING,
        Localized(
            "{name}（{term}）不在岗，没有代办人，这几天到期的有 {count} 件：{titles}",
            "{name} is away ({term}) with nobody to stand in, and {count} fall due meanwhile: {titles}",
        ),
        Localized(
            "在“{staff_form}”中给{name}写上代办人；等得起的选“知道了”",
            "Name who stands in for {name} on “{staff_form}”; note it where it can wait",
        ),
        "",
    ),
    Rule(
        "person.absent",
        Severity.WARNING,
        Localized("{label}“{value}”在 {day} 不在岗（{term}）", "{label} “{value}” was away on {day} ({term})"),
        Localized(
            "改为实际办理的人；确是本人办的选“知道了”，或在“{staff_form}”改正不在岗的日子",
            "Name who really did it; note it where it was he, or correct the days on “{staff_form}”",
        ),
        "请假的王建国",
    ),
    Rule(
        "person.not_in_force",
        Severity.WARNING,
        Localized(
            "{label}“{value}”在 {day} 不在岗（在岗期 {term}）",
            "{label} “{value}” was not in force on {day} (in force {term})",
        ),
        Localized(
            "改为实际办理的人，要派给人办的改为在岗的人；日期写错的改日期，人员表有误的在“{staff_form}”中改正",
            "Name who really did it, or who is there to do it; correct the day, or the person's dates on “{staff_form}”, where they are wrong",
        ),
        "已离岗的王建国",
    ),
    Rule(
        "duty.missed",
        Severity.WARNING,
        Localized(
            "“{title}”（{value}）到下一期也没有办，已按未做计，不再催办",
            "“{title}” ({value}) was not done by the day of the next one either: it counts as missed and is asked for no more",
        ),
        Localized(
            "其实办了的，把表补交来；没有办的，不用再办",
            "Hand its sheet in where it was done after all; else there is nothing to do",
        ),
        "",
    ),
)
