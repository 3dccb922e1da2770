"""What is wrong in knowledge files: every fault at once, with file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from reable.errors import ReableError


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong at one place."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class KnowledgeFaulty(ReableError):
    """The knowledge has faults; nothing of it was taken over."""

    code = "knowledge.faulty"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(sorted(faults))
        lines = "\n".join(str(fault) for fault in self.faults)
        super().__init__(
            f"{lines}\n{len(self.faults)} fault(s) in the knowledge.",
            hint="Mend the lines named above; the compiled knowledge in use was not changed.",
        )


def did_you_mean(given: str, allowed: Iterable[str]) -> str:
    """Suggest the nearest of `allowed` for a mistyped `given`; empty if none is near."""
    near = get_close_matches(given, [str(a) for a in allowed], n=1)
    return f" Did you mean '{near[0]}'?" if near else ""
