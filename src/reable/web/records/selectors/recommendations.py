"""What was recommended, for whoever runs the clinic's machine."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from reable.web.records.models import Recommendation


def record_of(recommendation_id: UUID) -> Mapping[str, Any] | None:
    """Give the whole record of a recommendation; None if none is kept. For operations only."""
    return Recommendation.objects.filter(id=recommendation_id).values_list("record", flat=True).first()
