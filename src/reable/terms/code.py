"""Codes of the International Classification of Functioning, Disability and Health (ICF)."""

from reable.errors import ReableError

_DIGITS = frozenset("0123456789")
_LENGTHS = (3, 4, 5)  # digits after the letter: second, third and fourth level


class NotAnIcfCode(ReableError):
    """Something that should be an ICF category is none."""

    code = "terms.not_an_icf_code"

    def __init__(self, given: str) -> None:
        super().__init__(
            f"'{given}' is not an ICF category. A category is b (body function), s (structure), d (activity or "
            "participation) or e (environment) and three to five digits, such as d540 or d5400."
        )


class IcfCode(str):
    """An ICF category: a letter b, s, d or e and three to five digits. Raises: NotAnIcfCode."""

    __slots__ = ()

    def __new__(cls, given: str) -> "IcfCode":
        """Check `given` and take it as a category."""
        digits = given[1:]
        if given[:1] not in ("b", "s", "d", "e") or len(digits) not in _LENGTHS or not _DIGITS.issuperset(digits):
            raise NotAnIcfCode(given)
        return super().__new__(cls, given)

    def within(self, other: str) -> bool:
        """Test if this category is `other` or lies below it: d5400 lies within d540 and within d5."""
        return self.startswith(other)
