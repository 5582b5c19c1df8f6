"""The ledger: every submission, event and finding, in one database. SQLite by default, PostgreSQL by URL.

A run is one transaction: ``with ledger.transaction() as books``. Nothing is seen by others before it ends well.
"""

from pipeline.outside.ledger.open_ledger import IN_MEMORY, Ledger, open_ledger
from pipeline.outside.ledger.unit_of_work import UnitOfWork

__all__ = ["IN_MEMORY", "Ledger", "UnitOfWork", "open_ledger"]
