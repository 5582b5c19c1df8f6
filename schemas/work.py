"""Old name of ``schemas.language.work``, as procedures import it that offices wrote for version 0.1."""

from schemas.language import durations, work
from schemas.language.durations import *  # noqa: F403
from schemas.language.work import *  # noqa: F403

Standing = work.RecordView
Held = work.RegisterView
Opens = work.CreatesRecords
Opening = work.CreatedRecord
Look = work.WatchFunction
moment = durations.parse_moment
