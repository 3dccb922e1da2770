"""The answer, its page for the doctor, the way back to it, and its end."""

from contextlib import suppress
from datetime import UTC, datetime
from uuid import UUID

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reable import navigate as core_navigate
from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate.explanation import Section
from reable.terms import Door, Hold
from reable.web import core
from reable.web.portal.letters import letter_page, pdf_of, pdf_possible
from reable.web.portal.pages import ErasePage, Lines, LinkPage, RecommendationPage
from reable.web.portal.views.common import actor_of, clinic_id, forget, help_address, remember_link, tell
from reable.web.portal.way import Way, danger_address, language, next_address, way_of
from reable.web.records.actor import NotFound
from reable.web.records.digest import digest_of
from reable.web.records.selectors.clinics import clinic_card
from reable.web.records.selectors.governance import withdrawn_in
from reable.web.records.selectors.inquiries import by_return_link, is_booked, is_long_ago
from reable.web.records.selectors.recommendations import record_of
from reable.web.records.services.inquiries import (
    LINK_DAYS,
    erase_inquiry,
    keep_recommendation,
    make_return_link,
    revoke_return_links,
)
from reable.web.ui.pages import MessagePage, render_page
from reable.web.ui.parts import Link

_BOOKABLE = (Door.PT, Door.OT, Door.BOTH)


