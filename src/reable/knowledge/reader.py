"""Read a folder of knowledge files strictly. All faults are reported together, each with file and line."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from reable.errors import ReableError
from reable.knowledge.build import Path as KeyPath
from reable.knowledge.build import Plain, build
from reable.knowledge.faults import Fault, KnowledgeFaulty, did_you_mean
from reable.knowledge.shapes.care import Country, Education, OtherDoor, Referral
from reable.knowledge.shapes.danger import DangerQuestion, RedFlag, Sign
from reable.knowledge.shapes.need import Category, Condition
from reable.knowledge.shapes.parameters import Parameters
from reable.knowledge.shapes.source import Source
from reable.knowledge.shapes.tap import Activity, ActivityGroup, SiteName
from reable.knowledge.shapes.wording import Wording
from reable.knowledge.shapes.words import Words, WordTable
from reable.knowledge.yaml_reader import line_of, read_yaml
from reable.terms import Bilingual, Language, Site

Shape = TypeVar("Shape")
Key = TypeVar("Key", bound=str)

FOLDERS: Mapping[str, type] = {
    "limitations": Category,
    "conditions": Condition,
    "red_flags": RedFlag,
    "questions": DangerQuestion,
    "doors": OtherDoor,
    "referrals": Referral,
    "education": Education,
    "sources": Source,
}
MOST_LINES = 80
_YES_OR_NO = {"yes": True, "no": False}
SIGN_COLUMNS = ("key", "kind", "name_en", "name_es", "within_days")
TEXT_COLUMNS = ("key", "en", "es")
WORDS_COLUMNS = ("group", "words")
ACTIVITY_COLUMNS = ("key", "group", "code", "for_adult", "for_child", "en", "es", "search_en", "search_es")
SITE_COLUMNS = ("site", "view", "en", "es", "left_en", "left_es", "right_en", "right_es")
WORDING_COLUMNS = ("text", "register", "origin", "writer", "polarity", "note")
COUNTRY_COLUMNS = (
    "country", "name_en", "name_es", "emergency_number", "suicide_line", "suicide_line_text", "suicide_hours",
    "deaf_access", "source", "at", "checked",
)  # fmt: skip


class NoKnowledgeFolder(ReableError):
    """The folder that should hold knowledge is not there."""

    code = "knowledge.no_folder"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no knowledge folder '{name}'.",
            hint="Give a folder that holds limitations/, red_flags/, phrases/ and so on, "
            "as docs/how-to/add-knowledge.md says.",
        )


class FolderReader:
    """Reads one knowledge folder; gathers faults instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise NoKnowledgeFolder(folder.name)
        self.folder = folder
        self.faults: list[Fault] = []
        self.places: dict[str, str] = {}
        self.lines: dict[str, int] = {}

    def fault(self, file: Path, line: int, message: str) -> None:
        """Note that something is wrong at a place."""
        self.faults.append(Fault(self._called(file), line, message))

    def refuse_faults(self) -> None:
        """Stop if anything was wrong. Raises: KnowledgeFaulty."""
        if self.faults:
            raise KnowledgeFaulty(tuple(self.faults))

    def items(self, name: str) -> dict[str, object]:
        """Read all items of the folder `name`, by key, in the order of keys."""
        found: dict[str, object] = {}
        for file in sorted((self.folder / name).glob("*")):
            item = self._item(file, FOLDERS[name])
            if item is None:
                continue
            key = str(getattr(item, "key"))  # noqa: B009 - the shapes share no base
            if key != file.stem:
                self.fault(file, 1, f"the file is called '{file.stem}' but holds the key '{key}'")
            found[key] = item
            self.places[key] = self._called(file)
        return found

    def parameters(self) -> Parameters | None:
        """Read the numbers of the decision, if this folder has them."""
        file = self.folder / "parameters.yaml"
        return self._item(file, Parameters) if file.exists() else None

    def signs(self) -> dict[str, Sign]:
        """Read the signs of all families."""
        found: dict[str, Sign] = {}
        for file in sorted((self.folder / "signs").glob("*.csv")):
            for line, row in self._rows(file, SIGN_COLUMNS):
                days = row.pop("within_days")
                data: dict[str, Plain] = {**_named(row), "within_days": int(days) if days.isdigit() else None}
                if days and not days.isdigit():
                    self.fault(
                        file, line, f"'{days}' is not a whole number of days; leave within_days empty for always"
                    )
                sign = self._row(file, line, data, Sign)
                if sign is not None:
                    if sign.key in found:
                        self.fault(file, line, f"the sign '{sign.key}' stands in {self.places[sign.key]} already")
                    found[sign.key] = sign
                    self.places[sign.key] = self._called(file)
        return found

    def countries(self) -> dict[str, Country]:
        """Read the emergency numbers by country."""
        file = self.folder / "countries.csv"
        rows = self._rows(file, COUNTRY_COLUMNS) if file.exists() else iter(())
        made = (self._row(file, line, _named(row), Country) for line, row in rows)
        return {country.country: country for country in made if country is not None}

    def texts(self) -> dict[str, Bilingual]:
        """Read the sentences that pages and explanations say."""
        file = self.folder / "texts.csv"
        found: dict[str, Bilingual] = {}
        for line, row in self._rows(file, TEXT_COLUMNS) if file.exists() else ():
            text = self._row(file, line, {"en": row["en"], "es": row["es"]}, Bilingual)
            if text is not None:
                found[row["key"]] = text
        return found

    def activity_groups(self) -> dict[str, ActivityGroup]:
        """Read the groups of everyday activities, in the order of pages."""
        file = self.folder / "activity_groups.csv"
        found: dict[str, ActivityGroup] = {}
        for line, row in self._table(file, TEXT_COLUMNS):
            data: dict[str, Plain] = {"key": row["key"], "name": _both(row), "rank": len(found) + 1}
            self._keep(found, self._row(file, line, data, ActivityGroup), row["key"], file, line)
        return found

    def activities(self) -> dict[str, Activity]:
        """Read the everyday activities to tap, in the order of pages."""
        file = self.folder / "activities.csv"
        found: dict[str, Activity] = {}
        for line, row in self._table(file, ACTIVITY_COLUMNS):
            data: dict[str, Plain] = {name: row[name] for name in ("key", "group", "code")}
            data |= {name: self._yes_or_no(file, line, row[name]) for name in ("for_adult", "for_child")}
            data |= {"name": _both(row), "rank": len(found) + 1}
            data["search"] = {language: _listed(row[f"search_{language}"]) for language in Language}
            self._keep(found, self._row(file, line, data, Activity), row["key"], file, line)
            self.places[row["key"]], self.lines[row["key"]] = self._called(file), line
        return found

    def site_names(self) -> dict[Site, SiteName]:
        """Read what people call each part of the body; every one must be there."""
        file = self.folder / "sites.csv"
        found: dict[Site, SiteName] = {}
        for line, row in self._table(file, SITE_COLUMNS):
            data: dict[str, Plain] = {"site": row["site"], "view": row["view"], "name": _both(row)}
            for side in ("left", "right"):
                text = _both(row, f"{side}_")
                data[side] = text if any(text.values()) else None
            named = self._row(file, line, data, SiteName)
            if named is not None:
                self._keep(found, named, named.site, file, line)
        for site in Site:
            if site not in found:
                self.fault(file, 1, f"the part of the body '{site}' is missing")
        return found

    def wordings(self) -> list[Wording]:
        """Read all phrase banks."""
        found: list[Wording] = []
        for language in Language:
            for file in sorted((self.folder / "phrases" / language).glob("*.csv")):
                for line, row in self._rows(file, WORDING_COLUMNS):
                    data: dict[str, Plain] = {**row, "key": file.stem, "language": language.value, "line": line}
                    wording = self._row(file, line, data, Wording)
                    if wording is not None:
                        found.append(wording)
        return found

    def words(self) -> dict[Language, Words]:
        """Read the word tables of each language."""
        return {language: self._words_of(language) for language in Language}

    def _words_of(self, language: Language) -> Words:
        tables: dict[WordTable, dict[str, tuple[str, ...]]] = {}
        for table in WordTable:
            file = self.folder / "words" / language / f"{table}.csv"
            groups = tables.setdefault(table, {})
            for _line, row in self._rows(file, WORDS_COLUMNS) if file.exists() else ():
                words = tuple(word.strip() for word in row["words"].split("|") if word.strip())
                groups[row["group"]] = groups.get(row["group"], ()) + words
        return Words(language=language, tables=tables)

    def place(self, key: str) -> Path:
        """Find the file that an item came from."""
        return self.folder / self.places.get(key, "")

    def line(self, key: str) -> int:
        """Find the line that an item stands on: 1 if it has a file of its own."""
        return self.lines.get(key, 1)

    def _table(self, file: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        """Read the rows of a table that must be there."""
        if not file.exists():
            self.fault(file, 1, "this file is missing")
            return
        yield from self._rows(file, columns)

    def _keep(self, found: dict[Key, Shape], made: Shape | None, key: Key, file: Path, line: int) -> None:
        if made is None:
            return
        if key in found:
            self.fault(file, line, f"'{key}' stands here twice")
        found[key] = made

    def _yes_or_no(self, file: Path, line: int, word: str) -> bool:
        if word not in _YES_OR_NO:
            self.fault(file, line, f"'{word}' is not one of yes, no.{did_you_mean(word, _YES_OR_NO)}")
        return _YES_OR_NO.get(word, True)

    def _item(self, file: Path, shape: type[Shape]) -> Shape | None:
        if file.suffix != ".yaml":
            self.fault(file, 1, "only .yaml files belong here")
            return None
        text = self._text(file)
        if text is None:
            return None
        if text.count("\n") > MOST_LINES:
            self.fault(file, MOST_LINES, f"an item has at most {MOST_LINES} lines; this file has {text.count(chr(10))}")
        early: list[tuple[KeyPath, str]] = []
        data, lines = read_yaml(text, lambda path, message: early.append((path, message)))

        def report(path: KeyPath, message: str) -> None:
            self.fault(file, line_of(path, lines), message)

        for path, message in early:
            report(path, message)
        return None if early else build(shape, data, report)

    def _text(self, file: Path) -> str | None:
        try:
            return file.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            self.fault(file, error.object[: error.start].count(b"\n") + 1, "this is not UTF-8 text")
            return None

    def _rows(self, file: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
        text = self._text(file)
        if text is None:
            return
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        given = tuple(reader.fieldnames or ())
        for column in set(given) - set(columns):
            self.fault(file, 1, f"'{column}' is not a column here.{did_you_mean(column, columns)}")
        for column in set(columns) - set(given):
            self.fault(file, 1, f"the column '{column}' is missing")
        if sorted(given) != sorted(columns):
            return
        try:
            for row in reader:
                if None in row or None in row.values():
                    self.fault(
                        file, reader.line_num, f"a row has {len(columns)} columns; quote a text that holds a comma"
                    )
                else:
                    yield reader.line_num, {key: (value or "").strip() for key, value in row.items()}
        except csv.Error as error:
            self.fault(file, reader.line_num, f"this is not CSV: {error}")

    def _row(self, file: Path, line: int, data: Mapping[str, Plain], shape: type[Shape]) -> Shape | None:
        return build(shape, data, lambda _path, message: self.fault(file, line, message))

    def _called(self, file: Path) -> str:
        return file.relative_to(self.folder).as_posix()


def _named(row: Mapping[str, str]) -> dict[str, Plain]:
    """Fold the two name columns of a table into one bilingual name."""
    rest: dict[str, Plain] = {key: value for key, value in row.items() if not key.startswith("name_")}
    return {**rest, "name": {"en": row["name_en"], "es": row["name_es"]}}


def _both(row: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """Fold the columns of the two languages into one bilingual text."""
    return {language: row[f"{prefix}{language}"] for language in Language}


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.split(";") if word.strip()]
