"""Named checks that forms share: each a rule with its wording, and the test of one column that goes with it.

A test sees its column without blanks and answers for each value. Where a field has several, the later ones say
nothing about a value that an earlier one refused: one cause, one finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time

from schemas.language.answers import nothing_beside as nothing_beside  # noqa: PLC0414 - declarations take it from here
from schemas.language.context import context
from schemas.language.field import Rule, Severity
from schemas.language.model import Column, Declared, Frame, Test, Verdict, row_rule
from schemas.language.words import Localized

Holds = Callable[[Column], Verdict]

_OLDEST = 120
"""Years: nobody older runs a shop, so an earlier birth date is a slip of the pen."""

# GB 32100-2015: the letters I, O, S, V and Z are not used; a village collective begins with a letter (N2).
_CREDIT_SIGN = "[0-9A-HJ-NP-RTUW-Y]"
_CREDIT_CODE = rf"{_CREDIT_SIGN}{{2}}[0-9]{{6}}{_CREDIT_SIGN}{{10}}"

_MOBILE = r"1[3-9][0-9]{9}"
_AREA_OR_SERVICE = r"(?:0[0-9]{2,3}-?|[48]00-?)[0-9-]{7,9}"  # a lost leading 0 is not guessed
_LOCAL = r"[2-8][0-9]{6,7}"  # dialled within the county without its area code

EMAIL = Rule(
    "email.format",
    Severity.ERROR,
    Localized("{label}“{value}”不是一个邮箱地址", "{label} “{value}” is not one e-mail address"),
    Localized("只填一个地址，如 {example}，不带空格和姓名", "Give one address like {example}, without spaces or names"),
    "wangjg@example",
)
PHONE = Rule(
    "phone.format",
    Severity.ERROR,
    Localized("{label}“{value}”不是完整的电话号码", "{label} “{value}” is not a complete phone number"),
    Localized(
        "核对后重填：手机号 11 位；固定电话写区号，如 0318-3832100；两个号码用顿号隔开",
        "Correct it: a mobile has 11 digits; a landline has its area code, like 0318-3832100; put 、 between two",
    ),
    "1393281001",
)
RESIDENT_ID_OLD = Rule(
    "resident_id.old",
    Severity.ERROR,
    Localized(
        "{label}“{value}”是 15 位旧号码，已停用", "{label} “{value}” is an old number of 15 digits, no longer valid"
    ),
    Localized("对照身份证填写 18 位号码", "Copy the 18 characters from the present ID card"),
    "131123800101001",
)
RESIDENT_ID_FORMAT = Rule(
    "resident_id.format",
    Severity.ERROR,
    Localized(
        "{label}“{value}”不是 18 位（17 位数字加 1 位数字或 X）",
        "{label} “{value}” is not 17 digits followed by a digit or X",
    ),
    Localized("对照身份证填写 18 位号码，如 {example}", "Copy the 18 characters from the ID card, like {example}"),
    "1311231980010100",
)
RESIDENT_ID_BIRTH = Rule(
    "resident_id.birth",
    Severity.ERROR,
    Localized(
        "{label}“{value}”第 7–14 位不是合理的出生日期",
        "Characters 7 to 14 of {label} “{value}” are no plausible date of birth",
    ),
    Localized("对照身份证核对这 8 位数字", "Compare these 8 digits with the ID card"),
    "131123209001010012",
)
RESIDENT_ID_CHECKSUM = Rule(
    "resident_id.checksum",
    Severity.ERROR,
    Localized(
        "{label}“{value}”校验不通过，至少有一位填错",
        "{label} “{value}” fails its checksum: at least one character is wrong",
    ),
    Localized("对照身份证逐位核对", "Compare it with the ID card, character by character"),
    "131123198001010011",
)
CREDIT_CODE_OLD = Rule(
    "credit_code.old",
    Severity.ERROR,
    Localized(
        "{label}“{value}”是 15 位的旧营业执照注册号",
        "{label} “{value}” is an old registration number of 15 digits",
    ),
    Localized("填写现行营业执照上的 18 位代码", "Give the 18 characters on the present business licence"),
    "131123600123456",
)
CREDIT_CODE_FORMAT = Rule(
    "credit_code.format",
    Severity.ERROR,
    Localized(
        "{label}“{value}”不是 18 位代码（只用数字和大写字母，不用 I、O、S、V、Z）",
        "{label} “{value}” is not 18 digits and capital letters (I, O, S, V and Z are not used)",
    ),
    Localized("对照营业执照填写，如 {example}", "Copy it from the business licence, like {example}"),
    "92131123MA0",
)
CREDIT_CODE_CHECKSUM = Rule(
    "credit_code.checksum",
    Severity.ERROR,
    Localized(
        "{label}“{value}”校验不通过，至少有一位填错",
        "{label} “{value}” fails its checksum: at least one character is wrong",
    ),
    Localized("对照营业执照逐位核对", "Compare it with the business licence, character by character"),
    "92131123MA0A0A0A00",
)
AREA_CODE = Rule(
    "area_code.format",
    Severity.ERROR,
    Localized("{label}“{value}”不是 9 位数字", "{label} “{value}” is not 9 digits"),
    Localized(
        "填写 6 位县代码加 3 位乡镇代码，如 {example}", "Give 6 digits of the county and 3 of the town, like {example}"
    ),
    "13112310",
)
NOBODY = Rule(
    "person.unknown",
    Severity.ERROR,
    Localized("{label}“{value}”不在人员表在岗人员中", "{label} “{value}” is nobody of the staff sheet now in force"),
    Localized(
        "按人员表写姓名或工号；确是新来的人，先交人员表",
        "Give a name or number of the staff sheet; list whoever is new there first",
    ),
    "王某某",
)
FUTURE = Rule(
    "date.future",
    Severity.ERROR,
    Localized("{label}“{value}”还没有到", "{label} “{value}” is in the future"),
    Localized("核对日期和时间，填写实际发生的", "Check day and time; give when it was done"),
    "2099-01-01",
)
EXPIRED = Rule(
    "date.expired",
    Severity.ERROR,
    Localized("{label}“{value}”已过", "{label} “{value}” is past"),
    Localized(
        "核对证件：填错的改正，确已过期的先办延续", "Compare with the document: correct it, or have it renewed first"
    ),
    "2020-01-01",
)
PAST = Rule(
    "date.past",
    Severity.ERROR,
    Localized("{label}“{value}”已经过去", "{label} “{value}” is past"),
    Localized(
        "计划只能排在以后：核对年、月、日，或改期", "A plan lies ahead: check year, month and day, or put it off"
    ),
    "2020-01-01 08:00",
)
ORDER = Rule(
    "date.order",
    Severity.ERROR,
    Localized(
        "{label}“{value}”早于同一行应在它前面的日期",
        "{label} “{value}” lies before the day of the same row that it follows",
    ),
    Localized("核对这两个日期，是否填反或年份有误", "Check both dates: swapped, or a wrong year?"),
    "2020-01-01",
)
AHEAD = Rule(
    "date.ahead",
    Severity.ERROR,
    Localized(
        "{label}“{value}”早于申请日期，或已经过了",
        "{label} “{value}” is before the day on which it is asked for, or past",
    ),
    Localized(
        "计划只能排在申请之后，当天的排在还没到的时刻：核对年、月、日和时刻，或改期",
        "A plan lies ahead, of the same day at an hour to come: check year, month, day and hour, or put it off",
    ),
    "2020-01-01",
)
FIVE_YEARS = Rule(
    "date.five_years",
    Severity.ERROR,
    Localized("{label}“{value}”超过开始日期 5 年以上", "{label} “{value}” is more than 5 years after its start"),
    Localized(
        "有效期最长 5 年，对照证件核对起止日期", "It runs 5 years at the most: compare both dates with the document"
    ),
    "2034-03-04",
)
ONESELF = Rule(
    "person.oneself",
    Severity.ERROR,
    Localized("{label}“{value}”就是交出的人自己", "{label} “{value}” is the very person who hands it over"),
    Localized("写对方实际接收的人", "Name whoever of the other side has really taken it over"),
    "蒋工",
)


def email() -> Test:
    """One ASCII address with a dotted domain."""
    address = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}"
    return Test(EMAIL, lambda column: column.str.fullmatch(address))


def phone_number() -> Test:
    """One or more numbers joined by 、: mobile, landline with or without area code, 400 and 800, extension by 转."""
    return Test(PHONE, _phones)


def resident_id() -> list[Test]:
    """A resident ID number (GB 11643): 18 characters, plausible birth date, checksum."""
    return _in_turn(
        (RESIDENT_ID_OLD, lambda column: ~column.str.fullmatch("[0-9]{15}")),
        (RESIDENT_ID_FORMAT, lambda column: column.str.fullmatch("[0-9]{17}[0-9X]")),
        (RESIDENT_ID_BIRTH, _plausible_birth),
        (RESIDENT_ID_CHECKSUM, _checksum(_resident_digit)),
    )


def credit_code() -> list[Test]:
    """A unified social credit code (GB 32100): 18 characters and checksum."""
    return _in_turn(
        (CREDIT_CODE_OLD, lambda column: ~column.str.fullmatch("[0-9]{15}")),
        (CREDIT_CODE_FORMAT, lambda column: column.str.fullmatch(_CREDIT_CODE)),
        (CREDIT_CODE_CHECKSUM, _checksum(_credit_digit)),
    )


def _resident_digit(number: str) -> str:
    from stdnum.cn import ric  # loads what it needs to ask servers, and few verbs judge a number

    return str(ric.calc_check_digit(number))


def _credit_digit(number: str) -> str:
    from stdnum.cn import uscc

    return str(uscc.calc_check_digit(number[:-1]))


def area_code() -> Test:
    """A town's code: 6 digits of the county (GB/T 2260) and 3 of the town (GB/T 10114)."""
    return Test(AREA_CODE, lambda column: column.str.fullmatch("[0-9]{9}"))


