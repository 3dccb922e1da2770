"""{% idle_guard %}: the browser's half of the automatic sign-out, for pages that staff see."""

from typing import Any

from django import template
from django.template import RequestContext

from reable.web.accounts import idle

register = template.Library()


@register.inclusion_tag("accounts/idle.html", takes_context=True)
def idle_guard(context: RequestContext) -> dict[str, Any]:
    """Show the hidden warning and its script to staff; nothing to others."""
    request, actor = context.get("request"), context.get("actor")
    if request is None or actor is None or actor.user_id is None or not idle.is_guarded(actor, request):
        return {"seconds": 0}
    return {
        "seconds": idle.limit_seconds(),
        "warn": min(60.0, idle.limit_seconds() / 2),
        "person": actor.user_id,
        "sign_in": idle.sign_in_address(""),
        "csrf_token": context.get("csrf_token"),
    }
