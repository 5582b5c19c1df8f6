"""Looks after the set-up: is every folder, the ledger, the roster, the calendar and the mail server as a run needs it.

Looks only: nothing is made and nothing is changed, but that a lock which a dead run left is taken away, as a run itself would do.
Where a run would write, it is tried, and the trial taken away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pipeline.assign.build_roster import judge_roster
from pipeline.commands import doctor_places
from pipeline.commands.audit import audit_ledger
from pipeline.commands.doctor_check import Check
from pipeline.commands.doctor_mail import deliveries, mail_server
from pipeline.domain.finding import Finding
from pipeline.domain.office_tables import calendar_title, own_days
from pipeline.domain.roster import Roster
from pipeline.domain.rulebook import Rulebook
from pipeline.errors import LedgerError, NoLedgerError, RuwangError, SettingsError
from pipeline.intake.failed_declarations import RULE as FAILED
from pipeline.intake.roster import read_roster
from pipeline.outside.calendar import WorkCalendar, known_until
from pipeline.outside.ledger import open_ledger
from pipeline.outside.ledger.backups import backups, restored
from pipeline.outside.ledger_url import ledger_file
from pipeline.outside.locking.exclusive_ledger import is_under_way
from pipeline.outside.stage_log import logged
from pipeline.outside.workers.config import LOCAL
from pipeline.settings import Settings
from pipeline.settings.catalogue import in_force_and_drawn, told_mistakes
from pipeline.settings.secret_file import is_open_to_others
from pipeline.validate.check_columns import pandera_schema
from schemas.language import Catalogue, Language, Localized
from schemas.language.catalogue import load_catalogue

_log = logging.getLogger(__name__)
_FAILED = {FAILED, "definition.gone", "definition.not_placed", "definition.state_stuck"}
_STATE_GONE = "definition.state_gone"


def of_procedures(settings: Settings) -> tuple[Catalogue, Check]:
    """Return the procedures in force, by which all else is judged, and whether a run could have them. Where it could not, ours."""
    what = Localized("流程", "procedures")
    try:
        catalogue, drawn = in_force_and_drawn(settings)
    except SettingsError as error:
        return load_catalogue(), Check(what, error.message)
    if told := told_mistakes(drawn):
        return catalogue, Check(
            what, Localized("；".join(each.zh for each in told), "; ".join(each.en for each in told))
        )
    count = len(catalogue.procedures)
    return catalogue, Check(what, note=Localized(f"在用 {count} 个流程", f"{count} procedures are in force"))


def examine(settings: Settings, catalogue: Catalogue, today: date) -> Iterator[Check]:
    """Yield one check after the other; none raises for what it finds."""
    yield _guarded(Localized("收件夹", "inbox"), lambda what: doctor_places.inbox(what, settings.inbox))
    yield _guarded(Localized("发件夹", "outbox"), lambda what: _outbox(what, settings, today))
    yield _forms(catalogue)
    yield _deadlines(settings, catalogue)
    yield (readers := _guarded(Localized("读取", "reading"), lambda what: _readers(what, settings)))
    if readers.problem:  # the originals can be counted all the same
        settings = settings.model_copy(update={"executor": LOCAL})
    yield _guarded(Localized("运行锁", "lock"), lambda what: doctor_places.lock(what, settings))
    yield _guarded(Localized("账本", "ledger"), lambda what: doctor_places.ledger(what, settings))
    yield from _archive(settings, catalogue)
    yield _guarded(Localized("备份", "backup"), lambda what: _backup(what, settings, catalogue))
    yield _guarded(Localized("人员与辖区", "roster"), lambda what: _roster(what, settings, catalogue, today))
    if settings.password_files:
        yield _password_files(settings)
    yield _guarded(Localized("任务表密码", "passwords"), lambda what: _passwords(what, settings, catalogue, today))
    yield _guarded(Localized("流程运行", "procedures at work"), lambda what: _at_work(what, settings, catalogue))
    yield _guarded(Localized("节假日", "holidays"), lambda what: _calendar(what, settings, catalogue, today))
    yield mail_server(settings)
    yield _guarded(Localized("送达", "delivery"), lambda what: deliveries(what, settings))


def _guarded(what: Localized, look: Callable[[Localized], Check]) -> Check:
    try:
        with logged(_log, f"look at {what.en}"):
            return look(what)
    except RuwangError as error:
        return Check(what, error.message)


def _outbox(what: Localized, settings: Settings, today: date) -> Check:
    return doctor_places.folder(what, settings.outbox, settings.archive / f"{today:%Y-%m}")


def _forms(catalogue: Catalogue) -> Check:
    """A run makes the schemas of the forms that have come; one of an office's own may be wrong for long before it does."""
    what = Localized("表单", "forms")
    for form in catalogue.forms:
        try:
            pandera_schema(form.model)
        except Exception as error:
            told = f"{form.model}: {type(error).__name__}: {error}"
            return Check(
                what, Localized(f"“{form.title.zh}”的声明有误：{told}", f"{form.title.en} is declared wrong: {told}")
            )
    count = len(catalogue.forms)
    return Check(what, note=Localized(f"{count} 种表单的声明无误", f"{count} forms are declared right"))


