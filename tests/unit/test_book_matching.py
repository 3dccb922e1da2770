"""Matching a therapist and a location to a need."""

from hypothesis import given
from hypothesis import strategies as st

from reable import book
from reable.book import AgeGroup, Lack, Location, Need, Role, Therapist
from reable.terms import Discipline, Language, Specialty

disciplines = st.sampled_from(Discipline)
specialties = st.frozensets(st.sampled_from(Specialty), max_size=4)
needs = st.builds(
    Need,
    discipline=disciplines,
    specialties=specialties,
    age_group=st.one_of(st.none(), st.sampled_from(AgeGroup)),
    language=st.sampled_from(Language),
    step_free=st.booleans(),
)
therapists = st.builds(
    Therapist,
    key=st.just("ana"),
    discipline=disciplines,
    specialties=specialties,
    age_groups=st.frozensets(st.sampled_from(AgeGroup)),
    languages=st.frozensets(st.sampled_from(Language)),
)
locations = st.builds(Location, key=st.just("lakeside"), step_free=st.booleans())


def test_age_groups_begin_at_18_and_65():
    found = {years: AgeGroup.of(years) for years in (0, 17, 18, 64, 65, 104)}

    assert [str(group) for group in found.values()] == ["child", "child", "adult", "adult", "older", "older"]


@given(needs, therapists, locations)
def test_who_fits_lacks_nothing_and_who_does_not_says_all_of_it(need, therapist, location):
    found = book.fit(need, therapist=therapist, location=location)

    expected = {
        Lack.DISCIPLINE: need.discipline is not therapist.discipline,
        Lack.SPECIALTY: not need.specialties <= therapist.specialties,
        Lack.AGE_GROUP: need.age_group is not None and need.age_group not in therapist.age_groups,
        Lack.AGE_NOT_KNOWN: need.age_group is None,
        Lack.LANGUAGE: need.language not in therapist.languages,
        Lack.STEP_FREE: need.step_free and not location.step_free,
    }
    assert {lack for lack, lacks in expected.items() if lacks} == set(found.lacks)
    assert set(found.missing_specialties) == need.specialties - therapist.specialties
    assert found.is_whole is (not any(expected.values()))


@given(st.sampled_from(Role), disciplines)
def test_only_the_therapists_of_the_other_discipline_are_outside_it(role, discipline):
    other = {Discipline.PT: Role.OT, Discipline.OT: Role.PT}[discipline]

    assert book.is_within_discipline(role, discipline) is (role is not other)
    assert book.therapist_of(discipline) is not other
