"""How booking works, in tables that a clinician can read. Times are on the wall unless UTC is said."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from reable import book
from reable.book import (
    AgeGroup,
    Channel,
    DayKind,
    Exceptional,
    Fit,
    Hours,
    Interval,
    Lack,
    Location,
    Need,
    OfferAnswer,
    Pair,
    ReminderKind,
    Role,
    Slot,
    Suits,
    Therapist,
    WaitingListEntry,
    Weekday,
    WeeklyHours,
)
from reable.terms import Discipline, Language, Priority, Specialty

title = "How does a person get a visit?"
MADRID = ZoneInfo("Europe/Madrid")
YEAR_BEGINS = date(2026, 1, 1)


def rows(table):
    """Read a table: one line a row, cells between bars; the first line is its head."""
    lines = [line for line in table.strip().splitlines() if line.strip().strip("-+")]
    return [[cell.strip() for cell in line.split("|")] for line in lines[1:]]


def at(text, zone):
    """Read "2026-03-02 09:00" as the wall shows it."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone)


def span(text):
    """Read "09:00-12:30"."""
    start, end = text.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def weekly(weekday, hours, until=None):
    start, end = span(hours)
    return WeeklyHours(weekday=Weekday(weekday), start=start, end=end, valid_from=YEAR_BEGINS, valid_until=until)


def different(kind, first, last, *hours):
    spans = [span(each) for each in hours]
    return Exceptional(
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        kind=DayKind(kind),
        hours=tuple(Hours(start=start, end=end) for start, end in spans),
    )


CLOCKS = """
zone                | what the clock does      | day        | hours       | open in UTC                  | minutes
--------------------+--------------------------+------------+-------------+------------------------------+--------
America/New_York    | nothing                  | 2026-03-09 | 08:00-12:00 | 03-09 12:00 to 03-09 16:00   | 240
America/New_York    | 02:00 becomes 03:00      | 2026-03-08 | 08:00-12:00 | 03-08 12:00 to 03-08 16:00   | 240
America/New_York    | 02:00 becomes 03:00      | 2026-03-08 | 01:00-04:00 | 03-08 06:00 to 03-08 08:00   | 120
America/New_York    | starts in the gap        | 2026-03-08 | 02:30-04:00 | 03-08 07:00 to 03-08 08:00   | 60
America/New_York    | ends in the gap          | 2026-03-08 | 01:00-02:15 | 03-08 06:00 to 03-08 07:00   | 60
America/New_York    | wholly in the gap        | 2026-03-08 | 02:00-02:45 | never                        | 0
America/New_York    | 01:00-02:00 comes twice  | 2026-11-01 | 00:00-03:00 | 11-01 04:00 to 11-01 08:00   | 240
America/New_York    | in the doubled hour      | 2026-11-01 | 01:15-01:45 | 11-01 05:15 to 11-01 05:45   | 30
America/New_York    | the day after            | 2026-11-02 | 08:00-12:00 | 11-02 13:00 to 11-02 17:00   | 240
Europe/Madrid       | 02:00 becomes 03:00      | 2026-03-29 | 02:15-03:30 | 03-29 01:00 to 03-29 01:30   | 30
Europe/Madrid       | 02:00-03:00 comes twice  | 2026-10-25 | 01:30-03:30 | 10-24 23:30 to 10-25 02:30   | 180
America/Santiago    | midnight becomes 01:00   | 2026-09-06 | 00:00-02:00 | 09-06 04:00 to 09-06 05:00   | 60
America/Santiago    | 23:00-24:00 comes twice  | 2026-04-04 | 22:30-23:30 | 04-05 01:30 to 04-05 02:30   | 60
Australia/Lord_Howe | 02:00 becomes 02:30      | 2026-10-04 | 01:30-03:00 | 10-03 15:00 to 10-03 16:00   | 60
Australia/Lord_Howe | in the half-hour gap     | 2026-10-04 | 02:15-03:00 | 10-03 15:30 to 10-03 16:00   | 30
Australia/Lord_Howe | 01:30-02:00 comes twice  | 2026-04-05 | 01:00-02:30 | 04-04 14:00 to 04-04 16:00   | 120
"""


