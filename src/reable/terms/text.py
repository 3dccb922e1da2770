"""Text for people in the languages that Reable speaks."""

from dataclasses import dataclass

from reable.terms.kinds import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """The same sentence in English and Spanish. Neither may be empty."""

    en: str
    es: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.es.strip():
            raise ValueError("a text for people needs both 'en' and 'es', neither empty")

    def in_(self, language: Language) -> str:
        """Give the sentence in `language`."""
        return self.en if language is Language.EN else self.es
