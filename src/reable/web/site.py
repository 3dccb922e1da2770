"""What every template may know beside its page: whether this is a demo, the country's numbers, who acts."""

from django.conf import settings
from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, object]:
    """Give what the base template needs; it must not touch the database, or the danger pages would need it."""
    return {"demo": settings.DEMO, "actor": getattr(request, "actor", None), "country": settings.REABLE_COUNTRY}
