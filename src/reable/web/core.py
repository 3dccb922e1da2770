"""The pure core, opened once for each worker: knowledge, understander, versions."""

from functools import lru_cache

from reable import assets, navigate
from reable.assets import Assets
from reable.knowledge import Knowledge
from reable.navigate import Inquiry, Navigation


def opened() -> Assets:
    """Give the assets; the first call opens them (about half a second)."""
    return assets.load()


def knowledge() -> Knowledge:
    """Give the knowledge."""
    return opened().knowledge


def answer(inquiry: Inquiry) -> Navigation:
    """Answer an inquiry. Raises: NothingSaid, TooLong."""
    return _answered(_frozen(inquiry))


@lru_cache(maxsize=256)
def _answered(inquiry: "_Frozen") -> Navigation:
    here = opened()
    return navigate.navigate(inquiry.inquiry, knowledge=here.knowledge, understander=here.understander)


class _Frozen:
    """An inquiry that can be a key: pages of one person ask the same thing again and again."""

    __slots__ = ("_key", "inquiry")

    def __init__(self, inquiry: Inquiry) -> None:
        self.inquiry = inquiry
        self._key = repr(inquiry)

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self._key == other._key


def _frozen(inquiry: Inquiry) -> _Frozen:
    return _Frozen(inquiry)
