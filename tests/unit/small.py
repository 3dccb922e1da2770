"""A small made-up knowledge for tests of rules: three limitations, a few flags. Nothing in it is clinical."""

from dataclasses import replace

from reable.knowledge import Knowledge
from reable.knowledge.shapes.care import DoorKind, OtherDoor, Referral
from reable.knowledge.shapes.danger import Combination, DangerQuestion, Occasion, RedFlag, Sign, SignKind
from reable.knowledge.shapes.need import Category, Component, Condition, Contribution
from reable.knowledge.shapes.parameters import AnswerShares, Parameters
from reable.knowledge.shapes.source import Checked, Citation, Status
from reable.navigate.evidence import Evidence, Via
from reable.terms import Bilingual, BodySide, Grade, Hold, IcfCode, Polarity, Priority, Urgency, Within
from reable.understand import Kind, Mention

CITED = (Citation(source="made-up", at="nowhere", checked=Checked.UNCHECKED),)


def text(words="words"):
    return Bilingual(en=words, es=words)


def contribution(grade):
    return Contribution(grade=Grade(grade), does=text("does"))


def category(code, pt, ot, **more):
    fields = {
        "code": IcfCode(code), "name": text(code), "component": Component.ACTIVITY, "pt": contribution(pt), "ot": contribution(ot),
        "rationale": "", "sites": (), "setting": False, "first": None, "specialty": (), "alternatives": (), "usual": Grade.SOME, "ask": text(f"ask {code}"),
        "sources": CITED, "status": Status.DRAFT, "reviewed_by": (),
    }  # fmt: skip
    return Category(**{**fields, **more})


def condition(key, pt=0, ot=0, **more):
    fields = {
        "key": key, "name": text(key), "icd10cm": (), "pt": contribution(pt), "ot": contribution(ot), "rationale": "",
        "both_unless_fine": False, "poor_insight": False, "gains_ot": False, "first": None, "first_because": None,
        "makes_likely": (), "precautions": (), "course": text(), "specialty": (), "alternatives": (),
        "therapy_priority": Priority.ROUTINE, "also_ask": (), "signs": (), "sources": CITED, "status": Status.DRAFT, "reviewed_by": (),
    }  # fmt: skip
    return Condition(**{**fields, **more})


def flag(key, urgency=Urgency.EMERGENCY, **more):
    doctor_first = urgency is Urgency.DOCTOR_FIRST
    fields = {
        "key": key, "name": text(key), "family": "made up", "urgency": urgency, "within": Within.WEEKS_2 if doctor_first else None,
        "hold": Hold.THERAPY_MAY_START if doctor_first else None, "says": text(f"says {key}"), "do_now": (), "do_not": (), "raised_by": (),
        "calmed_by": tuple(p for p in (Polarity.FINE, Polarity.PAST, Polarity.OTHER_PERSON, Polarity.HYPOTHETICAL, Polarity.TREATED)),
        "calmed_by_conditions": (), "counts_if_resolved_within": None, "calm_if_older_than": None, "private": False,
        "sources": CITED, "status": Status.DRAFT, "reviewed_by": (),
    }  # fmt: skip
    return RedFlag(**{**fields, **more})


def question(key, yes_means, **when):
    occasion = {"sites": (), "limitations": (), "conditions": (), "signs": ()}
    return DangerQuestion(
        key=key, yes_means=yes_means, when=Occasion(**{**occasion, **when}), text=text(key), why=text("why")
    )


def referral(key, **when):
    fields = {"when_conditions": (), "when_limitations": (), "when_signs": ()}
    return Referral(
        key=key,
        name=text(key),
        says=text(key),
        sources=CITED,
        status=Status.DRAFT,
        reviewed_by=(),
        **{**fields, **when},
    )


def door(key, with_therapy=False):
    return OtherDoor(
        key=key, name=text(key), kind=DoorKind.SERVICE, with_therapy=with_therapy, says=text(), turn_to=text(), also_served=(),
        sources=CITED, status=Status.DRAFT, reviewed_by=(),
    )  # fmt: skip


def combination(raises, *signs, inferred=False):
    return Combination(raises=raises, signs=signs, sources=CITED, inferred=inferred)


def sign(key, kind=SignKind.SYMPTOM, within_days=None):
    return Sign(key=key, kind=kind, name=text(key), within_days=within_days)


PARAMETERS = Parameters(
    lead_share=660, close_share=750, ot_shift=2, long_days=180, weight_limited=2, weight_a_little=1, stop_at=800,
    most_questions=5, looked_at=4, unlikely=AnswerShares(yes=20, a_little=50, no=930), usual=AnswerShares(yes=50, a_little=80, no=870),
    likely=AnswerShares(yes=250, a_little=200, no=550), rationale="made up",
)  # fmt: skip


def keyed(*items):
    return {item.key: item for item in items}


def knowledge(**tables):
    base = Knowledge(
        version="made-up", categories={}, conditions={}, signs={}, red_flags={}, combinations=(), questions={}, doors={},
        referrals={}, education={}, countries={}, sources={}, texts={}, activity_groups={}, activities={}, site_names={}, parameters=PARAMETERS,
    )  # fmt: skip
    return replace(base, **tables)


def said(
    key,
    polarity=Polarity.LIMITED,
    *,
    at=0,
    ago=None,
    lasting=None,
    mild=False,
    worse=False,
    at_hand=False,
    kind=Kind.DANGER,
    chance=None,
    doubted=False,
):
    """Evidence from words, with the circumstances that a test needs."""
    mention = Mention(
        key=key, kind=kind, phrase=f"en/{key}/2", words=key, start=at, end=at + 3, polarity=polarity, cues=(), side=BodySide.NONE,
        mild=mild, with_activity=False, at_hand=at_hand, ago_days=ago, for_days=lasting, worse=worse,
        chance=chance, doubted=doubted,
    )  # fmt: skip
    return Evidence(key=key, via=Via.WORDS, origin=mention.phrase, polarity=polarity, mention=mention)


def given(key, polarity=Polarity.LIMITED, via=Via.CONDITION):
    """Evidence that did not come from words."""
    return Evidence(key=key, via=via, origin=key, polarity=polarity)
