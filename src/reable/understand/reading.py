"""Read what somebody said: which limitations, signs, conditions and other doors, said how, about whom, since when."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from reable.knowledge.shapes.wording import WordingPolarity
from reable.terms import Language, Polarity, Relation, Site
from reable.understand import facts
from reable.understand.anaphora import name_parts
from reable.understand.bank import Match, PhraseBank
from reable.understand.bounds import Bound
from reable.understand.clauses import Clause, clauses
from reable.understand.cues import Cue
from reable.understand.dating import Dates
from reable.understand.governing import CueSpan, governing
from reable.understand.kinds import TOLD_WHOLE, Kind
from reable.understand.languages import languages_of, words_of
from reable.understand.learned import Learned, Weighed, beside, fuse, sentences
from reable.understand.mention import CueSaid, Mention, Reading
from reable.understand.normalise import Normalised, normalise
from reable.understand.overlap import one_each, swallows
from reable.understand.passing import Told, in_passing
from reable.understand.phrase import Phrase
from reable.understand.polarity import Verdict, judge
from reable.understand.scope import Scope
from reable.understand.student import Student
from reable.understand.suspicion import Suspicion, mention_of, suspicions
from reable.understand.tokens import tokens

_LONG_PAST_DAYS = 30
_PAIN = "b28"  # the ICF block of pain
_BODY = ("b28", "b7")  # the ICF blocks of pain and of movement functions
_SHORT = 2  # words of a phrase that may not stand across a comma


@dataclass(frozen=True, slots=True)
class Understander:
    """What is needed to read: a phrase bank a language, the kind of each key, a learned student and watcher a language.

    The student knows what therapists are for, the watcher only what may be a danger. `settings`: see `in_passing`.
    """

    banks: Mapping[Language, PhraseBank]
    kinds: Mapping[str, Kind]
    settings: AbstractSet[str] = frozenset()
    students: Mapping[Language, Student] = field(default_factory=dict)
    watchers: Mapping[Language, Student] = field(default_factory=dict)


def read(
    words: str, *, understander: Understander, language: Language | None = None, goal_at: int | None = None
) -> Reading:
    """Read `words`. `language` is the one the person chose, if any; what is written decides all the same.

    From `goal_at` on the words say what the person wants back. Time is linear in the length of `words`.
    """
    plain = normalise(words)
    languages = languages_of(plain.text, understander.banks, chosen=language)
    passes = [_Pass(words, plain, understander, each, goal_at) for each in languages]
    found = _danger_beside(words, plain, understander, languages, goal_at)
    found += [mention for each in reversed(passes) for mention in each.mentions()]
    mentions = {(m.start, m.end, m.key): m for m in found}
    ages = [p.age for p in passes if p.age is not None]
    spans = [m.for_days or m.ago_days for m in mentions.values() if m.for_days or m.ago_days]
    return Reading(
        words=words,
        languages=tuple(languages),
        mentions=tuple(mentions[place] for place in sorted(mentions)),
        sites=tuple(sorted({site for p in passes for site in p.sites})),
        age=ages[0] if ages else None,
        relation=passes[0].relation if passes else Relation.SELF,
        longest_days=max((s for s in spans if s is not None), default=None),
    )


def _danger_beside(
    words: str, plain: Normalised, understander: Understander, languages: Sequence[Language], goal_at: int | None
) -> list[Mention]:
    """Find dangers said in a language that the statement is not in otherwise: one sentence may switch.

    Only what holds a word that the languages of the statement do not know counts, so that no word is read twice. A
    statement in no language known here is searched in all of them.
    """
    known = [understander.banks[language].lexicon for language in languages]
    rules_alone = replace(understander, students={}, watchers={})  # only dangers are looked for
    strange = set(words_of(plain.text)).difference(*(lexicon.surfaces for lexicon in known))
    return [
        mention
        for language, bank in understander.banks.items()
        if language not in languages and not strange.isdisjoint(bank.lexicon.surfaces)
        for mention in _Pass(words, plain, rules_alone, language, goal_at).mentions()
        if mention.kind is Kind.DANGER and not strange.isdisjoint(words_of(normalise(mention.words).text))
    ]


class _Pass:
    """One reading of the plain text in one language."""

    def __init__(
        self, words: str, plain: Normalised, understander: Understander, language: Language, goal_at: int | None
    ) -> None:
        self.words = words
        self.plain = plain
        self.goal_at = len(words) if goal_at is None else goal_at
        self.kinds = understander.kinds
        self.settings = understander.settings
        self.bank = understander.banks[language]
        found = tokens(plain.text, self.bank.lexicon)
        self.age = facts.age(found, self.bank.lexicon)
        self.clauses = clauses(found, self.bank.lexicon)
        name_parts(self.clauses, self.bank.lexicon)
        self.matches = self._without_weak([self._best(clause, self.bank.find(clause)) for clause in self.clauses])
        self.scope = Scope(self.bank.lexicon)
        self.governed = governing(self.clauses, self.matches, self.scope)
        self.weighed = self._weighed(understander.students.get(language))
        self.watcher = understander.watchers.get(language)
        self.learned = self._learned()
        self.subjects = _subjects(self.clauses)
        self.named = [facts.sites(clause, self.bank.lexicon) for clause in self.clauses]
        self.sites = frozenset[Site]().union(*self.named)
        self.relation = self._relation()
        self.tells_own_trouble = self._tells_own_trouble()

    def _weighed(self, student: Student | None) -> Weighed:
        """Let the student weigh each sentence together with what the rules found in it."""
        doubted: set[tuple[int, str]] = set()
        learned: dict[tuple[int, str], Learned] = {}
        if student is None:
            return Weighed(doubted, learned)
        for numbers in sentences(self.clauses):
            found: dict[str, int] = {}
            for match in (m for number in numbers for m in self.matches[number] if self._is_weighed(m)):
                found[match.phrase.key] = max(found.get(match.phrase.key, 0), len(match.phrase.elements))
            sentence = [self.clauses[number] for number in numbers]
            fused = fuse(student, self.plain.text, sentence, found)
            doubted.update((number, key) for number in numbers for key in fused.doubted)
            understood = [] if fused.learned is None else [fused.learned]
            known = {*found} - fused.doubted | {one.label for one in understood}
            if (second := beside(student, self.plain.text, sentence, known)) is not None:
                understood.append(second)
            learned.update(((numbers[one.clause], one.label), one) for one in understood)
        return Weighed(doubted, self._without_spare(learned, doubted))

    def _without_spare(
        self, learned: Mapping[tuple[int, str], Learned], doubted: AbstractSet[tuple[int, str]]
    ) -> Mapping[tuple[int, str], Learned]:
        """Drop what the student is less sure of, and conditions and wishes, where a limitation was understood.

        The limitation decides (N2).
        """
        told = (
            self.kinds[m.phrase.key] is Kind.LIMITATION and (number, m.phrase.key) not in doubted
            for number, ms in enumerate(self.matches)
            for m in ms
        )
        sure = {place: one for place, one in learned.items() if one.is_sure}
        if not any(told) and not any(self.kinds[one.label] is Kind.LIMITATION for one in sure.values()):
            return learned
        return {place: one for place, one in sure.items() if self.kinds[one.label] in (Kind.LIMITATION, Kind.DOOR)}

    def _is_weighed(self, match: Match) -> bool:
        return self.kinds[match.phrase.key] in (Kind.LIMITATION, Kind.DOOR, Kind.WISH)

    def mentions(self) -> Iterable[Mention]:
        settled: set[int] = set()
        told = list(self._told(settled))
        asides = in_passing(told, self.settings)
        for number, one in enumerate(told):
            yield replace(one.mention, in_passing=True) if number in asides else one.mention
        if self.watcher is not None:
            yield from map(self._suspected, suspicions(self.watcher, self.plain.text, self.clauses, settled))

    def _told(self, settled: set[int]) -> Iterable[Told]:
        """Give each mention; `settled` gets the clauses in which a danger is told as over, denied or imagined."""
        worse = any(clause.has(Cue.WORSE) for clause in self.clauses)
        learned = self.learned
        governed = self.governed
        if self.weighed.learned:
            both = [[*ms, *more] for ms, more in zip(self.matches, learned, strict=True)]
            governed = governing(self.clauses, both, self.scope)
        for sentence, numbers in enumerate(sentences(self.clauses)):
            bare = not any(self._tells_trouble(number) for number in numbers)
            for number in numbers:
                if not (self.matches[number] or learned[number]):
                    continue
                clause = self.clauses[number]
                said = Dates(number, self.clauses, self.matches, self.scope)
                for match in self.matches[number]:
                    verdict = judge(match, number, clause, self.governed, self.scope)
                    mention = self._mention(number, match, verdict, said, worse)
                    if mention.kind is Kind.DANGER and mention.polarity not in (Polarity.LIMITED, Polarity.WANTED):
                        settled.add(number)
                    mention = replace(mention, doubted=True) if self._is_doubted(number, mention) else mention
                    yield Told(self._wanted(mention), sentence, bare)
                for match in learned[number]:
                    verdict = judge(match, number, clause, governed, self.scope)
                    mention = self._mention(number, match, verdict, said, worse)
                    chance = self.weighed.learned[number, mention.key].chance
                    yield Told(replace(self._wanted(mention), chance=chance), sentence, bare=False)

    def _tells_trouble(self, number: int) -> bool:
        """Test if a clause says that something is hard: by a cue, or by a wording that is a trouble in itself."""
        return bool(self.clauses[number].impaired) or any(
            self.kinds[m.phrase.key] is Kind.LIMITATION and m.phrase.polarity is WordingPolarity.LIMITED
            for m in self.matches[number]
        )

    def _wanted(self, mention: Mention) -> Mention:
        """What stands in the goal is wanted back, "without pain" too, unless a cue says it is past or another's."""
        if mention.start < self.goal_at or mention.polarity not in (Polarity.LIMITED, Polarity.FINE):
            return mention
        return replace(mention, polarity=Polarity.WANTED)

    def _suspected(self, suspicion: Suspicion) -> Mention:
        start, end = self._original(suspicion.first.start, suspicion.last.end)
        return self._wanted(mention_of(suspicion, self.bank.lexicon.language, self.words, start, end))

    def _learned(self) -> list[list[Match]]:
        """Write what the student understood, by clause, as matches of wordings without elements."""
        origin = f"model/{self.bank.lexicon.language}"
        found: list[list[Match]] = [[] for _ in self.clauses]
        for (number, label), one in self.weighed.learned.items():
            found[number].append(Match(Phrase(origin, label, WordingPolarity.NEUTRAL, (), weak=False), one.places))
        return found

    def _is_doubted(self, number: int, mention: Mention) -> bool:
        """Doubt reaches only what would count as a need: what was said to be fine or past stays."""
        return (number, mention.key) in self.weighed.doubted and mention.polarity in (Polarity.LIMITED, Polarity.WANTED)

    def _mention(self, number: int, match: Match, verdict: Verdict, said: Dates, worse: bool) -> Mention:
        clause = self.clauses[number]
        polarity = verdict.polarity
        ago = said.nearest(match, ago=True)
        if self._is_other_person(number, match):
            polarity = Polarity.OTHER_PERSON
        elif polarity is Polarity.FINE and self.kinds[match.phrase.key] is Kind.WISH:
            polarity = Polarity.LIMITED  # "we don't know where to begin"
        elif self._is_avoided(match, verdict):
            polarity = Polarity.LIMITED
        elif polarity is Polarity.LIMITED and self._is_long_past(match, ago):
            polarity = Polarity.PAST
        first, last = clause.tokens[match.places[0]], clause.tokens[match.places[-1]]
        start, end = self._original(first.start, last.end)
        return Mention(
            key=match.phrase.key,
            kind=self.kinds[match.phrase.key],
            phrase=match.phrase.id,
            words=self.words[start:end],
            start=start,
            end=end,
            polarity=polarity,
            cues=tuple(self._said(span) for span in verdict.cues),
            side=facts.side(clause, match.places, self.named[number]),
            mild=clause.has(Cue.MILD),
            with_activity=match.phrase.key.startswith(_PAIN)
            and any(self._is_activity(m) for m in self.matches[number]),
            at_hand=match.phrase.key.startswith(_BODY) and self._names_hand(clause, match),
            ago_days=ago,
            for_days=said.nearest(match, ago=False),
            worse=worse,
        )

    def _is_avoided(self, match: Match, verdict: Verdict) -> bool:
        """What somebody is afraid to do is hard for them: "I'm scared to climb stairs" imagines nothing."""
        if verdict.polarity is not Polarity.HYPOTHETICAL or not self._is_activity(match):
            return False
        afraid = self.bank.lexicon.bounds[Bound.AFRAID]
        return all(self.clauses[span.clause].tokens[span.place].key in afraid for span in verdict.cues)

    def _said(self, span: CueSpan) -> CueSaid:
        token = self.clauses[span.clause].tokens[span.place]
        start, end = self._original(token.start, token.end)
        return CueSaid(cue=span.cue, start=start, end=end)

    def _original(self, start: int, end: int) -> tuple[int, int]:
        """Turn places in the plain text into places in what was typed."""
        return self.plain.origin[start], self.plain.origin[end - 1] + 1

    def _best(self, clause: Clause, matches: Sequence[Match]) -> list[Match]:
        """Drop what a look-alike wording covers, and what a longer phrase of the same kind holds within itself."""
        matches = [m for m in matches if not self._straddles(m, clause)]
        if not matches:
            return []
        calm = [(m.phrase.key, m.places[0], m.places[-1]) for m in matches if m.phrase.polarity is WordingPolarity.CALM]
        told = [m for m in matches if m.phrase.polarity is not WordingPolarity.CALM and not self._covered(m, calm)]
        sets = [(m, frozenset(m.places), self.kinds[m.phrase.key]) for m in told]
        kept = one_each(
            [m for m, own, kind in sets if kind in TOLD_WHOLE or not any(swallows(k, o, kind, own) for _, o, k in sets)]
        )
        return [m for m in kept if not self._outweighed(m, kept)]

    def _outweighed(self, match: Match, matches: Sequence[Match]) -> bool:
        """Test if a limitation shares words with another one of which more words were found: those count once."""
        if self.kinds[match.phrase.key] is not Kind.LIMITATION:
            return False
        own = frozenset(match.places)
        return any(
            len(other.places) > len(own) and not own.isdisjoint(other.places)
            for other in matches
            if self.kinds[other.phrase.key] is Kind.LIMITATION
        )

    def _without_weak(self, matches: Sequence[list[Match]]) -> list[list[Match]]:
        """Drop limitations found by one word where something stronger was found.

        A common word ("school", "stick") counts only alone; beside another door ("sleep" in "a sleep study") even an
        uncommon one does: unless it is itself said to be hard or fine.
        """
        every = [m for ms in matches for m in ms]
        limited = any(
            self.kinds[m.phrase.key] is Kind.LIMITATION and not m.phrase.weak and clause.eased.isdisjoint(m.places)
            for clause, ms in zip(self.clauses, matches, strict=True)
            for m in ms
        )
        door = any(self.kinds[m.phrase.key] is Kind.DOOR for m in every)
        return [
            [m for m in ms if not self._is_outshone(m, clause, limited=limited, door=door)]
            for clause, ms in zip(self.clauses, matches, strict=True)
        ]

    def _is_outshone(self, match: Match, clause: Clause, *, limited: bool, door: bool) -> bool:
        if self.kinds[match.phrase.key] is not Kind.LIMITATION or len(match.phrase.elements) > 1:
            return False
        if not clause.eased.isdisjoint(match.places):
            return False  # "walking's fine" tells of the other therapist's half (S22)
        return (door or (match.phrase.weak and limited)) and clause.impaired.isdisjoint(match.places)

    def _straddles(self, match: Match, clause: Clause) -> bool:
        """Test if a short phrase would take its words from both sides of a comma; in danger that is allowed."""
        if self.kinds[match.phrase.key] in TOLD_WHOLE or len(match.places) > _SHORT:
            return False
        return clause.parts[match.places[0]] != clause.parts[match.places[-1]]

    @staticmethod
    def _covered(match: Match, calm: Sequence[tuple[str, int, int]]) -> bool:
        """Test if a look-alike wording of the same item covers the match; other items are not calmed by it."""
        return any(
            key == match.phrase.key and start <= match.places[0] and match.places[-1] <= end for key, start, end in calm
        )

    def _relation(self) -> Relation:
        """Somebody speaks for another if they say so, or if more of the trouble is told of that other than of them."""
        if any(clause.has(Cue.ASKING_FOR) for clause in self.clauses):
            return Relation.PROXY
        told = [
            subject
            for number, subject in enumerate(self.subjects)
            for match in (*self.matches[number], *self.learned[number])
            if self._is_trouble(match) and (number, match.phrase.key) not in self.weighed.doubted
        ]
        others = sum(s is Relation.PROXY for s in told)
        return Relation.PROXY if others and others * 2 >= len(told) else Relation.SELF

    def _tells_own_trouble(self) -> bool:
        told = zip(self.subjects, self.matches, strict=True)
        return any(s is Relation.SELF and any(self._is_trouble(m) for m in ms) for s, ms in told)

    def _is_trouble(self, match: Match) -> bool:
        return self.kinds[match.phrase.key] in (Kind.LIMITATION, Kind.DANGER)

    def _names_hand(self, clause: Clause, match: Match) -> bool:
        sites = self.bank.lexicon.sites
        return Site.HAND in {sites.get(clause.tokens[place].key) for place in match.places}

    def _is_activity(self, match: Match) -> bool:
        return self.kinds[match.phrase.key] is Kind.LIMITATION and match.phrase.key.startswith("d")

    def _is_long_past(self, match: Match, ago: int | None) -> bool:
        """A sign that came more than a month ago and is not said to go on is past."""
        return ago is not None and ago > _LONG_PAST_DAYS and self.kinds[match.phrase.key] is Kind.DANGER

    def _is_other_person(self, number: int, match: Match) -> bool:
        """What is said of another is not the writer's, where the writer also tells a trouble of their own.

        For dangers that is not enough: the other may be in danger now. They are another's only where they are told as
        over ("my sister had a clot") and nothing in that part is of today.
        """
        if self.kinds[match.phrase.key] in (Kind.DOOR, Kind.WISH):
            return False  # whoever it is for, it is asked for
        if self.kinds[match.phrase.key] is not Kind.DANGER:
            return self.relation is Relation.SELF and self.subjects[number] is Relation.PROXY
        if not self.tells_own_trouble:
            return False
        clause = self.clauses[number]
        own = clause.parts[match.places[0]]
        cues = {token.cue for token, part in zip(clause.tokens, clause.parts, strict=True) if part == own}
        goes_on = clause.has(Cue.NOW) or clause.has(Cue.LATELY)
        return {Cue.RELATION, Cue.WAS} <= cues and not goes_on and not cues & {Cue.SELF, Cue.OWN}


def _subjects(clauses: Sequence[Clause]) -> list[Relation]:
    subjects: list[Relation] = []
    current = Relation.SELF
    for clause in clauses:
        current = facts.subject(clause, current)
        subjects.append(current)
    return subjects