@login_not_required
@require_safe
def recommendation(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Show who to start with and why; a danger or an open question comes first."""
    way = way_of(actor_of(request), inquiry_id)
    if danger_address(way.navigation) is not None or isinstance(way.navigation.next_question, DangerQuestion):
        return redirect(next_address(way))
    instead = _where_a_person_answers(request, way)
    return instead or render_page(request, "portal/recommendation.html", _page(request, way))


def _where_a_person_answers(request: HttpRequest, way: Way) -> HttpResponse | None:
    """Keep the answer; where it rests on an item since found wrong (S41), give the telephone in its place."""
    kept = keep_recommendation(actor_of(request), way.state.id, way.navigation)
    clinic = clinic_id(request) or way.state.clinic_id
    if not withdrawn_in(clinic, record_of(kept) or {}):
        return None
    telephone = clinic_card(actor_of(request), clinic).telephone if clinic else ""
    page = MessagePage(
        title=_("A person helps you with this"),
        lines=(
            _("We are checking a part of our advice. So we give you no answer here today."),
            _("Please call the clinic: %(number)s. They know which therapist fits.") % {"number": telephone},
            _("Did something new start, or does it get worse fast? Open “Help now” at once."),
        ),
        links=(Link(text=_("Signs of danger"), href=help_address()),),
    )
    return render_page(request, "ui/message.html", page)


def _page(request: HttpRequest, way: Way) -> RecommendationPage:
    navigation, knowledge = way.navigation, core.knowledge()
    sections = {section.key: section for section in core_navigate.for_person(navigation, knowledge=knowledge)}
    headline = sections["headline"].lines
    doctor_first = navigation.screening.hold is not None
    clinic = clinic_id(request) or way.state.clinic_id
    return RecommendationPage(
        title=headline[-1],
        help=help_address(),
        back=way.url("understood"),
        erase=way.url("erase"),
        headline=headline[-1],
        more=headline[:-1] if not doctor_first else (),
        doctor=Lines(title=headline[0], lines=headline[1:-1]) if doctor_first else None,
        because=_lines(sections.get("because")),
        side_by_side=_sides(navigation.leaning, sections.get("side_by_side")),
        difference=_education("difference_short"),
        other=_lines(sections.get("other")),
        also=_lines(sections.get("also")),
        sure=_lines(sections.get("sure")),
        danger=Lines(title=sections["danger"].title, lines=sections["danger"].lines),
        first_visit=_education("first_visit"),
        to_bring=_education("what_to_bring"),
        notes=sections["note"].lines,
        set_aside=tuple(way.say(one.flag.name) for one in navigation.screening.set_aside if not one.flag.private),
        bookable=navigation.door in _BOOKABLE and navigation.screening.hold is not Hold.HOLD_THERAPY,
        book=way.url("book"),
        telephone=clinic_card(actor_of(request), clinic).telephone if clinic else "",
        letter=way.url("letter"),
        pdf=way.url("letter_pdf") if pdf_possible() else "",
        link=way.url("link"),
        understood=way.url("understood"),
    )


def _lines(section: Section | None) -> Lines | None:
    return None if section is None else Lines(title=section.title, lines=section.lines)


def _education(key: str) -> Lines:
    item = core.knowledge().education[key]
    return Lines(title=item.title.in_(language()), lines=tuple(line.in_(language()) for line in item.body))


def _sides(leaning: Door | None, section: Section | None) -> tuple[Lines, ...]:
    """Give each therapist a card of their own: the lines begin with the name of the therapy."""
    if section is None:
        return ()
    return tuple(Lines(title=line.split(":", 1)[0], lines=(line.split(":", 1)[1].strip(),)) for line in section.lines)


@login_not_required
@require_safe
def letter(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Show the page for the doctor, to print."""
    way = way_of(actor_of(request), inquiry_id)
    page = letter_page(way, today=datetime.now(UTC).date(), back=way.url("recommendation"), help_=help_address())
    return _where_a_person_answers(request, way) or render_page(request, "portal/letter.html", page)


@login_not_required
@require_safe
def letter_pdf(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Give the same page as a PDF, where the library for it is there."""
    way = way_of(actor_of(request), inquiry_id)
    if not pdf_possible():
        raise Http404
    if (instead := _where_a_person_answers(request, way)) is not None:
        return instead
    page = letter_page(way, today=datetime.now(UTC).date(), back="", help_=help_address())
    html = render_to_string("portal/letter_pdf.html", {"page": page}, request=request)
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="reable.pdf"'
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Make a way back without an account, or end it."""
    way = way_of(actor_of(request), inquiry_id)
    address = qr = ""
    if request.method == "POST" and request.POST.get("end"):
        revoke_return_links(actor_of(request), inquiry_id)
        page = MessagePage(
            title=_("The link does not work any more"),
            lines=(_("Nobody can open your answers with it. You can make a new link at any time."),),
        )
        return render_page(request, "ui/message.html", page)
    if request.method == "POST" and not way.is_private:
        secret = make_return_link(actor_of(request), inquiry_id)
        remember_link(request, by_return_link(digest_of(secret)))
        address = request.build_absolute_uri(reverse("portal:back", args=[secret]))
        qr = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    page_ = LinkPage(
        title=_("Come back later"),
        help=help_address(),
        back=way.url("recommendation"),
        erase=way.url("erase"),
        action=way.url("link"),
        address=address,
        qr=qr,
        days=LINK_DAYS,
        refused=way.is_private,
        proxy=bool(way.state.relation),
    )
    return render_page(request, "portal/link.html", page_)


@login_not_required
@require_safe
def back(request: HttpRequest, secret: str) -> HttpResponse:
    """Open an inquiry by its link. After a week danger is asked again before the old answer is shown (S3).

    Where something was told in confidence since the link was made, it opens nothing: somebody else may hold it (S13).
    """
    actor = actor_of(request)
    opened = by_return_link(digest_of(secret))
    actor.inquiry_ids |= {opened.inquiry_id}
    with suppress(core_navigate.NothingSaid):
        if way_of(actor, opened.inquiry_id).is_private:
            raise NotFound
    remember_link(request, opened)
    if is_long_ago(actor, opened.inquiry_id):
        answers = way_of(actor, opened.inquiry_id).state.answers
        again = {key: "" for key in answers if key in core.knowledge().questions}
        tell(request, opened.inquiry_id, ("answers", again))
    return redirect("portal:understood", opened.inquiry_id)


@login_not_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Delete what somebody told, at once."""
    actor = actor_of(request)
    if request.method == "POST":
        erase_inquiry(actor, inquiry_id)
        forget(request, inquiry_id)
        page = MessagePage(
            title=_("It is deleted"),
            lines=(_("We keep nothing of what you told us here."), _("You can start again at any time.")),
            home=True,
        )
        return render_page(request, "portal/erased.html", page)
    page_ = ErasePage(
        title=_("Delete what I told you"),
        help=help_address(),
        back=reverse("portal:understood", args=[inquiry_id]),
        action=reverse("portal:erase", args=[inquiry_id]),
        booked=is_booked(actor, inquiry_id),
    )
    return render_page(request, "portal/erase.html", page_)
