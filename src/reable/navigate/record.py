"""The answer as one JSON object: schema 1 of the batch form, which other programs build on.

Beside the fields of the contract it carries `inquiry` (what was asked, so that the answer can be replayed and
verified) and `derivation` (every step from words to door).
"""

from dataclasses import dataclass

from reable.knowledge import Knowledge
from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate.danger import Raised
from reable.navigate.evidence import LIMITATION_QUESTION, Evidence
from reable.navigate.inquiry import Inquiry
from reable.navigate.navigation import Navigation
from reable.navigate.questions import THOUSAND
from reable.terms import Language, Polarity
from reable.understand import Kind, Mention

SCHEMA = 1

Json = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Hashes of all that an answer depends on: the knowledge, the learned model, the reasoning."""

    knowledge: str
    model: str
    reasoning: str


def to_record(navigation: Navigation, *, id_: str | None, knowledge: Knowledge, versions: Versions) -> Json:
    """Write an answer as plain data, keys in the order of the contract."""
    screening, recommendation = navigation.screening, navigation.recommendation
    language = language_of(navigation)
    return {
        "schema": SCHEMA,
        "id": id_,
        "door": navigation.door.value,
        "leaning": None if navigation.leaning is None else navigation.leaning.value,
        "order": None if recommendation.order is None else [d.value for d in recommendation.order],
        "start_with_evaluation": recommendation.start_with_evaluation,
        "alternatives": list(recommendation.alternatives),
        "specialty": [s.value for s in recommendation.specialty],
        "therapy_priority": recommendation.therapy_priority.value,
        "urgency": None if screening.urgency is None else screening.urgency.value,
        "doctor_first": _doctor_first(navigation),
        "danger_screen": screening.screen.value,
        "red_flags": [_flag(raised) for raised in screening.raised],
        "also_ask": list(recommendation.also_ask),
        "other": navigation.other,
        "confidence": navigation.outlook.confidence / THOUSAND,
        "next_question": _question(navigation, language, knowledge),
        "limitations": [
            _limitation(m, navigation.inquiry)
            for m in navigation.reading.mentions
            if m.kind is Kind.LIMITATION and m.counts
        ],
        "warnings": list(navigation.warnings),
        "knowledge_version": versions.knowledge,
        "model_version": versions.model,
        "reasoning_version": versions.reasoning,
        "inquiry": inquiry_to_plain(navigation.inquiry),
        "derivation": _derivation(navigation),
    }


def language_of(navigation: Navigation) -> Language:
    """Choose the language to answer in: the one the person chose, else the one they wrote in."""
    if navigation.inquiry.language is not None:
        return navigation.inquiry.language
    return navigation.reading.languages[0] if navigation.reading.languages else Language.EN


def inquiry_to_plain(inquiry: Inquiry) -> Json:
    """Write an inquiry as plain data."""
    return {
        "text": inquiry.text,
        "goal": inquiry.goal,
        "lang": None if inquiry.language is None else inquiry.language.value,
        "country": inquiry.country,
        "age": inquiry.age,
        "conditions": list(inquiry.conditions),
        "answers": {key: answer.value for key, answer in inquiry.answers.items()},
        "sites": [site.value for site in inquiry.sites],
        "relation": None if inquiry.relation is None else inquiry.relation.value,
        "checked": list(inquiry.checked),
        "taken_back": {key: polarity.value for key, polarity in inquiry.taken_back.items()},
        "sides": {key: side.value for key, side in inquiry.sides.items()},
    }


def _doctor_first(navigation: Navigation) -> Json | None:
    screening = navigation.screening
    if screening.within is None or screening.hold is None:
        return None
    return {"within": screening.within.value, "hold": screening.hold.value}


def _flag(raised: Raised) -> Json:
    return {
        "id": raised.flag.key,
        "urgency": raised.flag.urgency.value,
        "evidence": [_evidence(piece) for piece in raised.evidence],
    }


def _evidence(piece: Evidence) -> Json:
    place = piece.mention
    return {
        "key": piece.key,
        "via": piece.via.value,
        "origin": piece.origin,
        "words": None if place is None else place.words,
        "start": None if place is None else place.start,
        "end": None if place is None else place.end,
    }


def _question(navigation: Navigation, language: Language, knowledge: Knowledge) -> Json | None:
    question = navigation.next_question
    if question is None:
        return None
    if isinstance(question, DangerQuestion):
        return {
            "id": question.key,
            "text": question.text.in_(language),
            "kind": "danger",
            "why": question.why.in_(language),
        }
    category = knowledge.categories[question.code]
    return {
        "id": LIMITATION_QUESTION + question.code,
        "text": category.ask.in_(language),
        "kind": "limitation",
        "why": knowledge.texts["why_limitation"].in_(language),
    }


def _limitation(mention: Mention, inquiry: Inquiry) -> Json:
    polarity = inquiry.taken_back.get(mention.key, mention.polarity)
    return {
        "icf": mention.key,
        "polarity": (Polarity.LIMITED if polarity is Polarity.TREATED else polarity).value,
        "side": inquiry.sides.get(mention.key, mention.side).value,
        "words": mention.words,
        "start": mention.start,
        "end": mention.end,
    }


def _derivation(navigation: Navigation) -> Json:
    """Every step that can be checked: what was read, what each thing adds, the sums, the rule."""
    recommendation = navigation.recommendation
    reading = navigation.reading
    return {
        "languages": [language.value for language in reading.languages],
        "sites": [site.value for site in reading.sites],
        "age": reading.age,
        "speaks_for": reading.relation.value,
        "longest_days": reading.longest_days,
        "mentions": [_mention(mention) for mention in reading.mentions],
        "evidence": [
            {"key": e.key, "via": e.via.value, "origin": e.origin, "polarity": e.polarity.value}
            for e in navigation.evidence
        ],
        "points": [
            {"key": p.key, "weight": p.weight, "movement": p.movement, "daily_function": p.daily_function}
            for p in recommendation.points
        ],
        "movement": recommendation.movement,
        "daily_function": recommendation.daily_function,
        "rule": recommendation.rule.value,
        "pending": [question.key for question in navigation.screening.pending],
        "set_aside": [raised.flag.key for raised in navigation.screening.set_aside],
    }


def _mention(mention: Mention) -> Json:
    return {
        "key": mention.key,
        "kind": mention.kind.value,
        "phrase": mention.phrase,
        "words": mention.words,
        "start": mention.start,
        "end": mention.end,
        "polarity": mention.polarity.value,
        "cues": [{"cue": cue.cue.value, "start": cue.start, "end": cue.end} for cue in mention.cues],
        "side": mention.side.value,
        "mild": mention.mild,
        "with_activity": mention.with_activity,
        "at_hand": mention.at_hand,
        "ago_days": mention.ago_days,
        "for_days": mention.for_days,
        "worse": mention.worse,
        "chance": mention.chance,
        "doubted": mention.doubted,
        "in_passing": mention.in_passing,
    }
