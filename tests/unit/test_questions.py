"""The next question and the confidence, compared with brute force over exact fractions."""

from fractions import Fraction
from itertools import product

import pytest

from reable.knowledge.shapes.parameters import AnswerShares
from reable.navigate.questions import Candidate, candidates, outlook, weigh
from reable.navigate.recommendation import Points, door_of, points_of, recommend
from reable.terms import Answer, Door, Grade, Polarity, Relation, Site
from tests.unit.small import category, condition, door, given, keyed, knowledge, said

WALK, DRESS, SIT = category("d450", 3, 0), category("d540", 0, 3), category("d415", 2, 2)
COOK, RUN = category("d630", 0, 3, usual=Grade.CORE), category("d4552", 3, 0, sites=(Site.KNEE,))
KNOWN = knowledge(
    categories=keyed(WALK, DRESS, SIT, COOK, RUN), conditions=keyed(condition("knee", 3, 1, makes_likely=("d540",)))
)
FINER = knowledge(categories=keyed(WALK, DRESS, category("d4500", 3, 0)))
SHARES = (
    AnswerShares(yes=100, a_little=200, no=700),
    AnswerShares(yes=300, a_little=300, no=400),
    AnswerShares(yes=50, a_little=50, no=900),
)


def brute(base, open_, kept):
    """Go through every way to answer, with fractions: the confidence, and the certainty after each question."""
    ways = []
    for way in product(range(3), repeat=len(open_)):
        share, points = Fraction(1), list(base)
        for candidate, answer in zip(open_, way, strict=True):
            share *= Fraction((candidate.shares.yes, candidate.shares.a_little, candidate.shares.no)[answer], 1000)
            if answer < 2:
                points.append(points_of(candidate.code, (2, 1)[answer], KNOWN))
        ways.append((way, share, door_of(points, KNOWN) if points else Door.BOTH))
    confidence = sum(share for _, share, d in ways if d is kept)
    certainty = []
    for number in range(len(open_)):
        total = Fraction(0)
        for answer in range(3):
            own = [(share, d) for way, share, d in ways if way[number] == answer]
            p = sum(share for share, _ in own)
            total += sum(sum(s for s, x in own if x is d) ** 2 for d in Door) / p
        certainty.append(total)
    return confidence, certainty


@pytest.mark.parametrize("codes", [("d540",), ("d540", "d4552"), ("d540", "d630", "d4552"), ("d415", "d540")])
@pytest.mark.parametrize("base", [(), (("d450", 2),), (("d450", 2), ("d540", 1)), (("d415", 2),)])
def test_confidence_and_choice_are_those_of_brute_force(codes, base):
    points = [points_of(code, weight, KNOWN) for code, weight in base]
    open_ = tuple(Candidate(code=code, shares=shares, because="") for code, shares in zip(codes, SHARES, strict=False))
    kept = door_of(points, KNOWN) if points else Door.BOTH

    confidence, best = weigh(tuple((p.movement, p.daily_function, p.key, p.weight) for p in points), kept, open_, KNOWN)
    expected, certainty = brute(points, open_, kept)

    assert confidence == int(expected * 1000)
    assert best is None if expected == 1 else certainty[best] >= max(certainty) - Fraction(4, 10**6)


def chosen(*evidence, sites=(), answers=None):
    return [c.code for c in candidates(evidence, sites, answers or {}, knowledge=KNOWN)]


def test_only_what_could_tip_the_door_is_asked():
    assert "d415" not in chosen()
    assert set(chosen()) == {"d450", "d540", "d630", "d4552"}


def test_likely_ones_come_first_then_those_at_the_same_site():
    assert chosen(given("knee"))[0] == "d540"
    assert chosen(sites=(Site.KNEE,)).index("d4552") < chosen(sites=(Site.KNEE,)).index("d450")
    assert chosen().index("d450") < chosen().index("d4552")


def test_nothing_known_is_asked_again_nor_what_lies_above_or_below_it():
    assert "d450" not in [c.code for c in candidates((said("d4500"),), (), {}, knowledge=FINER)]
    assert "d540" not in chosen(said("d540", Polarity.FINE))
    assert "d630" not in chosen(answers={"limitation:d630": Answer.NOT_SURE})


def look(*evidence, answers=None):
    advice = recommend(evidence, Relation.SELF, None, knowledge=KNOWN)
    return outlook(advice, evidence, (), answers or {}, knowledge=KNOWN)


def test_when_sure_enough_asking_stops():
    assert look(said("d450")).next is None
    assert look(said("d450")).confidence >= KNOWN.parameters.stop_at


def test_what_was_not_understood_is_asked_about_without_confidence():
    found = look()

    assert found.confidence == 0
    assert found.next is not None


def test_after_the_most_questions_asking_stops():
    answers = {f"limitation:x{n}": Answer.NO for n in range(KNOWN.parameters.most_questions)}

    assert look(answers=answers).next is None


def test_who_wants_a_full_plan_is_asked_nothing_more():
    assert look(said("unsure_or_full_plan")).next is None


def test_another_door_alone_needs_no_question():
    known = knowledge(doors=keyed(door("dentist")))
    evidence = (said("dentist"),)
    advice = recommend(evidence, Relation.SELF, None, knowledge=known)

    assert outlook(advice, evidence, (), {}, knowledge=known).confidence == 1000


def test_points_are_whole_numbers():
    assert isinstance(points_of("d450", 2, KNOWN), Points)
    assert type(points_of("d450", 2, KNOWN).movement) is int
