"""Check an answer independently: does everything in it follow from the words and the knowledge?

It shares no code with `navigate`: it reads the words again, draws every conclusion in its own way and compares.
Anything added, altered or left out is a fault. It is short (a test holds it under 400 lines), to be read in one go.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from enum import Enum
from fractions import Fraction
from itertools import product
from typing import Any

from reable.knowledge import Knowledge
from reable.terms import Language
from reable.understand import Mention, Reading, Understander, read

LIVE = ("limited", "wanted", "treated")
_SCREENS = ("not_asked", "partial", "complete")
Record = Mapping[str, Any]
Plain = dict[str, Any]


def verify(record: Record, *, knowledge: Knowledge, understander: Understander, versions: Plain) -> list[str]:
    """List everything in `record` that does not follow; empty if all of it does.

    `versions` are those in force, by their field names. Faults name fields, never what a person said.
    """
    if not isinstance(record, Mapping) or "error" in record:
        return ["this is no answer"]
    try:
        checker = _Checker(record["inquiry"], knowledge, understander)
        expected = {**checker.expected(), **versions, "schema": 1, "id": record.get("id"), "inquiry": record["inquiry"]}
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return ["the inquiry is not whole, so nothing can be derived from it"]
    return list(_differences("", record, expected))


def _differences(path: str, given: Any, expected: Any) -> Iterator[str]:
    """Compare two plain values all the way down; types count, so that true is not 1."""
    if isinstance(expected, Mapping) and isinstance(given, Mapping):
        yield from (f"{path}{key}: left out" for key in expected if key not in given)
        yield from (f"{path}{key}: does not belong here" for key in given if key not in expected)
        for key in expected:
            if key in given:
                yield from _differences(f"{path}{key}.", given[key], expected[key])
    elif isinstance(expected, list) and isinstance(given, list):
        if len(given) != len(expected):
            yield f"{path.rstrip('.')}: {len(given)} given, {len(expected)} follow"
        for number, (one, other) in enumerate(zip(given, expected, strict=False)):
            yield from _differences(f"{path}{number}.", one, other)
    elif type(given) is not type(expected) or given != expected:
        yield f"{path.rstrip('.')}: does not follow"


def _plain(value: Any) -> Any:
    """Turn enums, tuples and mappings into what JSON holds."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


class _Piece:
    """Evidence, as this checker sees it."""

    def __init__(self, key: str, via: str, origin: str, polarity: str, mention: Mention | None = None) -> None:
        self.key, self.via, self.origin, self.polarity, self.mention = key, via, origin, polarity, mention
        self.live = polarity in LIVE
        self.learned = bool(mention and mention.chance is not None)
        self.need = self.live and (not mention or mention.counts)
        self.mild = bool(mention and (mention.mild or mention.with_activity))
        self.days = max(mention.ago_days or 0, mention.for_days or 0) if mention else 0

    def plain(self) -> Plain:
        m = self.mention
        place = dict(zip(("words", "start", "end"), (m.words, m.start, m.end) if m else (None,) * 3, strict=True))
        return {"key": self.key, "via": self.via, "origin": self.origin, **place}

    def order(self) -> tuple[Any, ...]:
        return (*((m.start, m.end) if (m := self.mention) else (-1, -1)), self.key, self.via, self.origin)


