"""Read an inquiry from outside JSON, strictly: every fault is named, nothing is guessed."""

from collections.abc import Mapping, Set
from difflib import get_close_matches
from typing import TypeVar

from reable.errors import ReableError
from reable.knowledge import Knowledge
from reable.navigate.evidence import LIMITATION_QUESTION
from reable.navigate.inquiry import Inquiry
from reable.terms import Answer, BodySide, Language, Polarity, Relation, Site

FIELDS = (
    *("id", "text", "goal", "lang", "country", "age", "conditions", "answers"),
    *("sites", "relation", "checked", "taken_back", "sides"),
)
_OLDEST = 130
_TAKEN_BACK = {p.value: p for p in (Polarity.OTHER_PERSON, Polarity.PAST, Polarity.FINE)}
Put = TypeVar("Put", Polarity, BodySide)


class BadRequest(ReableError):
    """A line of input that does not say what is needed. Never repeats what was given."""

    code = "navigate.bad_request"


def inquiry_from(data: object, *, knowledge: Knowledge) -> Inquiry:
    """Build an inquiry from plain data. Raises: BadRequest."""
    if not isinstance(data, Mapping):
        raise BadRequest('a line must be a JSON object such as {"id": "1", "text": "I want to walk without pain"}')
    for key in data:
        if key not in FIELDS:
            near = get_close_matches(str(key), FIELDS, n=1)
            raise BadRequest(
                f"an unknown field; allowed are {', '.join(FIELDS)}." + (f" Did you mean '{near[0]}'?" if near else "")
            )
    text = _text(data, "text")
    if text is None:
        raise BadRequest("the field 'text' is missing")
    return Inquiry(
        text=text,
        goal=_text(data, "goal"),
        language=_language(data.get("lang")),
        country=_text(data, "country") or "US",
        age=_age(data.get("age")),
        conditions=_conditions(data.get("conditions")),
        answers=_answers(data.get("answers"), knowledge),
        sites=tuple(Site(site) for site in _chosen(data, "sites", frozenset(Site))),
        relation=_relation(data.get("relation")),
        checked=_chosen(data, "checked", knowledge.red_flags.keys()),
        taken_back=_put_right(data, "taken_back", _TAKEN_BACK, knowledge),
        sides=_put_right(data, "sides", {side.value: side for side in BodySide}, knowledge),
    )


def _text(data: Mapping[str, object], field: str) -> str | None:
    value = data.get(field)
    if value is not None and not isinstance(value, str):
        raise BadRequest(f"the field '{field}' must be a text or null")
    return value


def _language(value: object) -> Language | None:
    if value is None:
        return None
    if isinstance(value, str) and value.lower()[:2] in set(Language):
        return Language(value.lower()[:2])
    raise BadRequest("the field 'lang' must be 'en', 'es' or null; what is written decides all the same")


def _age(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _OLDEST:
        raise BadRequest(f"the field 'age' must be a whole number of years from 0 to {_OLDEST}, or null")
    return value


def _conditions(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRequest("the field 'conditions' must be a list of texts: keys, ICD-10-CM codes or names")
    return tuple(value)


def _chosen(data: Mapping[str, object], field: str, allowed: Set[str]) -> tuple[str, ...]:
    value = data.get(field)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item in allowed for item in value):
        raise BadRequest(f"the field '{field}' must be a list of known {field}")
    return tuple(dict.fromkeys(value))


def _put_right(
    data: Mapping[str, object], field: str, allowed: Mapping[str, Put], knowledge: Knowledge
) -> dict[str, Put]:
    value = data.get(field)
    if value is None:
        return {}
    sayable = knowledge.sayable()
    if not isinstance(value, Mapping) or not all(key in sayable and how in allowed for key, how in value.items()):
        raise BadRequest(f"the field '{field}' must be an object: key of the knowledge to one of {', '.join(allowed)}")
    return {str(key): allowed[str(how)] for key, how in value.items()}


def _relation(value: object) -> Relation | None:
    if value is None:
        return None
    if isinstance(value, str) and value in set(Relation):
        return Relation(value)
    raise BadRequest(f"the field 'relation' must be one of {', '.join(Relation)}, or null")


def _answers(value: object, knowledge: Knowledge) -> dict[str, Answer]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise BadRequest("the field 'answers' must be an object: question id to yes, a_little, no or not_sure")
    read: dict[str, Answer] = {}
    for number, (key, given) in enumerate(value.items()):
        code = str(key).removeprefix(LIMITATION_QUESTION)
        if key not in knowledge.questions and (code == key or code not in knowledge.categories):
            raise BadRequest(f"answer {number} is to a question that does not exist; use the id of a 'next_question'")
        try:
            read[str(key)] = Answer.read(str(given))
        except ValueError:
            raise BadRequest(f"answer {number} must be one of {', '.join(Answer)}") from None
    return read
