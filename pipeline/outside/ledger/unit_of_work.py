"""The ledger, opened for one transaction: a repository for each subject, all of one moment."""

from __future__ import annotations

from sqlalchemy import Connection

from pipeline.outside.ledger.about import About
from pipeline.outside.ledger.blocking_keys import BlockingKeys
from pipeline.outside.ledger.events import Events
from pipeline.outside.ledger.findings import Findings
from pipeline.outside.ledger.mails import Mails
from pipeline.outside.ledger.papers import Papers
from pipeline.outside.ledger.pending_changes import PendingChanges
from pipeline.outside.ledger.records import Records
from pipeline.outside.ledger.reports import ReportFiles
from pipeline.outside.ledger.runs import Runs
from pipeline.outside.ledger.submissions import Submissions

_MUCH = 10
"""A tenth of all pages; fewer are used again by the next run."""


class UnitOfWork:
    """All that the ledger holds, for as long as one transaction lasts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.about = About(connection)
        self.runs = Runs(connection)
        self.submissions = Submissions(connection)
        self.events = Events(connection)
        self.records = Records(connection)
        self.pending_changes = PendingChanges(connection)
        self.papers = Papers(connection)
        self.findings = Findings(connection)
        self.reports = ReportFiles(connection)
        self.mails = Mails(connection)
        self.blocking_keys = BlockingKeys(connection)

    def forget(self) -> None:
        """Take back all that was written in this transaction."""
        transaction = self._connection.get_transaction()
        if transaction is not None:
            transaction.rollback()
        self.records.forget_written()

    def give_back(self) -> None:
        """Give the disk back what the ledger of a file has emptied, where it is much: SQLite would keep it for itself."""
        if self._connection.dialect.name != "sqlite":
            return
        pages, free = (
            int(self._connection.exec_driver_sql(f"PRAGMA {what}").scalar_one())
            for what in ("page_count", "freelist_count")
        )
        if free > pages // _MUCH:
            for _ in range(free):  # a page a step, and the driver takes one step where no rows are to come
                self._connection.exec_driver_sql("PRAGMA incremental_vacuum(1)")