@pytest.mark.parametrize("row", rows(CLOCKS), ids=lambda row: f"{row[0]}, {row[1]}: {row[3]}")
def test_working_hours_stay_what_the_wall_shows_when_the_clocks_change(row):
    """A time that the clock jumps over moves to the first that exists; one that comes twice is the first of the two."""
    zone, _, day, hours, expected, minutes = row
    day = date.fromisoformat(day)

    found = book.open_intervals([weekly(Weekday.of(day), hours)], [], zone=ZoneInfo(zone), first_day=day, last_day=day)

    said = [f"{open_.start:%m-%d %H:%M} to {open_.end:%m-%d %H:%M}" for open_ in found]
    assert ([] if expected == "never" else [expected]) == said
    assert int(minutes) == sum(open_.minutes for open_ in found)


DIFFERENT_DAYS = """
what                                        | monday 2 March 2026       | tuesday 3 March 2026
--------------------------------------------+---------------------------+---------------------
the usual week                              | 08:00-12:00, 13:00-17:00  | 08:00-12:00
holiday monday                              | none                      | 08:00-12:00
leave monday to tuesday                     | none                      | none
other_hours tuesday 10:00-14:00             | 08:00-12:00, 13:00-17:00  | 10:00-14:00
other_hours monday 07:00-09:00 16:00-18:00  | 07:00-09:00, 16:00-18:00  | 08:00-12:00
short_day monday 09:00-15:00                | 09:00-12:00, 13:00-15:00  | 08:00-12:00
short_day tuesday 13:00-15:00               | 08:00-12:00, 13:00-17:00  | none
"""


@pytest.mark.parametrize("row", rows(DIFFERENT_DAYS), ids=lambda row: row[0])
def test_a_day_can_be_different_from_the_usual_week(row):
    """Closed wins; other hours stand instead of the usual ones; a short day cuts off what lies outside it."""
    what, monday, tuesday = row
    usual = [weekly("monday", "08:00-12:00"), weekly("monday", "13:00-17:00"), weekly("tuesday", "08:00-12:00")]
    kind, *rest = what.split()
    days = [{"monday": "2026-03-02", "tuesday": "2026-03-03"}[word] for word in rest if word in ("monday", "tuesday")]
    hours = [word for word in rest if word[0].isdigit()]
    exceptional = [] if kind == "the" else [different(kind, days[0], days[-1], *hours)]

    for day, expected in ((date(2026, 3, 2), monday), (date(2026, 3, 3), tuesday)):
        found = book.open_intervals(usual, exceptional, zone=UTC, first_day=day, last_day=day)
        assert expected == (", ".join(f"{one.start:%H:%M}-{one.end:%H:%M}" for one in found) or "none")


def slot(start, minutes=60, therapist="ana", location="lakeside"):
    begin = at(start, MADRID).astimezone(UTC)
    return Slot(
        when=Interval(start=begin, end=begin + timedelta(minutes=minutes)), therapist=therapist, location=location
    )


def shown(moment):
    return f"{moment.astimezone(MADRID):%m-%d %H:%M}"


FREE = """
visit | step | buffer | already taken           | free starts, open 09:00-11:00
------+------+--------+-------------------------+---------------------------------------------------------
60    | 15   | 0      | nothing                 | 09:00 09:15 09:30 09:45 10:00
60    | 30   | 0      | nothing                 | 09:00 09:30 10:00
60    | 15   | 0      | 09:00-09:30             | 09:30 09:45 10:00
60    | 30   | 0      | 09:00-09:45             | 10:00
30    | 15   | 15     | 09:45-10:15             | 09:00 10:30
30    | 15   | 0      | 08:00-09:15 10:10-10:20 | 09:15 09:30 10:30
45    | 15   | 0      | 09:30-10:30             | none
120   | 15   | 0      | nothing                 | 09:00
135   | 15   | 0      | nothing                 | none
"""


@pytest.mark.parametrize("row", rows(FREE), ids=lambda row: " ".join(row[:4]))
def test_a_visit_is_offered_where_it_fits_between_what_is_taken(row):
    """Starts are counted from the opening; the buffer stays free on both sides of what is taken, not of the hours."""
    visit, step, buffer, already, expected = row
    spans = [] if already == "nothing" else [span(each) for each in already.split()]
    day = date(2026, 3, 2)
    taken = [
        Interval(start=datetime.combine(day, start, MADRID), end=datetime.combine(day, end, MADRID))
        for start, end in spans
    ]
    hours = book.open_intervals([weekly("monday", "09:00-11:00")], [], zone=MADRID, first_day=day, last_day=day)

    found = book.free_slots(
        hours, taken, minutes=int(visit), step=int(step), buffer=int(buffer), therapist="ana", location="lakeside"
    )

    assert ([] if expected == "none" else expected.split()) == [f"{s.start.astimezone(MADRID):%H:%M}" for s in found]


