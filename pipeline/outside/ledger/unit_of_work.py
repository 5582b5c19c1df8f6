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