def _deadlines(settings: Settings, catalogue: Catalogue) -> Check:
    """Tell which the office has set; a name of no stage is told with the procedures, and theirs are listed by ``pipeline procedures``."""
    titles = {stage.code: stage.title for register in catalogue.registers for stage in register.stages}
    own = [(titles[code], days) for code, days in settings.deadlines.items() if code in titles]
    zh = "".join(f"{title.zh} {days} 个工作日；" for title, days in own)
    en = "".join(f"{title.en} {days} working days; " for title, days in own)
    rest = Localized("其余照流程", "all others as declared") if own else Localized("都照流程", "all as declared")
    return Check(
        Localized("期限", "deadlines"),
        note=Localized(f"{zh}{rest.zh}（pipeline procedures）", f"{en}{rest.en} (pipeline procedures)"),
    )


def _readers(what: Localized, settings: Settings) -> Check:
    readers = settings.readers
    if not readers.scheduler:
        zh, en = f"本机 {readers.processes} 个进程", f"{readers.processes} processes of this machine"
        return Check(what, note=Localized(zh, en))
    from pipeline.outside.workers.dask import cluster_status

    found = cluster_status(readers.scheduler)
    if not found.workers:
        return Check(
            what,
            Localized(f"集群 {readers.scheduler} 上没有工作进程", f"the cluster of {readers.scheduler} has no workers"),
        )
    if found.others:
        return Check(
            what,
            Localized(
                f"集群 {readers.scheduler} 的 {found.workers} 个工作进程中，{found.others} 个的程序与本机不同："
                "请装上同一版本和同样的流程",
                f"{found.others} of {found.workers} workers of {readers.scheduler} run other code than this machine: "
                "install the same version and procedures",
            ),
        )
    return Check(
        what,
        note=Localized(
            f"集群 {readers.scheduler}：{found.workers} 个工作进程、{found.threads} 个线程，程序与本机相同",
            f"cluster of {readers.scheduler}: {found.workers} workers, {found.threads} threads, the same code as here",
        ),
    )


def _backup(what: Localized, settings: Settings, catalogue: Catalogue) -> Check:
    """Restore the newest copy into a temporary file, and count it again from the originals."""
    if ledger_file(settings.ledger) is None:
        return Check(
            what, note=Localized("账本在数据库服务器上，用 pg_dump 备份", "on a server: back it up with pg_dump")
        )
    if not settings.backups_kept:
        return Check(what, note=Localized("没有备份（backups_kept = 0）", "none are made (backups_kept = 0)"))
    if (written := doctor_places.folder(what, settings.backups)).problem:
        return written
    copies = backups(settings.backups, settings.ledger)
    if not copies:
        return Check(what, note=Localized("第一次运行后建立", "made by the first run"))
    with restored(copies[0]) as url, open_ledger(url, create=False) as ledger:
        with ledger.transaction() as uow:
            last = uow.runs.last()
        counted = audit_ledger(settings, catalogue, ledger)
    if counted.problems:
        first, more = counted.problems[0], len(counted.problems) - 1
        return Check(
            what,
            Localized(
                f"{copies[0]} 与存档不符：{first.zh}" + (f"；另有 {more} 处" if more else ""),
                f"{copies[0]} does not agree with the archive: {first.en}" + (f"; and {more} more" if more else ""),
            ),
        )
    run = last[0] if last else 0
    return Check(
        what,
        note=Localized(
            f"{copies[0].name} 已试恢复：到第 {run} 批，{counted.records} 条记录，与存档一致；共 {len(copies)} 份",
            f"{copies[0].name} was restored on trial: up to run {run}, {counted.records} records, as the archive has it; "
            f"{len(copies)} copies",
        ),
    )


def _archive(settings: Settings, catalogue: Catalogue) -> Iterator[Check]:
    """Count the books again from the originals: a line for each thing that does not agree."""
    what = Localized("对账", "archive")
    try:
        if is_under_way(settings.ledger, settings.lock_folder):
            yield Check(
                what, note=Localized("有一批次正在运行，之后再对", "a run is under way: to be counted after it")
            )
            return
        ledger = open_ledger(settings.ledger, create=False)
    except RuwangError:
        return  # told of by the lock or the ledger itself
    with ledger:
        counted = audit_ledger(settings, catalogue, ledger)
    yield from (Check(what, problem) for problem in counted.problems)
    if not counted.problems:
        yield Check(
            what,
            note=Localized(
                f"{counted.files} 个文件、{counted.rows} 行、{counted.records} 条记录，一行不少",
                f"{counted.files} files, {counted.rows} rows, {counted.records} records: not a row is missing",
            ),
        )


