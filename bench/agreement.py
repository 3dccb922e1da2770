"""How often the answers agree with the cases: doors, dangers, look-alikes, questions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from bench.cases import Case, read_cases
from reable import navigate as core
from reable.assets import Assets
from reable.navigate import Navigation
from reable.terms import Answer, Door, Urgency
from reable.understand import WATCHER

THERAPY = frozenset({"pt", "ot", "both"})


@dataclass(frozen=True, slots=True)
class Answered:
    """A case with the answer it got."""

    case: Case
    navigation: Navigation

    @property
    def door(self) -> str:
        return self.navigation.door.value

    @property
    def asked_about(self) -> bool:
        """Test if a suspicion of the learned model brings a danger question to the front."""
        suspected = {piece.key for piece in self.navigation.evidence if piece.origin.startswith(WATCHER)}
        return any(suspected.intersection(question.when.signs) for question in self.navigation.screening.pending[:1])

    @property
    def strict(self) -> bool:
        order = self.navigation.recommendation.order
        return self.door == self.case.door and (self.case.order is None or order == self.case.order)

    @property
    def acceptable(self) -> bool:
        return self.door in self.case.acceptable

    @property
    def wrong_therapy(self) -> bool:
        return self.door in ("pt", "ot") and not self.acceptable

    @property
    def too_low(self) -> bool:
        """Test if a danger was missed or taken for less urgent than it is."""
        urgency = self.navigation.screening.urgency
        return urgency is None or urgency.rank > Urgency(str(self.case.urgency)).rank

    @property
    def alarmed(self) -> bool:
        return self.navigation.door is Door.URGENT


def answer_all(cases: Iterable[Case], assets: Assets) -> list[Answered]:
    """Answer each case as the batch form would."""
    inquiries = ((case, core.inquiry_from(case.request, knowledge=assets.knowledge)) for case in cases)
    return [
        Answered(case, core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander))
        for case, inquiry in inquiries
    ]


def share(hits: int, all_: int) -> str:
    """Write a share with its 95 % interval (Wilson)."""
    if all_ == 0:
        return "   -"
    p, z = hits / all_, 1.96
    middle = (p + z * z / (2 * all_)) / (1 + z * z / all_)
    half = z * sqrt(p * (1 - p) / all_ + z * z / (4 * all_ * all_)) / (1 + z * z / all_)
    return f"{100 * p:5.1f} %  [{100 * (middle - half):.0f}-{100 * (middle + half):.0f}]  n={all_}"


def report(name: str, assets: Assets, *, details: bool) -> None:
    """Print how the answers agree with one file of cases; `details` lists each miss by its id."""
    answered = answer_all(read_cases(name), assets)
    print(f"\n## {name}")
    doors = [a for a in answered if a.case.kind in ("door", "look_alike", "harmless", "other_door", "unclear", "item")]
    for title, rows in (("all", doors), *_groups(doors)):
        if rows:
            print(
                f"  {title:28} strict {share(sum(a.strict for a in rows), len(rows))}   acceptable {share(sum(a.acceptable for a in rows), len(rows))}"
            )
    if doors:
        print(f"  wrong therapy outright       {share(sum(a.wrong_therapy for a in doors), len(doors))}")
        print(
            f"  unclear                      {share(sum(a.door == 'unclear' for a in doors if a.case.door != 'unclear'), sum(a.case.door != 'unclear' for a in doors))}"
        )
    _report_danger(answered)
    asked = [questions_asked(a, assets) for a in doors[:150] if a.door in THERAPY]
    if asked:
        print(f"  limitation questions a case (of the first 150)  {sum(asked) / len(asked):.2f} (most {max(asked)})")
    if details:
        _list_misses(answered)


def _groups(rows: Sequence[Answered]) -> list[tuple[str, list[Answered]]]:
    groups: dict[str, list[Answered]] = defaultdict(list)
    for row in rows:
        groups[row.case.group].append(row)
        groups[f"lang {row.case.lang}"].append(row)
    return sorted(groups.items()) if len(groups) <= 45 else []


def _report_danger(answered: Sequence[Answered]) -> None:
    dangers = [a for a in answered if a.case.kind == "danger"]
    for urgency in Urgency:
        for lang in ("en", "es"):
            rows = [a for a in dangers if a.case.urgency == urgency.value and a.case.lang == lang]
            print(
                f"  danger {urgency.value:13} {lang}     recall {share(sum(not a.too_low for a in rows), len(rows))}"
            ) if rows else None
    urgent = [a for a in dangers if a.case.urgency != "doctor_first"]
    if urgent:
        print(f"  danger, any alarm            recall {share(sum(a.alarmed for a in urgent), len(urgent))}")
    for kind in ("look_alike", "harmless", "ordinary", "door"):
        rows = [a for a in answered if a.case.kind == kind and a.case.urgency is None and a.case.door != "urgent"]
        if rows:
            print(f"  {kind:12} left calm       {share(sum(not a.alarmed for a in rows), len(rows))}")


def _list_misses(answered: Sequence[Answered]) -> None:
    for a in answered:
        if a.case.kind == "danger":
            if a.case.urgency is not None and a.too_low:
                print(
                    f"  MISSED {a.case.id} {a.case.urgency} {a.case.family}: {a.case.request['text'][:150]!r} -> {a.door} {a.navigation.screening.urgency}"
                )
        elif a.alarmed and "urgent" not in a.case.acceptable:
            flags = [
                (r.flag.key, [e.mention.words if e.mention else e.origin for e in r.evidence])
                for r in a.navigation.screening.raised
                if r.flag.urgency.is_urgent
            ]
            print(f"  ALARM  {a.case.id}: {a.case.request['text'][:150]!r} -> {flags}")
        elif not a.acceptable:
            points = [(p.key, p.movement, p.daily_function) for p in a.navigation.recommendation.points]
            print(
                f"  DOOR   {a.case.id} want {a.case.door}, got {a.door} ({a.navigation.recommendation.rule}): {a.case.request['text'][:170]!r} {points} {a.navigation.other or ''}"
            )


def questions_asked(answered: Answered, assets: Assets) -> int:
    """Count the limitation questions until the stop rule, if each is answered "no"."""
    navigation, answers = answered.navigation, {}
    count = 0
    while (candidate := navigation.outlook.next) is not None:
        answers[f"limitation:{candidate.code}"] = Answer.NO.value
        count += 1
        inquiry = core.inquiry_from({**answered.case.request, "answers": answers}, knowledge=assets.knowledge)
        navigation = core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)
    return count


def doors_of(answered: Iterable[Answered]) -> Counter[str]:
    """Count the doors that were answered."""
    return Counter(a.door for a in answered)
