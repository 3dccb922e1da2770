"""Answers that were shown on the site and kept: `reable replay ID` derives them again."""

from collections.abc import Mapping
from uuid import UUID

from reable.errors import ReableError
from reable.web.operations.site import open_site


class NoSuchAnswer(ReableError):
    """No recommendation with this id is kept."""

    code = "web.no_such_answer"

    def __init__(self, id_: UUID) -> None:
        super().__init__(
            f"No recommendation with the id {id_} is kept here.",
            hint="It may have been deleted. A clinician's page of a person shows the id of what was recommended.",
        )


def kept_answer(id_: UUID, *, demo: bool) -> Mapping[str, object]:
    """Give the record of a recommendation as it was shown. Raises: NoSuchAnswer, SettingsWrong."""
    open_site(demo=demo)
    from reable.web.records.selectors.recommendations import record_of  # tables are known only now

    record = record_of(id_)
    if record is None:
        raise NoSuchAnswer(id_)
    return record