def _roster(what: Localized, settings: Settings, catalogue: Catalogue, today: date) -> Check:
    try:
        roster = _read_roster(settings, catalogue, today)
    except LedgerError as error:
        return _unread(what, error)
    rulebook = Rulebook(catalogue)

    def told(language: Language) -> str:
        return "；".join(rulebook.word(finding, language).sentence for finding in judge_roster(catalogue, roster))

    if told("zh"):
        return Check(what, Localized(told("zh"), told("en")))
    people, areas = len(roster.people), len(roster.areas)
    return Check(
        what,
        note=Localized(
            f"{people} 人、{areas} 个辖区，都有人负责", f"{people} people, {areas} areas, all of them served"
        ),
    )


def _read_roster(settings: Settings, catalogue: Catalogue, today: date) -> Roster:
    with open_ledger(settings.ledger, create=False) as ledger, ledger.transaction() as uow:
        return read_roster(catalogue, uow, today)


def _unread(what: Localized, error: LedgerError) -> Check:
    """Say that nothing is known of *what*: before the first run, or since the ledger, whose own check tells why, cannot be read."""
    if isinstance(error, NoLedgerError):
        return Check(what, note=Localized("还没有账本", "no ledger yet"))
    return Check(what, note=Localized("没有查：账本不能读", "not looked at: the ledger cannot be read"))


def _password_files(settings: Settings) -> Check:
    what = Localized("密码文件", "password files")
    opened = [str(path) for path in settings.password_files if is_open_to_others(path)]
    if opened:
        listed, files = "、".join(opened), " ".join(opened)
        return Check(
            what,
            Localized(
                f"别人也能读写：{listed}。只留给运行程序的用户：chmod 600 {files}",
                f"others may read or write {', '.join(opened)}; leave them to the user of the program alone: chmod 600 {files}",
            ),
        )
    return Check(what, note=Localized("只有运行程序的用户能读", "read by the user of the program alone"))


def _passwords(what: Localized, settings: Settings, catalogue: Catalogue, today: date) -> Check:
    """Who would get his workbooks open, and whose password is nobody's: a number may be mistyped."""
    if not settings.passwords:
        return Check(what, note=Localized("任务表不加密码", "worklists have no passwords"))
    try:
        people = _read_roster(settings, catalogue, today).people
    except LedgerError as error:
        return _unread(what, error)
    strange = settings.passwords.unheard_of(people)
    if strange:
        listed = ", ".join(strange)
        return Check(
            what, Localized(f"密码文件中的工号不在人员表中：{listed}", f"nobody has these staff numbers: {listed}")
        )
    if bare := [f"{number} {person.name}" for number, person in people.items() if not settings.passwords.of(number)]:
        listed = "、".join(bare)
        return Check(what, Localized(f"这些人的任务表没有密码：{listed}", f"worklists without a password: {listed}"))
    return Check(what, note=Localized("每个人的任务表都有密码", "everybody's worklist has a password"))


def _at_work(what: Localized, settings: Settings, catalogue: Catalogue) -> Check:
    """What failed in a procedure while a run was under way."""
    try:
        ledger = open_ledger(settings.ledger, create=False)
    except LedgerError as error:
        return _unread(what, error)
    with ledger, ledger.transaction() as uow:
        standing = [each.finding for each in uow.findings.open()]
    failed = [each for each in standing if each.rule in _FAILED]
    asked = [each for each in standing if each.rule == _STATE_GONE]
    rulebook = Rulebook(catalogue)

    def told(findings: Sequence[Finding], language: Language) -> str:
        worded = (rulebook.word(finding, language) for finding in findings)
        return "；".join(f"{each.sentence}。{each.fix}" for each in worded)

    if failed:
        return Check(what, Localized(told(failed, "zh"), told(failed, "en")))
    if asked:
        return Check(what, note=Localized(told(asked, "zh"), told(asked, "en")))
    return Check(what, note=Localized("没有出错", "nothing has failed"))


def _calendar(what: Localized, settings: Settings, catalogue: Catalogue, today: date) -> Check:
    """The year's holidays, and from 1 December on the next year's."""
    try:
        ledger = open_ledger(settings.ledger, create=False)
    except LedgerError:
        calendar = WorkCalendar()
    else:
        with ledger, ledger.transaction() as uow:
            calendar = WorkCalendar(own_days(catalogue, uow.records.get))
    table = calendar_title(catalogue)
    year, known = calendar.unknown_year(today), known_until()
    if year:
        return Check(
            what,
            Localized(
                f"不知道 {year} 年的节假日，只按周一至周五计算：请把“{table.zh}”放入收件夹，或升级 chinesecalendar",
                f"the holidays of {year} are not known, Monday to Friday are counted: drop “{table.en}”, "
                "or upgrade chinesecalendar",
            ),
        )
    own = len(calendar.own)
    return Check(
        what,
        note=Localized(
            f"已知到 {known} 年" + (f"，另有“{table.zh}”中的 {own} 天" if own else ""),
            f"known up to {known}" + (f", and {own} days of “{table.en}”" if own else ""),
        ),
    )