CHOICES = """
now              | notice | most | a day | what is shown
-----------------+--------+------+-------+------------------------------------------------------------
2026-03-01 12:00 | 60     | 6    | 2     | 03-02 09:00, 03-02 15:00, 03-03 09:00, 03-03 15:00
2026-03-01 12:00 | 60     | 3    | 2     | 03-02 09:00, 03-02 15:00, 03-03 09:00
2026-03-01 12:00 | 60     | 9    | 3     | 03-02 09:00, 03-02 10:00, 03-02 15:00, 03-03 09:00, 03-03 10:00, 03-03 15:00
2026-03-01 12:00 | 60     | 9    | 1     | 03-02 09:00, 03-03 09:00
2026-03-02 09:00 | 0      | 2    | 2     | 03-02 09:00, 03-02 15:00
2026-03-02 09:00 | 60     | 2    | 2     | 03-02 10:00, 03-02 15:00
2026-03-02 16:30 | 0      | 2    | 2     | 03-03 09:00, 03-03 15:00
2026-03-04 08:00 | 0      | 2    | 2     | nothing
"""


@pytest.mark.parametrize("row", rows(CHOICES), ids=lambda row: " ".join(row[:4]))
def test_a_person_is_shown_a_short_choice(row):
    """Free on 2 and 3 March: each quarter hour 09:00-11:00 and 15:00-16:00. Mornings and afternoons are both shown."""
    now, notice, most, a_day, expected = row
    quarters = ("09:00", "09:15", "09:30", "09:45", "10:00", "15:00")
    free = [slot(f"2026-03-0{day} {quarter}") for day in (2, 3) for quarter in quarters]

    found = book.first_slots(
        free, now=at(now, MADRID), notice=int(notice), zone=MADRID, most=int(most), most_a_day=int(a_day)
    )

    assert expected == (", ".join(shown(one.start) for one in found) or "nothing")


PAIRS = """
pt free             | ot free             | order | pairs
--------------------+---------------------+-------+---------------------------------------
09:00               | 10:00               | none  | pt 09:00 then ot 10:00
10:00               | 09:00               | none  | ot 09:00 then pt 10:00
10:00               | 09:00               | pt ot | none
10:00               | 09:00               | ot pt | ot 09:00 then pt 10:00
09:00               | 09:30               | none  | none
09:00               | 12:00               | none  | pt 09:00 then ot 12:00
09:00               | 12:15               | none  | none
09:00 11:00         | 10:00               | none  | pt 09:00 then ot 10:00, ot 10:00 then pt 11:00
09:00 11:00         | 10:00               | ot pt | ot 10:00 then pt 11:00
09:00               | 10:00 at riverside  | none  | none
"""


@pytest.mark.parametrize("row", rows(PAIRS), ids=lambda row: " ".join(row[:3]))
def test_pt_and_ot_are_paired_on_one_day(row):
    """The second begins 0 to 120 minutes after the first ends, at the same location, in the recommended order."""
    pt, ot, order, expected = row
    place = "riverside" if "riverside" in ot else "lakeside"
    pts = [slot(f"2026-03-02 {start}", therapist="ana") for start in pt.split()]
    ots = [slot(f"2026-03-02 {start}", therapist="omar", location=place) for start in ot.split() if ":" in start]
    wanted = None if order == "none" else tuple(Discipline(each) for each in order.split())

    found = book.pairs(pts, ots, order=wanted, zone=MADRID)

    names = {"ana": "pt", "omar": "ot"}
    said = [[f"{names[one.therapist]} {one.start.astimezone(MADRID):%H:%M}" for one in pair.in_order] for pair in found]
    assert expected == (", ".join(" then ".join(two) for two in said) or "none")


def test_pairs_of_two_days_are_never_made():
    """PT late on Monday and OT after midnight are on two days, however short the time between."""
    late, early = slot("2026-03-02 22:30"), slot("2026-03-03 00:00", therapist="omar")

    assert book.pairs([late], [early], order=None, zone=MADRID) == ()