def on_roster() -> Test:
    """The name or the number of somebody on the office's staff sheet who is in force; its column offers their names."""
    return Test(NOBODY, _is_somebody)


def _is_somebody(column: Column) -> Verdict:
    known = {"".join(name.split()) for name in context().names}
    return column.map(lambda name: not known or "".join(str(name).split()) in known).astype(bool)


def not_future() -> Test:
    """A day or a moment that has come; a month that has begun."""
    return Test(FUTURE, _has_come)


def _has_come(column: Column) -> Verdict:
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(column):
        return column <= _today()
    now = datetime.combine(context().today, context().latest)
    return column <= now.isoformat()  # moments and months are texts: 2026-11-02T14:30, 2026-11


def not_past() -> Test:
    """A day or a moment that is planned: of today, or of a day that is to come."""
    return Test(PAST, lambda column: column.str[:10] >= context().today.isoformat())


def not_expired() -> Test:
    """A day that is not past: on its last day a document is still valid."""
    return Test(EXPIRED, lambda column: column >= _today())


def lies_ahead(asked: Column, planned: Column) -> Verdict:
    """Tell for each row whether the moment *planned* is not of a day before the day *asked*, nor of an hour that is past where that
    is today; True where either is blank, or *asked* has not come itself: one cause, one finding.
    """
    day, now = asked.dt.strftime("%Y-%m-%d"), datetime.combine(context().today, context().latest).isoformat()
    past_today = (planned.str[:10] == day) & (asked == _today()) & (planned > day) & (planned <= now)  # of an hour
    return ~(((planned.str[:10] < day) | past_today) & (asked <= _today()))


