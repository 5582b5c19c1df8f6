"""The ledger, opened for one transaction: a book for each subject, all of one moment."""

from __future__ import annotations

from pipeline.outside.ledger.blocking_keys import Traits
from pipeline.outside.ledger.findings import Findings
from pipeline.outside.ledger.mails import Mails
from pipeline.outside.ledger.pending_changes import PendingChanges
from pipeline.outside.ledger.records import Entries
from pipeline.outside.ledger.reports import Reports
from pipeline.outside.ledger.runs import Runs
from pipeline.outside.ledger.submissions import Submissions


class Books(Runs, Submissions, Traits, Entries, PendingChanges, Reports, Findings, Mails):
    """All that the ledger holds, for as long as one transaction lasts."""

    def forget(self) -> None:
        """Take back all that was written in this transaction."""
        transaction = self._connection.get_transaction()
        if transaction is not None:
            transaction.rollback()
        self._written.clear()
