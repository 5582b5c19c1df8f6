"""Old name of ``schemas.language.work``, as procedures import it that offices wrote for version 0.1."""

from schemas.language import work
from schemas.language.work import *  # noqa: F403

Standing = work.RecordView
Held = work.RegisterView
Opens = work.CreatesRecords
Opening = work.CreatedRecord
Look = work.WatchFunction
moment = work.parse_moment