def test_a_short_choice_of_pairs_is_made_like_one_of_slots():
    """Both visits of a pair count as one choice, which starts with the first and ends with the second."""
    pairs = book.pairs(
        [slot("2026-03-02 09:00"), slot("2026-03-02 09:30")],
        [slot("2026-03-02 10:00", therapist="omar"), slot("2026-03-02 10:30", therapist="omar")],
        order=None,
        zone=MADRID,
    )

    found = book.first_slots(pairs, now=at("2026-03-01 09:00", MADRID), notice=0, zone=MADRID, most=3, most_a_day=3)

    assert found == (Pair(pt=slot("2026-03-02 09:00"), ot=slot("2026-03-02 10:00", therapist="omar")),)


MATCHES = """
the person needs                    | what is missing
------------------------------------+----------------------------
pt, adult, english                  | nothing
pt, adult, english, hand            | nothing
pt, adult, english, hand pelvic     | specialty: pelvic
pt, adult, english, neuro pelvic    | specialty: pelvic neuro
ot, adult, english                  | discipline
pt, child, english                  | age_group
pt, unknown age, english            | age_not_known
pt, adult, spanish                  | language
pt, adult, english, step-free       | step_free
ot, child, spanish, driver          | discipline specialty age_group language: driver
"""


@pytest.mark.parametrize("row", rows(MATCHES), ids=lambda row: row[0])
def test_a_therapist_fits_a_need_or_says_what_is_missing(row):
    """The therapist: PT with hand training, for adults and older people, in English, at a location with steps."""
    needs, expected = row
    discipline, age, language, *more = needs.split(", ")
    words = " ".join(more).split()
    need = Need(
        discipline=Discipline(discipline),
        specialties=frozenset(Specialty(word) for word in words if word != "step-free"),
        age_group=None if age == "unknown age" else AgeGroup(age),
        language=Language.EN if language == "english" else Language.ES,
        step_free="step-free" in words,
    )
    ages = frozenset({AgeGroup.ADULT, AgeGroup.OLDER})
    therapist = Therapist(
        key="ana",
        discipline=Discipline.PT,
        specialties=frozenset({Specialty.HAND}),
        age_groups=ages,
        languages=frozenset({Language.EN}),
    )

    found = book.fit(need, therapist=therapist, location=Location(key="lakeside", step_free=False))

    lacks, _, missing = expected.partition(": ")
    assert found == Fit(
        lacks=tuple(Lack(lack) for lack in lacks.split() if lack != "nothing"),
        missing_specialties=tuple(Specialty(each) for each in missing.split()),
    )
    assert found.is_whole is (expected == "nothing")


REMINDED = """
visit starts     | booked           | reminded (by e-mail, both kinds)
-----------------+------------------+-----------------------------------
2026-03-12 15:00 | 2026-03-01 12:00 | 03-10 10:00, 03-12 08:00
2026-03-12 09:00 | 2026-03-01 12:00 | 03-10 10:00, 03-12 08:00
2026-03-12 08:45 | 2026-03-01 12:00 | 03-10 10:00, 03-11 19:00
2026-03-12 15:00 | 2026-03-10 10:00 | 03-10 10:00, 03-12 08:00
2026-03-12 15:00 | 2026-03-10 10:01 | 03-12 08:00
2026-03-12 15:00 | 2026-03-12 09:00 | none
2026-03-30 15:00 | 2026-03-01 12:00 | 03-28 10:00, 03-30 08:00
"""


@pytest.mark.parametrize("row", rows(REMINDED), ids=lambda row: " booked ".join(row[:2]))
def test_reminders_come_by_day_and_never_late(row):
    """At 10:00 two days before, and at 08:00 of the day, or at 19:00 of the evening before an early visit."""
    start, booked, expected = row

    found = book.due_reminders(
        "visit-1",
        at(start, MADRID),
        channels=[Channel.EMAIL],
        kinds=list(ReminderKind),
        zone=MADRID,
        now=at(booked, MADRID),
    )

    assert expected == (", ".join(shown(one.due) for one in found) or "none")


WAITING = """
who   | priority  | joined           | suits           | next for a slot on Monday 9 March 10:00
------+-----------+------------------+-----------------+----------------------------------------
Rosa  | routine   | 2026-01-05 10:00 | any             | 4
Ben   | two_weeks | 2026-02-20 10:00 | any             | 3
Kim   | two_weeks | 2026-02-19 10:00 | any             | 2
Lea   | days      | 2026-03-01 10:00 | any             | 1
Tom   | days      | 2026-02-28 10:00 | tuesday         | never
"""


