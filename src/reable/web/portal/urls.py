"""Addresses of the person's pages."""

from django.urls import path

from reable.web.portal.views import (
    book,
    booked,
    contact,
    dangers,
    learn,
    questions,
    reach,
    recommendation,
    start,
    understood,
    waiting,
)

app_name = "portal"
urlpatterns = [
    path("", start.start, name="start"),
    path("tap/", start.tap, name="tap"),
    path("at/<slug:slug>/", start.at_clinic, name="at_clinic"),
    path("difference/", learn.difference, name="difference"),
    path("help/", dangers.help_list, name="help"),
    path("help/<str:spoken>/", dangers.help_list, name="help_list"),
    path("help/<str:spoken>/<str:code>/", dangers.help_one, name="help_one"),
    path("reach/", reach.reach, name="reach"),
    path("not-now/<str:code>/", dangers.not_now, name="not_now"),
    path("way/<uuid:inquiry_id>/understood/", understood.understood, name="understood"),
    path("way/<uuid:inquiry_id>/correct/", understood.correct, name="correct"),
    path("way/<uuid:inquiry_id>/about/", understood.about, name="about"),
    path("way/<uuid:inquiry_id>/danger/", questions.danger, name="danger"),
    path("way/<uuid:inquiry_id>/question/", questions.question, name="question"),
    path("way/<uuid:inquiry_id>/recommendation/", recommendation.recommendation, name="recommendation"),
    path("way/<uuid:inquiry_id>/letter/", recommendation.letter, name="letter"),
    path("way/<uuid:inquiry_id>/letter.pdf", recommendation.letter_pdf, name="letter_pdf"),
    path("way/<uuid:inquiry_id>/book/", book.book, name="book"),
    path("way/<uuid:inquiry_id>/link/", recommendation.link, name="link"),
    path("way/<uuid:inquiry_id>/erase/", recommendation.erase, name="erase"),
    path("way/<uuid:inquiry_id>/times/", book.times, name="times"),
    path("way/<uuid:inquiry_id>/contact/", contact.contact, name="contact"),
    path("way/<uuid:inquiry_id>/wait/", contact.wait, name="wait"),
    path("booking/<uuid:booking_id>/", booked.one, name="booking"),
    path("booking/<uuid:booking_id>/visit.ics", booked.calendar_file, name="calendar"),
    path("booking/<uuid:booking_id>/end-link/", booked.end_link, name="end_link"),
    path("booking/<uuid:booking_id>/<uuid:appointment_id>/move/", booked.move, name="move"),
    path("booking/<uuid:booking_id>/<uuid:appointment_id>/cancel/", booked.cancel, name="cancel"),
    path("booked/<str:secret>/", booked.by_link, name="booked"),
    path("waiting/<str:secret>/", waiting.waiting, name="waiting"),
    path("visits/", booked.visits, name="visits"),
    path("back/<str:secret>/", recommendation.back, name="back"),
]
