"""What every error of Reable has: a code, a message that teaches, and what to do next.

A message may hold keys, codes, counts and places in files. It never holds what a patient said.
"""


class ReableError(Exception):
    """The base of all errors that a user can mend.

    Subclasses set `code` (dotted, stable) and build their message from typed parts.
    """

    code = "reable.error"

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\nHINT: {self.hint}"
