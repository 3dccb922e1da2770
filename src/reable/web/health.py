"""For whoever watches the server: is it alive, and can it do its work?"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from reable.errors import ReableError
from reable.web import core


@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """Say that this process answers."""
    return JsonResponse({"live": True})


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether the database and the knowledge are there; 503 if not."""
    database = knowledge = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        database = False
    try:
        core.knowledge()
    except ReableError:
        knowledge = False
    ready_ = database and knowledge
    return JsonResponse({"ready": ready_, "database": database, "knowledge": knowledge}, status=200 if ready_ else 503)