def test_the_waiting_list_is_fair():
    """Priority first, then the time of joining; who refuses keeps the place; who cannot come is passed over."""
    waiting = [
        WaitingListEntry(
            key=who,
            need=Need(
                discipline=Discipline.PT,
                specialties=frozenset(),
                age_group=AgeGroup.ADULT,
                language=Language.EN,
                step_free=False,
            ),
            priority=Priority(priority),
            joined=at(joined, MADRID),
            minutes=60,
            notice=60,
            locations=frozenset(),
            suits=() if suits == "any" else (Suits(weekday=Weekday(suits), start=time(8), end=time(18)),),
            called=None,
        )
        for who, priority, joined, suits, _ in rows(WAITING)
    ]
    therapist = Therapist(
        key="ana",
        discipline=Discipline.PT,
        specialties=frozenset(),
        age_groups=frozenset(AgeGroup),
        languages=frozenset(Language),
    )
    now = at("2026-03-05 09:00", MADRID)
    offers, asked = [], []

    while offer := book.next_offer(
        waiting,
        offers,
        freed=slot("2026-03-09 10:00"),
        freed_at=at("2026-03-05 09:00", MADRID),
        therapist=therapist,
        location=Location(key="lakeside", step_free=True),
        now=now,
        hold=120,
        zone=MADRID,
    ):
        asked.append(offer.entry)
        offers.append(book.answer_offer(offer, takes=False, now=now))

    expected = sorted((place, who) for who, *_, place in rows(WAITING) if place != "never")
    assert [who for _, who in expected] == asked
    assert all(offer.answer is OfferAnswer.REFUSED for offer in offers)
    assert [entry.key for entry in book.in_order(waiting)] == ["Tom", "Lea", "Kim", "Ben", "Rosa"]


IN_TIME = """
priority  | joined           | soonest free slot | does somebody call
----------+------------------+-------------------+-------------------
days      | 2026-03-02 09:00 | 2026-03-05 09:00  | no
days      | 2026-03-02 09:00 | 2026-03-05 09:15  | yes
days      | 2026-03-02 09:00 | none              | yes
two_weeks | 2026-03-02 09:00 | 2026-03-16 09:00  | no
two_weeks | 2026-03-02 09:00 | 2026-03-17 09:00  | yes
routine   | 2026-03-02 09:00 | 2026-04-10 09:00  | no
routine   | 2026-03-02 09:00 | 2026-04-20 09:00  | yes
"""


@pytest.mark.parametrize("row", rows(IN_TIME), ids=lambda row: f"{row[0]}: {row[2]}")
def test_a_person_calls_when_no_slot_is_in_time(row):
    """Days is 3 days, two weeks 14, routine 42 (S21)."""
    priority, joined, soonest, expected = row
    entry = WaitingListEntry(
        key="Rosa",
        need=Need(
            discipline=Discipline.OT,
            specialties=frozenset(),
            age_group=AgeGroup.OLDER,
            language=Language.ES,
            step_free=True,
        ),
        priority=Priority(priority),
        joined=at(joined, UTC),
        minutes=45,
        notice=60,
        locations=frozenset(),
        suits=(),
        called=None,
    )

    assert (expected == "yes") is book.call_needed(entry, soonest=None if soonest == "none" else at(soonest, UTC))


def test_numbers_that_are_judgement_are_these():
    """No guideline was read that states them; a clinician may change each in one place."""
    days = [book.in_time_days(priority) for priority in Priority]

    assert days == [3, 14, 42]
    assert (book.MOST_GAP_MINUTES, book.TRIES_TO_REACH, book.OFFERS_BEFORE_A_CALL, book.CELL_MINUTES) == (120, 3, 3, 15)


def test_only_a_therapist_of_the_discipline_accepts():
    """Nobody else, and not past an open danger (S31)."""
    facts = {"priority": Priority.ROUTINE, "since": date(2026, 3, 2), "today": date(2026, 3, 2), "tries": 0}
    safe = book.ReferralFacts(discipline=Discipline.OT, danger_open=False, **facts)
    dangerous = book.ReferralFacts(discipline=Discipline.OT, danger_open=True, **facts)
    step = (book.ReferralState.CHECKED, book.ReferralAct.ACCEPT)

    assert [role for role in Role if book.referrals.allowed(*step, role, facts=safe)] == [Role.OT]
    assert not [role for role in Role if book.referrals.allowed(*step, role, facts=dangerous)]
