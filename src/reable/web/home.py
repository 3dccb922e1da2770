"""Where somebody goes who has signed in: to their own work."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reable.web.records.actor import ActorKind


def home(request: HttpRequest) -> HttpResponse:
    """Show each role its work at once."""
    kinds = request.actor.kinds  # type: ignore[attr-defined]
    if kinds & {ActorKind.PT, ActorKind.OT}:
        return redirect("clinic:people")
    if ActorKind.FRONT_DESK in kinds:
        return redirect("clinic:schedule")
    if ActorKind.MANAGER in kinds:
        return redirect("clinic:overview")
    if ActorKind.REFERRING_PHYSICIAN in kinds:
        return redirect("clinic:referrals")
    return redirect("portal:visits")