def within_years(start: Column, end: Column, years: int) -> Verdict:
    """Tell for each row whether *end* is at most *years* calendar years after *start*; True where either is blank.

    Both ways of counting pass: 2024-03-05 to 2029-03-04, and to 2029-03-05.
    """
    import pandas as pd

    return ~(end > start + pd.DateOffset(years=years))


def in_order(start: str, end: str, *, trends: bool = False) -> Declared:
    """Return the row rule that the field *end* is not before *start*; with *trends*, where *start* has come: a start that is
    still to come is told itself.
    """

    def holds(cls: type, frame: Frame) -> Verdict:
        wrong = frame[end] < frame[start]
        return ~(wrong & reached(frame[start])) if trends else ~wrong

    return row_rule(ORDER, at=end)(holds)


def another_person(giver: str, receiver: str) -> Declared:
    """Return the row rule that the field *receiver* names somebody else than the field *giver*: nobody hands over to himself."""

    def holds(cls: type, frame: Frame) -> Verdict:
        given, taken = (frame[code].str.replace(r"\s+", "", regex=True) for code in (giver, receiver))
        return ~(given == taken).fillna(False)

    return row_rule(ONESELF, at=receiver)(holds)


def reached(day: Column) -> Verdict:
    """Tell for each row whether *day* is today or before: rules about two days say nothing where the first is still to come,
    which is told itself; False where it is blank. Of moments the day counts.
    """
    import pandas as pd

    return pd.to_datetime(day).dt.normalize() <= _today()


def _today() -> datetime:
    return datetime.combine(context().today, time.min)


def _each(column: Column, holds: Callable[[str], bool]) -> Verdict:
    import pandas as pd

    return pd.Series([holds(text) for text in column], index=column.index, dtype=bool)


def _in_turn(*steps: tuple[Rule, Holds]) -> list[Test]:
    """Return a test for each step that is silent about what an earlier step refuses."""
    holds = [step for _, step in steps]
    return [Test(rule, _after(holds[:at], step)) for at, (rule, step) in enumerate(steps)]


def _after(before: list[Holds], step: Holds) -> Holds:
    def judge(column: Column) -> Verdict:
        verdict = step(column)
        for earlier in before:
            refused = column[~verdict]  # few or none: asking the earlier steps only then keeps clean columns cheap
            verdict[refused.index] = ~earlier(refused)
        return verdict

    return judge


def _checksum(of: Callable[[str], str]) -> Holds:
    """Return the test of a check character at the end; what has no checksum at all fails it."""

    def holds(text: str) -> bool:
        try:
            return of(text) == text[-1]
        except ValueError:
            return False

    return lambda column: _each(column, holds)


def _plausible_birth(column: Column) -> Verdict:
    import pandas as pd

    born = pd.to_datetime(column.str[6:14], format="%Y%m%d", errors="coerce")
    return born.between(_today() - pd.DateOffset(years=_OLDEST), _today())


def _phones(column: Column) -> Verdict:
    clean = column.str.fullmatch(_MOBILE)
    if not clean.all():
        clean[~clean] = _each(column[~clean], lambda text: all(_is_phone(number) for number in text.split("、")))
    return clean


def _is_phone(number: str) -> bool:
    number, turn, extension = number.partition("转")
    if turn and not (extension.isascii() and extension.isdigit()):
        return False
    if re.fullmatch(rf"{_MOBILE}|{_LOCAL}", number):
        return True
    if not re.fullmatch(_AREA_OR_SERVICE, number):
        return False
    import phonenumbers  # its tables take longer to load than most runs need: mobiles never come here

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "CN"))
    except phonenumbers.NumberParseException:
        return False
