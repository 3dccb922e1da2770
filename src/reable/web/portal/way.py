"""Where somebody is on their way, and which page comes next: danger first, then the questions, then the answer."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate import Navigation
from reable.navigate.questions import Candidate
from reable.terms import Bilingual, Language
from reable.web import core
from reable.web.portal.help_pages import address_of
from reable.web.records.actor import Actor
from reable.web.records.inquiry_state import InquiryState
from reable.web.records.selectors.inquiries import inquiry_state

SOMEBODY = "other_person"  # for somebody else; the page about the person asks for whom


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What was told so far, and the core's answer to it."""

    state: InquiryState
    navigation: Navigation

    @property
    def is_private(self) -> bool:
        """Test if something was said that may never be shown again (S13)."""
        screening = self.navigation.screening
        return any(one.flag.private for one in (*screening.raised, *screening.set_aside))

    def url(self, name: str) -> str:
        """Give the address of one of the pages of this way."""
        return reverse(f"portal:{name}", args=[self.state.id])

    def say(self, text: Bilingual) -> str:
        """Say a text of the knowledge in the language of the page."""
        return text.in_(language())


def language() -> Language:
    """Give the language of the page."""
    return Language((translation.get_language() or "en")[:2])


def answer(state: InquiryState) -> Navigation:
    """Ask the core. Raises: NothingSaid, TooLong."""
    codes = {key: str(activity.code) for key, activity in core.knowledge().activities.items()}
    return core.answer(state.inquiry(codes))


def way_of(actor: Actor, inquiry_id: UUID) -> Way:
    """Read the way of an inquiry. Raises: NotFound, NothingSaid."""
    state = inquiry_state(actor, inquiry_id)
    return Way(state=state, navigation=answer(state))


def danger_address(navigation: Navigation) -> str | None:
    """Give the danger page to show before anything else; None if there is no emergency and nothing for today."""
    urgency = navigation.screening.urgency
    if urgency is None or not urgency.is_urgent:
        return None
    return address_of(navigation.screening.raised[0].flag.key, language())


def next_address(way: Way, *, one_by_one: bool = False) -> str:
    """Give the page that comes next."""
    danger = danger_address(way.navigation)
    if danger is not None:
        return danger
    if way.state.relation == SOMEBODY or (way.state.relation == "child" and way.state.age is None):
        return way.url("about")  # what is dangerous depends on who it is
    question = way.navigation.next_question
    if isinstance(question, DangerQuestion):
        return way.url("question") + "?one=1" if one_by_one else way.url("danger")
    return way.url("recommendation") if question is None else way.url("question")


def words_of(question: DangerQuestion | Candidate) -> tuple[str, str, str]:
    """Give the key of a question, its text and why we ask it."""
    knowledge, spoken = core.knowledge(), language()
    if isinstance(question, DangerQuestion):
        return question.key, question.text.in_(spoken), question.why.in_(spoken)
    return (
        f"limitation:{question.code}",
        knowledge.categories[question.code].ask.in_(spoken),
        knowledge.texts["why_limitation"].in_(spoken),
    )
