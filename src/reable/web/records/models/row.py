"""What all clinical rows share."""

from uuid import uuid4

from django.db import models


class Row(models.Model):
    """A row with a random public id: nothing can be guessed or counted from it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True