class _Checker:
    """Draws all conclusions from one inquiry."""

    def __init__(self, inquiry: Record, knowledge: Knowledge, understander: Understander) -> None:
        self.k = knowledge
        self.inquiry, self.answers = inquiry, inquiry["answers"]
        text, goal = inquiry["text"], inquiry["goal"]
        chosen = Language(inquiry["lang"]) if inquiry["lang"] else None
        self.reading: Reading = read(
            text if goal is None else text + "\n" + goal,
            understander=understander, language=chosen, goal_at=None if goal is None else len(text) + 1,
        )  # fmt: skip
        self.language = chosen or (self.reading.languages[0] if self.reading.languages else Language.EN)
        self.given = [self._condition(name, understander) for name in inquiry["conditions"]]
        self.sites = {*inquiry["sites"], *(site.value for site in self.reading.sites)}
        self.age = inquiry["age"] if inquiry["age"] is not None else self.reading.age
        self._rest_on(list(self._pieces()))
        said = {p.key for p in self.pieces if not p.learned}
        self.rules = [rule for rule in knowledge.combinations if rule.is_touched_by(said)]

    def _rest_on(self, pieces: list[_Piece]) -> None:
        self.pieces = pieces
        self.live = {p.key for p in pieces if p.live}
        self.needed = {p.key for p in pieces if p.need}
        having = dict.fromkeys(p.key for p in pieces if p.live or p.polarity == "past")
        self.had = [key for key in having if key in self.k.conditions]

    def _condition(self, name: str, understander: Understander) -> str | None:
        key = "_".join(name.strip().lower().replace("-", " ").split(" "))
        if key in self.k.conditions:
            return key
        code = name.strip().upper().replace(".", "")
        prefixes = ((prefix, c.key) for c in self.k.conditions.values() for prefix in c.icd10cm)
        codes = [(len(prefix), key) for prefix, key in prefixes if code.startswith(prefix.replace(".", ""))]
        if codes:
            return max(codes)[1]
        named = [m for m in read(name[:200], understander=understander).mentions if m.key in self.k.conditions]
        return max((m.end - m.start, m.key) for m in named)[1] if named else None

    def _pieces(self) -> Iterator[_Piece]:
        said = [_Piece(m.key, "words", m.phrase, m.polarity.value, m) for m in self.reading.mentions]
        said += [_Piece(key, "condition", key, "limited") for key in dict.fromkeys(k for k in self.given if k)]
        yield from said
        for piece in said:
            for sign in self.k.conditions[piece.key].signs if piece.key in self.k.conditions else ():
                yield _Piece(sign, "condition", piece.key, piece.polarity, piece.mention)
        if self.age is not None:
            bands = (("baby", 0, 2), ("child", 0, 18), ("older_person", 65, 1000))
            yield from (_Piece(key, "age", "age", "limited") for key, low, high in bands if low <= self.age < high)
        for key, answer in self.answers.items():
            if answer not in ("yes", "a_little", "no", "not_sure"):
                raise ValueError(key)
            if key[:11] == "limitation:":
                if answer != "not_sure":
                    yield _Piece(key[11:], "answer", key, "fine" if answer == "no" else "limited")
            elif answer != "no" and key in self.k.questions:
                yield from (_Piece(sign, "answer", key, "limited") for sign in self.k.questions[key].yes_means)

    def _counts(self, piece: _Piece, flag: Any) -> bool:
        if piece.mention is None:
            return True
        sign = self.k.signs.get(piece.key)
        if sign is not None and sign.kind.value == "context":
            too_old = sign.within_days is not None and piece.days > sign.within_days
            return piece.polarity not in ("fine", "other_person", "hypothetical") and not too_old
        calmed = piece.polarity in {p.value for p in flag.calmed_by}
        if piece.polarity in ("limited", "wanted") or (piece.polarity == "treated" and not calmed):
            limits = (flag.calm_if_older_than, flag.counts_if_resolved_within if piece.polarity == "treated" else None)
            return not any(limit is not None and piece.days > limit for limit in limits)
        if not calmed or piece.polarity == "treated":
            return not calmed or bool(piece.mention.worse)
        if piece.polarity == "past" and flag.counts_if_resolved_within is not None:
            return bool(piece.days <= flag.counts_if_resolved_within)
        return False

    def _for(self, key: str, flag: Any) -> list[_Piece]:
        return [p for p in self.pieces if p.key == key and not p.learned and self._counts(p, flag)]

    def _flags(self) -> list[tuple[Any, list[_Piece]]]:
        raised = []
        said = {p.key for p in self.pieces if not p.learned and (p.live or p.polarity == "past")}
        for flag in self.k.red_flags.values():
            if said.intersection(flag.calmed_by_conditions):
                continue
            rules = [rule.signs for rule in self.rules if rule.raises == flag.key]
            whole = [signs for signs in rules if all(self._for(key, flag) for key in signs)]
            keys = {flag.key, *flag.raised_by, *(key for signs in whole for key in signs)}
            pieces = {p.order(): p for key in keys for p in self._for(key, flag)}
            if pieces:
                raised.append((flag, [pieces[order] for order in sorted(pieces)]))
        return sorted(raised, key=lambda r: (r[0].urgency.rank, all(p.key != r[0].key for p in r[1]), r[0].key))

    def _danger_questions(self) -> list[Any]:
        rules = [r for r in self.rules if not r.inferred]
        lacking = [{k for k in r.signs if not self._for(k, self.k.red_flags[r.raises])} for r in rules]
        halves = [less for less, r in zip(lacking, rules, strict=True) if 0 < len(less) < len(r.signs)]
        ages = {"baby", "child", "older_person"} if self.age is not None else set()
        every = [q for q in self.k.questions.values() if not ages.issuperset(q.yes_means)]
        return [q for q in every if self._occasion(q.when) or any(less <= set(q.yes_means) for less in halves)]

    def _occasion(self, when: Any) -> bool:
        told = any(key.startswith(code) for code in when.limitations for key in self.live)
        told = told or not self.live.isdisjoint((*when.conditions, *when.signs))
        return bool(when.always or told or self.sites.intersection(when.sites))

    def _pending(self, flags: list[Any], relevant: list[Any], every: list[tuple[Any, list[_Piece]]]) -> list[Any]:
        if flags and flags[0][0].urgency.value == "emergency":
            return []
        known = {p.key for _, pieces in every for p in pieces} | {flag.key for flag, _ in every}
        guessed = {p.key for p in self.pieces if p.learned and p.key in self.k.signs}

        def rank(q: Any) -> tuple[bool, bool, int, int, str]:
            urgencies = [self.k.red_flags[key].urgency.rank for key in q.yes_means if key in self.k.red_flags]
            often = sum(map(len, (q.when.sites, q.when.limitations, q.when.conditions, q.when.signs)))
            return guessed.isdisjoint(q.when.signs), q.when.always, min(urgencies, default=3), often, q.key

        return sorted((q for q in relevant if not (q.key in self.answers or set(q.yes_means) <= known)), key=rank)

    def _point(self, key: str, weight: int, at_hand: bool = False) -> Plain:
        grades = (self.k.categories[key].pt.grade, self.k.categories[key].ot.grade)
        m, d = sorted(grades) if at_hand else grades
        return {"key": key, "weight": weight, "movement": weight * m, "daily_function": weight * d}

    def _needs(self) -> list[Plain]:
        full, little = self.k.parameters.weight_limited, self.k.parameters.weight_a_little
        keys = dict.fromkeys(p.key for p in self.pieces if p.need and p.key in self.k.categories)
        plain = {p.key for p in self.pieces if p.need and not p.mild}
        away = {p.key for p in self.pieces if p.need and not (p.mention and p.mention.at_hand)}
        return [self._point(key, max(full, little) if key in plain else little, key not in away) for key in keys]

    def _by_condition(self) -> list[Plain]:
        had = [self.k.conditions[key] for key in self.had]
        return [{"key": c.key, "weight": 1, "movement": 1 * c.pt.grade, "daily_function": 1 * c.ot.grade} for c in had]

    def _shift(self, base: list[Plain]) -> list[Plain]:
        m, d, p = sum(x["movement"] for x in base), sum(x["daily_function"] for x in base), self.k.parameters
        days = self.reading.longest_days
        reason = any(self.k.conditions[key].gains_ot for key in self.had) or (days is not None and days >= p.long_days)
        ordered = any((self.k.categories.get(x["key"]) or self.k.conditions[x["key"]]).first for x in base)
        if ordered or not base or not reason or Fraction(max(m, d)) >= Fraction(p.close_share * (m + d), 1000):
            return []
        return [{"key": "N6", "weight": 1, "movement": 0, "daily_function": p.ot_shift}]

    def door_of(self, points: Iterable[Plain]) -> str:
        """Decide by points alone: two cores make both, so does what has an order; two thirds let one lead."""
        points, cores, full = list(points), set[str](), self.k.parameters.weight_limited
        for point in points:
            if (category := self.k.categories.get(point["key"])) and point["weight"] >= full:
                need = (point["movement"] // full, point["daily_function"] // full)
                alone = {(3, 0): "pt", (3, 1): "pt", (0, 3): "ot", (1, 3): "ot"}.get(need)
                cores |= {"pt", "ot"} if category.first else {alone} if alone else set()
        m, d = sum(x["movement"] for x in points), sum(x["daily_function"] for x in points)
        lead = Fraction(self.k.parameters.lead_share * (m + d), 1000)
        return "both" if cores == {"pt", "ot"} else "pt" if m >= lead else "ot" if d >= lead else "both"

    def _rule(self, needs: list[Plain], shift: list[Plain]) -> tuple[str | None, str]:
        """Find leaning and rule, in the order of precedence."""
        spanning = [self.k.conditions[key] for key in self.had if self.k.conditions[key].both_unless_fine]
        asked_for = [p.key for p in self.pieces if p.need and p.key in self.k.doors]
        if any(p.key == "unsure_or_full_plan" and (p.need or p.polarity == "hypothetical") for p in self.pieces):
            return "both", "N4"
        if needs:
            door = self.door_of([*needs, *shift])
            if spanning and door != "both" and not self._other_is_fine(door, any(c.poor_insight for c in spanning)):
                return "both", "N7"
            return door, "N2"
        if spanning or self.had:
            leaning = "both" if spanning else self.door_of([*self._by_condition(), *shift])
            return leaning, "S24" if asked_for else "N7" if spanning else "condition"
        return (None, "S24") if asked_for else ("both", "S23")

    def _other_is_fine(self, door: str, poor_insight: bool) -> bool:
        if poor_insight and (self.inquiry["relation"] or self.reading.relation.value) == "self":
            return False
        fine = [self.k.categories[p.key] for p in self.pieces if p.polarity == "fine" and p.key in self.k.categories]
        return any((c.ot if door == "pt" else c.pt).grade >= 2 for c in fine)

    def _candidates(self) -> list[tuple[str, tuple[int, int, int]]]:
        known = {p.key for p in self.pieces if p.key in self.k.categories}
        known |= {answer[11:] for answer in self.answers if answer[:11] == "limitation:"}
        likely = {str(code) for key in self.had for code in self.k.conditions[key].makes_likely}
        found, p = [], self.k.parameters
        for key, c in self.k.categories.items():
            if abs(c.pt.grade - c.ot.grade) >= 2 and not any(key.startswith(x) or x.startswith(key) for x in known):
                say = (8 if key in likely else 0) + 2 * c.usual + (3 if self.sites.intersection(c.sites) else 0)
                shares = p.likely if key in likely else p.usual if c.usual == 3 else p.unlikely
                found.append((-say, key, (shares.yes, shares.a_little, shares.no)))
        return [(key, shares) for _, key, shares in sorted(found)[: p.looked_at]]

    def _outlook(self, points: list[Plain], leaning: str | None, rule: str) -> tuple[int, str | None]:
        if rule == "N4" or (rule == "S24" and leaning is None):
            return 1000, None
        open_, p = self._candidates(), self.k.parameters
        ways: list[tuple[tuple[int, ...], Fraction, str]] = []
        for way in product((0, 1, 2), repeat=len(open_)):
            share, more = Fraction(1), list(points)
            for (key, shares), answer in zip(open_, way, strict=True):
                share *= Fraction(shares[answer], 1000)
                more += [] if answer == 2 else [self._point(key, (p.weight_limited, p.weight_a_little)[answer])]
            ways.append((way, share, self.door_of(more) if more else "both"))
        kept = sum((share for _, share, door in ways if door == (leaning or "both")), Fraction(0))
        confidence = int(kept * 1000)
        asked = sum(key[:11] == "limitation:" for key in self.answers)
        stop = asked >= p.most_questions or (confidence >= p.stop_at and rule != "S23") or kept == 1 or not open_
        gains = [] if stop else [(self._certainty(ways, n), -n) for n in range(len(open_))]
        return (0 if rule == "S23" else confidence), (open_[-max(gains)[1]][0] if gains else None)

    @staticmethod
    def _certainty(ways: list[tuple[tuple[int, ...], Fraction, str]], number: int) -> int:
        total = 0
        for answer in (0, 1, 2):
            doors: dict[str, Fraction] = {}
            for way, share, door in ways:
                if way[number] == answer:
                    doors[door] = doors.get(door, Fraction(0)) + share
            if sum(doors.values()):
                total += int(1_000_000 * sum(s * s for s in doors.values()) / sum(doors.values()))
        return total

    def expected(self) -> Plain:
        """Put together what the record must say."""
        every, relevant = self._flags(), self._danger_questions()
        told = [f for f, _ in every if f.key in self.inquiry["checked"]]
        aside = [f for f in told if "treated" in {p.value for p in f.calmed_by}]
        flags = [one for one in every if one[0] not in aside]
        pending = self._pending(flags, relevant, every)
        if flags and flags[0][0].urgency.value != "doctor_first":
            self._rest_on([piece for piece in self.pieces if not piece.learned])
        self._rest_on([p for p in self.pieces if p.via == "answer" or p.key not in self.inquiry["taken_back"]])
        needs = self._needs()
        base = needs or self._by_condition()
        shift = self._shift(base)
        leaning, rule = self._rule(needs, shift)
        points = [*base, *shift]
        confidence, ask = self._outlook(points, leaning, rule)
        urgency = flags[0][0].urgency.value if flags else None
        held = any(flag.hold and flag.hold.value == "hold_therapy" for flag, _ in flags)
        therapy = "other" if rule == "S24" else "unclear" if rule == "S23" else leaning
        door = "urgent" if urgency in ("emergency", "same_day") else "other" if held else therapy
        first = next((p.key for p in self.pieces if p.need and p.key in self.k.doors), None)
        answered = sum(q.key in self.answers for q in relevant)
        items: list[Any] = [self.k.categories[x["key"]] for x in needs] + [self.k.conditions[key] for key in self.had]
        therapists = {"pt", "ot"} if leaning == "both" else {leaning}
        shown = [m for m in self.reading.mentions if m.key in self.k.categories and m.counts]
        soon = [self.k.conditions[key].therapy_priority for key in self.had]
        return {
            "door": door, "leaning": leaning or ("both" if flags else None), "order": self._order(leaning, items),
            "start_with_evaluation": rule == "N4",
            "alternatives": sorted({s.value for i in items for s in i.alternatives} - therapists),
            "specialty": sorted({s.value for i in items for s in i.specialty}),
            "therapy_priority": min(soon, key=lambda p: p.rank).value if soon else "routine",
            "urgency": urgency, "doctor_first": self._doctor_first(flags),
            "danger_screen": _SCREENS[bool(answered) + (answered == len(relevant) and answered > 0)],
            "red_flags": [
                {"id": f.key, "urgency": f.urgency.value, "evidence": [p.plain() for p in own]} for f, own in flags
            ],
            "also_ask": self._also_ask(), "other": "doctor" if held else first, "confidence": confidence / 1000,
            "next_question": self._next(pending, None if door == "urgent" else ask),
            "limitations": [self._limitation(m) for m in shown],
            "warnings": self._warnings(rule), "derivation": self._derivation(points, rule, pending, aside),
        }  # fmt: skip

    @staticmethod
    def _order(leaning: str | None, items: list[Any]) -> list[str] | None:
        firsts = {item.first.value for item in items if item.first}
        order = ["pt", "ot"] if firsts == {"pt"} else ["ot", "pt"]
        return order if leaning == "both" and len(firsts) == 1 else None

    @staticmethod
    def _doctor_first(flags: list[tuple[Any, list[_Piece]]]) -> Plain | None:
        first = [flag for flag, _ in flags if flag.within]
        if not first:
            return None
        soonest = min((f.within for f in first), key=lambda within: within.rank)
        return {"within": soonest.value, "hold": min((f.hold for f in first), key=lambda hold: hold.rank).value}

    def _also_ask(self) -> list[str]:
        named = {key for condition in self.had for key in self.k.conditions[condition].also_ask}
        return [
            r.key for r in self.k.referrals.values()
            if r.key in named | self.needed or self.needed & {*r.when_conditions, *r.when_limitations, *r.when_signs}
        ]  # fmt: skip

    def _next(self, pending: list[Any], ask: str | None) -> Plain | None:
        if pending:
            q = pending[0]
            return {"id": q.key, "text": q.text.in_(self.language), "kind": "danger", "why": q.why.in_(self.language)}
        if ask is None:
            return None
        text, why = (t.in_(self.language) for t in (self.k.categories[ask].ask, self.k.texts["why_limitation"]))
        return {"id": f"limitation:{ask}", "text": text, "kind": "limitation", "why": why}

    def _limitation(self, m: Mention) -> Plain:
        polarity = self.inquiry["taken_back"].get(m.key, "limited" if m.polarity == "treated" else m.polarity.value)
        rest = {field: _plain(getattr(m, field)) for field in ("words", "start", "end")}
        return {"icf": m.key, "polarity": polarity, "side": self.inquiry["sides"].get(m.key, m.side.value), **rest}

    def _warnings(self, rule: str) -> list[str]:
        unknown = "is not known and was left out: give a key, an ICD-10-CM code or a common name"
        found = [f"conditions[{number}] {unknown}" for number, key in enumerate(self.given) if key is None]
        if (self.inquiry["text"] + (self.inquiry["goal"] or "")).strip() and not self.reading.languages:
            return [*found, "the text is in no language that Reable reads (English, Spanish)"]
        unclear = "no limitation was understood; danger questions and a person come first"
        return [*found, unclear] if rule == "S23" else found

    def _derivation(self, points: list[Plain], rule: str, pending: list[Any], aside: list[Any]) -> Plain:
        r = self.reading
        return {
            "languages": [language.value for language in r.languages], "sites": [site.value for site in r.sites],
            "age": r.age, "speaks_for": r.relation.value, "longest_days": r.longest_days,
            "mentions": [_plain(asdict(m)) for m in r.mentions],
            "evidence": [{"key": p.key, "via": p.via, "origin": p.origin, "polarity": p.polarity} for p in self.pieces],
            "points": points, "movement": sum(x["movement"] for x in points),
            "daily_function": sum(x["daily_function"] for x in points),
            "rule": rule, "pending": [q.key for q in pending], "set_aside": [f.key for f in aside],
        }  # fmt: skip
