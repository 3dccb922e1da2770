"""Going live and staying safe: signatures, the gate, withdrawn items, found answers, incidents (S40, S41)."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from reable import navigate as navigation
from reable.cli.main import main
from reable.navigate import Inquiry
from reable.web import core
from reable.web.accounts.models import Membership, User
from reable.web.operations.checks import running
from reable.web.operations.checks.finding import Verdict
from reable.web.operations.gate import ALWAYS_OPEN, NotYetLive
from reable.web.portal import urls
from reable.web.records.actor import Actor, ActorKind, NotAllowed, NotFound
from reable.web.records.answer_keys import keys_of
from reable.web.records.models import (
    AccessEntry,
    Booking,
    Clinic,
    ClinicText,
    Incident,
    Patient,
    Signature,
    WithdrawnItem,
)
from reable.web.records.models import Inquiry as InquiryRow
from reable.web.records.selectors import governance as state
from reable.web.records.services import governance as acts
from reable.web.records.services.audit import note_access
from reable.web.records.services.inquiries import begin_inquiry, keep_recommendation

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, tzinfo=UTC)
CLINICAL = ("red_flags", "emergency_texts", "order_rules")
EVERYTHING = (*state.PARTS, *state.SAFEGUARDING)


def make_clinic(slug="north"):
    return Clinic.objects.create(slug=slug, name=slug.title(), telephone="555-0100", time_zone="UTC", country="US")


def staff(clinic, *kinds):
    user = User.objects.create_user(f"{uuid4().hex}@example.org", name="Somebody")
    return Actor(kind=kinds[0], user_id=user.id, clinic_id=clinic.id, kinds=frozenset(kinds))


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def therapist(clinic):
    return staff(clinic, ActorKind.OT)


@pytest.fixture
def manager(clinic):
    return staff(clinic, ActorKind.MANAGER)


def sign(actor, part, **fields):
    given = {"name": "A. Therapist", "licence": "OT 123", "knowledge_version": state.knowledge_in_force(), **fields}
    return acts.sign(actor, part=part, **given)


def sign_all(therapist):
    for part in state.PARTS:
        sign(therapist, part)
    be_ready_for_disclosures(therapist)


def be_ready_for_disclosures(therapist):
    """Name the therapist as safeguarding clinician and write the local steps."""
    for role in ("ot", "safeguarding"):
        Membership.objects.create(user_id=therapist.user_id, clinic_id=therapist.clinic_id, role=role, since=NOW)
    ClinicText.objects.create(clinic_id=therapist.clinic_id, key="safeguarding", en="Call Ana.", es="Llame a Ana.")


def test_nothing_is_signed_at_first(clinic, settings):
    settings.DEMO = False

    assert state.going_live(clinic.id) == EVERYTHING
    assert not state.may_see_patients(clinic.id)
    assert not state.may_see_patients(None)


def test_a_clinic_is_live_once_everything_is_signed(clinic, therapist, manager, settings):
    settings.DEMO = False
    be_ready_for_disclosures(therapist)
    for part in CLINICAL:
        assert not state.may_see_patients(clinic.id)
        sign(therapist, part)
    assert state.going_live(clinic.id) == ("residual_risk",)

    sign(manager, "residual_risk", name="M. Lead", licence="manager")

    assert state.going_live(clinic.id) == ()
    assert state.may_see_patients(clinic.id)
    assert state.may_see_patients(None)
    assert not state.may_see_patients(make_clinic("south").id)


def test_nobody_is_taken_before_somebody_is_named_for_abuse_and_the_steps_are_written(
    clinic, therapist, settings, capsys
):
    """S13: both in plain words in `reable signing` and `reable doctor`."""
    settings.DEMO = False
    for part in state.PARTS:
        sign(therapist, part)

    assert state.going_live(clinic.id) == state.SAFEGUARDING
    assert not state.may_see_patients(clinic.id)
    assert main(["signing", "status"]) == 1
    told = capsys.readouterr().out
    assert "nobody is named as safeguarding clinician" in told
    assert "local steps when somebody tells of abuse or neglect are not written" in told
    found = running.live()
    assert found.verdict is Verdict.FAIL
    assert "no safeguarding clinician is named, the local safeguarding steps are not written" in found.said

    be_ready_for_disclosures(therapist)

    assert state.going_live(clinic.id) == ()
    assert "safeguarding" not in (main(["signing", "status"]), capsys.readouterr().out)[1]
    assert running.live().verdict is Verdict.OK


def test_a_clinic_closes_when_its_safeguarding_clinician_leaves(clinic, therapist, settings):
    settings.DEMO = False
    sign_all(therapist)
    Membership.objects.filter(role="safeguarding").update(revoked_at=NOW)

    assert state.going_live(clinic.id) == ("safeguarding_clinician",)


def test_signatures_end_with_the_version_they_were_made_at(clinic, therapist, settings):
    settings.DEMO = False
    sign_all(therapist)
    Signature.objects.filter(part="red_flags").update(knowledge_version="an earlier one")

    assert state.going_live(clinic.id) == ("red_flags",)
    shown = {one.part: one for one in state.signatures(therapist)}
    assert not shown["red_flags"].in_force
    assert shown["red_flags"].by_name == "A. Therapist"
    assert shown["order_rules"].in_force


@pytest.mark.parametrize("kind", [ActorKind.MANAGER, ActorKind.FRONT_DESK, ActorKind.REFERRING_PHYSICIAN])
@pytest.mark.parametrize("part", CLINICAL)
def test_only_a_licensed_therapist_signs_the_knowledge(clinic, kind, part):
    with pytest.raises(NotAllowed):
        sign(staff(clinic, kind), part)


@pytest.mark.parametrize("kind", [ActorKind.FRONT_DESK, ActorKind.REFERRING_PHYSICIAN, ActorKind.INTEGRATION])
def test_the_risk_is_accepted_by_a_therapist_or_manager(clinic, kind):
    with pytest.raises(NotAllowed):
        sign(staff(clinic, kind), "residual_risk")


@pytest.mark.parametrize(
    "fields", [{"name": " "}, {"licence": ""}, {"knowledge_version": "what was read last month"}, {"part": "all"}]
)
def test_an_incomplete_signature_is_refused(therapist, fields):
    with pytest.raises(acts.CannotSign):
        sign(therapist, **{"part": "red_flags", **fields})


def test_who_did_not_sign_in_signs_nothing(clinic):
    nobody = Actor(kind=ActorKind.PT, clinic_id=clinic.id, kinds=frozenset({ActorKind.PT}))

    with pytest.raises(acts.CannotSign):
        sign(nobody, "red_flags")


def test_the_demo_takes_people_unsigned(clinic, settings):
    settings.DEMO = True

    assert state.may_see_patients(clinic.id)
    assert state.going_live(clinic.id) == EVERYTHING


def test_a_service_refuses_for_a_clinic_that_is_not_live(clinic, settings):
    settings.DEMO = False

    with pytest.raises(state.ClinicNotLive):
        state.must_take_people(clinic.id)


class Match:
    """What Django knows of an address."""

    def __init__(self, name, namespace="portal"):
        self.url_name, self.namespace, self.view_name = name, namespace, f"{namespace}:{name}"


def through_the_gate(name, *, clinic=None, namespace="portal", **kwargs):
    """Ask for a page of the portal; gives the refusal, or None where the view would answer."""
    request = RequestFactory().get("/")
    request.resolver_match, request.LANGUAGE_CODE = Match(name, namespace), "en"
    request.session = {"portal_clinic": str(clinic.id)} if clinic else {}
    return NotYetLive(lambda _: HttpResponse()).process_view(request, None, (), kwargs)


@pytest.mark.parametrize("name", ["start", "tap", "question", "recommendation", "book", "a page of tomorrow"])
def test_pages_that_would_take_somebody_in_say_whom_to_call(clinic, settings, name):
    settings.DEMO = False

    page = through_the_gate(name, clinic=clinic)

    assert page.status_code == 403
    text = page.content.decode()
    assert "This clinic does not take people through this site yet" in text
    assert "Please call North: 555-0100." in text
    assert '/help/en/"' in text


def test_without_a_clinic_it_says_so_too(settings):
    settings.DEMO = False

    assert "Please call the clinic." in through_the_gate("start").content.decode()


@pytest.mark.parametrize(
    "name", ["help", "help_list", "help_one", "not_now", "erase", "difference", "booking", "cancel"]
)
def test_danger_pages_and_deleting_stay_open(clinic, settings, name):
    settings.DEMO = False

    assert through_the_gate(name, clinic=clinic) is None


def test_the_gate_stands_in_the_way_of_every_request(client, clinic, settings):
    """It is in the settings, behind the middleware that finds who acts; nothing is kept of who was refused."""
    settings.DEMO = False

    first, told = client.get("/"), client.post("/", {"statement": "my knee hurts", "goal": "", "whom": "me"})

    assert (first.status_code, told.status_code) == (403, 403)
    assert "does not take people through this site yet" in told.content.decode()
    assert not InquiryRow.objects.exists()


def test_what_stays_open_are_pages_that_exist():
    assert {pattern.name for pattern in urls.urlpatterns} >= ALWAYS_OPEN


def test_staff_pages_are_not_the_gates_business(clinic, settings):
    settings.DEMO = False

    assert through_the_gate("people", clinic=clinic, namespace="clinic") is None


def test_a_live_clinic_and_the_demo_let_people_in(clinic, therapist, settings):
    sign_all(therapist)
    settings.DEMO = False
    assert through_the_gate("start", clinic=clinic) is None
    assert through_the_gate("at_clinic", slug="north") is None

    settings.DEMO = True
    assert through_the_gate("at_clinic", slug="south") is None


def test_the_clinic_of_the_link_decides(clinic, therapist, settings):
    settings.DEMO = False
    sign_all(therapist)
    make_clinic("south")

    assert through_the_gate("at_clinic", slug="south").status_code == 403
    assert through_the_gate("at_clinic", slug="nowhere") is None  # the view's own answer


def test_a_services_refusal_becomes_the_same_page(clinic, settings):
    settings.DEMO = False
    gate = NotYetLive(lambda _: HttpResponse())
    request = RequestFactory().post("/")
    request.session = {}

    page = gate.process_exception(request, state.ClinicNotLive(clinic.id))

    assert page.status_code == 403
    assert "555-0100" in page.content.decode()
    assert gate.process_exception(request, ValueError()) is None


def test_an_item_is_withdrawn_at_once_and_put_back(clinic, therapist, manager):
    first = acts.withdraw(therapist, item="d450", reason="wrong source")

    assert acts.withdraw(manager, item="d450", reason="again") == first
    assert state.withdrawn_items(clinic.id) == {"d450"}
    assert state.withdrawn_items(make_clinic("south").id) == frozenset()
    assert state.withdrawn_items(None) == {"d450"}

    acts.put_back(manager, item="d450")
    assert state.withdrawn_items(clinic.id) == frozenset()
    with pytest.raises(NotFound):
        acts.put_back(manager, item="d450")
    assert acts.withdraw(therapist, item="d450", reason="wrong again") != first
    assert WithdrawnItem.objects.count() == 2


def test_no_part_of_the_search_for_danger_can_be_withdrawn(therapist):
    knowledge = core.knowledge()
    danger = {
        *knowledge.red_flags,
        *knowledge.signs,
        *knowledge.questions,
        *(rule.raises for rule in knowledge.combinations),
    }

    assert not danger & acts.withdrawable(knowledge)
    for key in ("cauda_equina", next(iter(knowledge.signs)), next(iter(knowledge.questions))):
        with pytest.raises(acts.CannotWithdraw, match="nobody can switch that off"):
            acts.withdraw(therapist, item=key, reason="it is in the way")


@pytest.mark.parametrize("item", ["strok", "local_emergency", "order:", "", "eye_care"])
def test_what_is_not_known_is_not_withdrawn(therapist, item):
    with pytest.raises(acts.CannotWithdraw):
        acts.withdraw(therapist, item=item, reason="x")


def test_every_kind_that_may_be_withdrawn_can_be(therapist):
    knowledge = core.knowledge()
    kinds = (knowledge.categories, knowledge.conditions, knowledge.doors, knowledge.education)
    for item in [*(next(iter(kind)) for kind in kinds), "order:bells_palsy"]:
        acts.withdraw(therapist, item=item, reason="x")


def test_the_front_desk_withdraws_nothing(clinic):
    with pytest.raises(NotAllowed):
        acts.withdraw(staff(clinic, ActorKind.FRONT_DESK), item="d450", reason="x")


def answer_to(text, clinic=None, **fields):
    here = core.opened()
    found = navigation.navigate(Inquiry(text=text, **fields), knowledge=here.knowledge, understander=here.understander)
    visitor = Actor(kind=ActorKind.ANONYMOUS)
    inquiry_id = begin_inquiry(visitor, clinic_id=clinic.id if clinic else None, about={})
    return keep_recommendation(visitor, inquiry_id, found), inquiry_id


def record_of(text, **fields):
    here = core.opened()
    found = navigation.navigate(Inquiry(text=text, **fields), knowledge=here.knowledge, understander=here.understander)
    return navigation.to_record(found, id_=None, knowledge=here.knowledge, versions=here.versions)


def test_the_keys_of_an_answer_are_all_that_it_rests_on():
    keys = keys_of(record_of("I want to move my face naturally after Bell's palsy"))

    assert {"bells_palsy", "order:bells_palsy"} <= keys
    assert "d7" not in keys
    assert "cauda_equina" in keys_of(record_of("I cannot feel down there and cannot pee, and my back hurts"))
    assert keys_of({}) == frozenset()


def test_an_answer_on_a_withdrawn_item_is_not_given_but_danger_is_untouched(clinic, therapist):
    record = record_of("I want to walk. My face droops since this morning and my speech is slurred")
    before = core.answer(Inquiry(text="My face droops since this morning and my speech is slurred")).screening.urgency
    walking = next(key for key in keys_of(record) if key.startswith("d450"))

    acts.withdraw(therapist, item=walking, reason="wrong")

    assert state.withdrawn_in(clinic.id, record) == (walking,)
    assert state.withdrawn_in(make_clinic("south").id, record) == ()
    after = core.answer(Inquiry(text="My face droops since this morning and my speech is slurred")).screening.urgency
    assert after == before is not None


def test_everyone_who_got_an_answer_since_found_wrong_is_found(clinic, therapist):
    wrong, inquiry_id = answer_to("I want to walk without pain", clinic)
    answer_to("I want to button my shirt again", clinic)
    elsewhere, _ = answer_to("I want to walk without pain", make_clinic("south"))
    patient = Patient.objects.create(clinic=clinic, name="P", telephone="1", language="en", since=NOW)
    Booking.objects.create(
        clinic=clinic, patient=patient, inquiry_id=inquiry_id, digest="d", form_key="k", made_at=NOW
    )  # fmt: skip
    item = next(key for key in keys_of(record_of("I want to walk without pain")) if key.startswith("d450"))

    found = state.answers_with(therapist, item=item)

    assert [one.recommendation_id for one in found] == [wrong]
    assert found[0].patient_ids == (patient.id,)
    assert therapist.touched_patients == {patient.id}
    operator = Actor(kind=ActorKind.OPERATOR)
    assert {one.recommendation_id for one in state.answers_with(operator, item=item)} == {wrong, elsewhere}
    note_access(operator, act="found", method="COMMAND", status=200, request_id="r")
    assert AccessEntry.objects.get().patients == [str(patient.id)]


def test_answers_of_a_version_are_found(clinic, therapist):
    one, _ = answer_to("I want to walk without pain", clinic)

    assert state.answers_with(therapist, knowledge_version="another") == ()
    assert [
        a.recommendation_id for a in state.answers_with(therapist, knowledge_version=state.knowledge_in_force())
    ] == [one]
    assert state.answers_with(therapist, item="d4") == ()  # a part of a key is no key


def test_an_incident_is_opened_and_closed_by_its_clinic(clinic, therapist):
    id_ = acts.open_incident(
        therapist, what="A time was shown twice", severity="near_miss", owner="the manager", hazard="H1"
    )

    assert [entry.id for entry in state.incidents(therapist, only_open=True)] == [id_]
    with pytest.raises(NotFound):
        acts.close_incident(staff(make_clinic("south"), ActorKind.MANAGER), id_)
    acts.close_incident(therapist, id_)
    assert state.incidents(therapist, only_open=True) == ()
    assert Incident.objects.get().closed_at is not None
    with pytest.raises(NotFound):
        acts.close_incident(therapist, id_)


@pytest.mark.parametrize("fields", [{"severity": "bad"}, {"what": " "}, {"owner": ""}])
def test_an_unclear_incident_is_refused(therapist, fields):
    with pytest.raises(acts.IncidentUnclear):
        acts.open_incident(therapist, **{"what": "x", "severity": "minor", "owner": "y", **fields})


@pytest.fixture
def signing(clinic, monkeypatch, capsys):
    """Run `reable signing ...` as somebody who types their password."""
    user = User.objects.create_user("ot@example.org", "correct horse battery", name="O. T.")
    Membership.objects.create(user=user, clinic=clinic, role="ot", since=NOW)

    def run(*words, password="correct horse battery"):  # noqa: S107 - made up
        monkeypatch.setattr("getpass.getpass", lambda: password)
        code = main(["signing", *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


AS = ("--clinic", "north", "--email", "OT@example.org")


def test_the_command_signs_as_whoever_shows_their_password(signing, clinic):
    version = state.knowledge_in_force()
    words = ("--name", "O. T.", "--licence", "OT 123, NY", "--knowledge", version, *AS)

    code, said = signing("status")
    assert code == 1
    assert "red_flags: nobody has signed" in said
    for part in state.PARTS:
        assert signing("sign", part, *words)[0] == 0
    be_ready_for_disclosures(staff(clinic, ActorKind.OT))
    code, said = signing("status", "--clinic", "north")

    assert code == 0
    assert f"red_flags: O. T., OT 123, NY, {datetime.now(UTC):%Y-%m-%d}, version {version}" in said
    assert Signature.objects.count() == AccessEntry.objects.filter(act="signing sign", actor="ot").count() == 4


@pytest.mark.parametrize(
    ("password", "email"), [("wrong", "ot@example.org"), ("correct horse battery", "nobody@example.org"), ("", "")]
)
def test_who_cannot_show_who_they_are_signs_nothing(signing, password, email):
    words = ("--clinic", "north", "--email", email, "--reason", "x")

    code, said = signing("withdraw", "d450", *words, password=password)

    assert code == 2
    assert "HINT" in said
    assert not WithdrawnItem.objects.exists()


@pytest.mark.parametrize("change", [{"role": "front_desk"}, {"revoked_at": NOW}])
def test_only_a_live_therapist_or_manager_of_the_clinic_acts(signing, change):
    Membership.objects.update(**change)

    assert signing("withdraw", "d450", "--reason", "x", *AS)[0] == 2


def test_the_command_withdraws_finds_answers_and_puts_back(signing, clinic):
    answer_to("I want to walk without pain", clinic)
    item = next(key for key in keys_of(record_of("I want to walk without pain")) if key.startswith("d450"))

    assert signing("withdraw", item, "--reason", "wrong", *AS)[0] == 0
    assert f"withdrawn: {item}" in signing("status")[1]
    assert "1 answer(s)" in signing("answers", "--item", item)[1]
    assert signing("put-back", item, *AS)[0] == 0
    assert "withdrawn: nothing" in signing("status")[1]
    assert signing("put-back", item, *AS)[0] == 2
