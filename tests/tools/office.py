"""An office that runs procedures, as the product lets an office test its own: ``pipeline.commands.office``."""

from pipeline.commands.office import Office, Person
from pipeline.commands.office_outputs import Row, table

__all__ = ["Office", "Person", "Row", "table"]
