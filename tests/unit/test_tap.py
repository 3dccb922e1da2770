"""What a person taps instead of typing: activities with pictures, and the body map."""

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reable import assets as edge
from reable.knowledge import KnowledgeFaulty
from reable.knowledge.compile import read_folder
from reable.knowledge.shapes.tap import View, body_parts, grouped
from reable.terms import BodySide, Site

PORTAL = Path(edge.PACKAGE) / "web" / "portal"
SPRITE = PORTAL / "static" / "portal" / "activities.svg"
BODY_MAP = PORTAL / "templates" / "portal" / "body_map.html"
SVG = "{http://www.w3.org/2000/svg}"
MOST_SPRITE_BYTES = 60_000


@pytest.fixture(scope="module")
def knowledge():
    return edge.load_knowledge()


@pytest.fixture
def folder(tmp_path):
    """As much of the knowledge as the tables to tap need, for a test to break: all of it would take seconds to read."""
    tables = ("parameters.yaml", "activities.csv", "activity_groups.csv", "sites.csv")
    for name in (*tables, "limitations/d5400.yaml", "conditions/stroke.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(edge.DATA / name, tmp_path / name)
    return tmp_path


def svg_of(text):
    return ElementTree.fromstring(text)  # noqa: S314 - our own file


def drawn():
    """Read the figures of the body map: for each view, the values that can be tapped on it."""
    text = BODY_MAP.read_text(encoding="utf-8")
    values = {}
    for figure in text.split("<figure")[1:]:
        svg = svg_of(figure[figure.index("<svg") : figure.index("</svg>") + 6])
        sites = [element for element in svg.iter() if "data-site" in element.attrib]
        found = {":".join(filter(None, (e.get("data-site"), e.get("data-side")))) for e in sites}
        values.setdefault(View(svg.get("data-view")), set()).update(found)
    return values


def test_every_group_offers_a_handful_and_daily_life_is_not_second(knowledge):
    counts = {
        group.key: len(found) for group, found in grouped(knowledge.activity_groups, knowledge.activities, child=False)
    }
    more = [knowledge.categories[one.code] for one in knowledge.activities.values()]

    assert all(5 <= count <= 14 for count in counts.values()), counts
    assert sum(c.ot.grade > c.pt.grade for c in more) > sum(c.pt.grade > c.ot.grade for c in more)


def test_pages_keep_the_order_of_the_files(knowledge):
    groups = grouped(knowledge.activity_groups, knowledge.activities, child=False)

    assert groups[0][0].key == "dressing"
    assert [one.key for one in groups[0][1]][:2] == ["button_shirt", "put_on_shirt"]


def test_a_child_crawls_and_does_not_drive(knowledge):
    def keys(child):
        found = grouped(knowledge.activity_groups, knowledge.activities, child=child)
        return {one.key for _, activities in found for one in activities}

    assert {"crawl", "play_toys", "tie_shoelaces"} <= keys(child=True)
    assert "drive_car" not in keys(child=True)
    assert {"drive_car", "tie_shoelaces"} <= keys(child=False)
    assert "crawl" not in keys(child=False)


def test_names_and_keys_of_activities_are_told_apart(knowledge):
    for language in ("en", "es"):
        names = [getattr(one.name, language) for one in knowledge.activities.values()]
        assert len(names) == len(set(names))


def test_parts_of_the_body_go_from_head_to_foot_and_left_comes_first(knowledge):
    parts = {part.value: part for part in body_parts(knowledge.site_names)}

    assert next(iter(parts)) == "head"
    assert list(parts)[-2:] == ["foot:left", "foot:right"]
    assert parts["knee:left"].name.es == "Rodilla izquierda"
    assert parts["back"].side is BodySide.NONE
    assert not knowledge.site_names[Site.BACK].paired
    assert knowledge.site_names[Site.KNEE].paired


def test_the_compiled_form_gives_back_what_was_read(knowledge):
    read = read_folder(edge.DATA).knowledge

    assert (read.activities, read.activity_groups) == (knowledge.activities, knowledge.activity_groups)
    assert read.site_names == knowledge.site_names


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("activities.csv", "shirt,dressing,d5400", "shirt,dresing,d5400", "points to 'dresing', which does not exist. Did you mean 'dressing'?"),
        ("activities.csv", "shirt,dressing,d5400", "shirt,dressing,d5409", "points to 'd5409', which does not exist. Did you mean 'd540"),
        ("activities.csv", "shirt,dressing,d5400", "shirt,dressing,x5400", "is not an ICF category"),
        ("activities.csv", "d5400,yes,yes", "d5400,yess,yes", "'yess' is not one of yes, no. Did you mean 'yes'?"),
        ("activities.csv", "d5400,yes,yes", "d5400,no,no", "an activity is for adults, for children or for both"),
        ("activities.csv", "Button a shirt", "Button up all of my shirt", "at most 4 words in en"),
        ("activities.csv", "Button a shirt", "", "a text for people needs both"),
        ("activities.csv", "buttons; zipper; blouse; cuffs; get dressed", ";", "there are no search words in en"),
        ("activities.csv", "button_shirt,", "Button-shirt,", "'Button-shirt' is not a key"),
    ],
)  # fmt: skip
def test_a_faulty_activity_is_named_with_its_line(folder, name, old, new, fault):
    assert any(found.startswith(f"{name}:2: ") and fault in found for found in faults_after(folder, name, old, new))


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("activities.csv", "put_on_shirt,", "button_shirt,", "activities.csv:3: 'button_shirt' stands here twice"),
        ("activities.csv", "button_shirt,", "stroke,", "activities.csv:2: the key 'stroke' is used by 2 items"),
        ("activities.csv", "for_child,", "for_chld,", "activities.csv:1: 'for_chld' is not a column here. Did you mean 'for_child'?"),
        ("activity_groups.csv", "eating,", "washing,", "activity_groups.csv:4: 'washing' stands here twice"),
        ("sites.csv", "\nknee,", "\nkne,", "sites.csv:20: 'kne' is not one of"),
        ("sites.csv", "\nknee,", "\nkne,", "sites.csv:1: the part of the body 'knee' is missing"),
        ("sites.csv", "\nhead,both", "\nhead,sides", "sites.csv:2: 'sides' is not one of front, back, both"),
        ("sites.csv", "Left jaw,Mandíbula izquierda", ",", "sites.csv:4: a part of the body has names for both"),
        ("sites.csv", "\nface,", "\nhead,", "sites.csv:3: 'head' stands here twice"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_named_with_its_line(folder, name, old, new, fault):
    assert any(found.startswith(fault) for found in faults_after(folder, name, old, new))


@pytest.mark.parametrize("name", ["activities.csv", "activity_groups.csv", "sites.csv"])
def test_a_missing_table_is_a_fault(folder, name):
    (folder / name).unlink()

    assert f"{name}:1: this file is missing" in faults_of(folder)


def test_every_activity_has_one_picture_and_no_picture_is_left_over(knowledge):
    root = svg_of(SPRITE.read_text(encoding="utf-8"))

    assert sorted(symbol.get("id") for symbol in root) == sorted(f"a-{key}" for key in knowledge.activities)


def test_pictures_are_small_wordless_and_take_the_color_of_the_text():
    root = svg_of(SPRITE.read_text(encoding="utf-8"))
    style = {
        "viewBox": "0 0 64 64",
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": "3",
        "stroke-linejoin": "round",
    }

    assert SPRITE.stat().st_size < MOST_SPRITE_BYTES
    for symbol in root:
        assert style.items() <= symbol.attrib.items()
        assert {element.tag.removeprefix(SVG) for element in symbol} <= {"path", "circle", "ellipse", "rect"}
        assert not any({"fill", "stroke", "style"} & element.attrib.keys() for element in symbol)


def test_the_figures_show_every_part_on_the_views_that_it_is_seen_from(knowledge):
    values = drawn()

    for part in body_parts(knowledge.site_names):
        seen = knowledge.site_names[part.site].view
        assert (part.value in values[View.FRONT]) == (seen is not View.BACK), part.value
        assert (part.value in values[View.BACK]) == (seen is not View.FRONT), part.value
    known = {part.value for part in body_parts(knowledge.site_names)}
    assert values[View.FRONT] | values[View.BACK] == known


def faults_of(folder):
    with pytest.raises(KnowledgeFaulty) as caught:
        read_folder(folder)
    return [str(fault) for fault in caught.value.faults]


def faults_after(folder, name, old, new):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return faults_of(folder)
