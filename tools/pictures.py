"""`make pictures`: screenshots of every page of the demo, phone and desktop, to look at. Into build/pictures.

With --readme the four pictures of the README are renewed in docs/pictures.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
WIDTHS = {"phone": 390, "desktop": 1280}
README = ("start-phone", "danger-phone", "recommendation-desktop", "olga-people-desktop")
DEEPER = ("/clinic/people/", "/clinic/referrals/", "/clinic/places/", "/clinic/safeguarding/")
QUIET = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"]
Shot = Callable[[str], None]


def the_way(page: Any, address: str, shot: Shot) -> None:
    """Walk the person's way to a booked evaluation."""
    for name, path in (("start", "/"), ("tap", "/tap/"), ("difference", "/difference/"), ("help", "/help/en/")):
        page.goto(address + path)
        shot(name)
    page.goto(address + "/")
    page.get_by_role("button", name="Go on").click()
    shot("start-error")
    say(page, "My face droops since this morning and my arm is weak", "")
    shot("danger")
    page.get_by_text("This is not happening now").click()
    shot("checked")
    page.goto(address + "/at/riverbend/")
    say(page, "I cannot button my shirt and my knee hurts when I walk", "I want to walk to the shop again")
    shot("understood")
    page.get_by_text("Add age, illnesses or operations").click()
    page.get_by_label("How old are you?").fill("52")
    shot("about")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="This is right, go on").click()
    shot("checklist")
    for _ in range(12):
        if "/danger/" in page.url:
            page.get_by_label("None of these fits").check()
        elif "/question/" in page.url:
            shot("question")
            page.get_by_label("No", exact=True).check()
        else:
            break
        page.get_by_role("button", name="Go on").click()
    shot("recommendation")
    way = page.url.rsplit("/", 2)[0]
    for name in ("letter", "link", "erase"):
        page.goto(f"{way}/{name}/")
        shot(name)
    books(page, way, shot)


def books(page: Any, way: str, shot: Shot) -> None:
    """Book, look at the booking, move and cancel."""
    page.goto(f"{way}/book/")
    shot("book")
    page.get_by_role("button", name="Show free times").click()
    shot("times")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Take this time").click()
    shot("contact")
    page.get_by_label("Name of the person who comes").fill("Rosa Example")
    page.get_by_label("Telephone").fill("212 555 0199")
    page.get_by_role("button", name="Book this visit").click()
    shot("booked")
    page.get_by_role("button", name="Choose another time").first.click()
    shot("move")
    page.go_back()
    page.get_by_role("button", name="Cancel this visit").first.click()
    shot("cancelled")
    page.goto(f"{way}/wait/")
    shot("wait")


def say(page: Any, statement: str, goal: str) -> None:
    """Fill in the first page."""
    page.get_by_label("Where are you stuck?").fill(statement)
    page.get_by_label("What do you want back?").fill(goal)
    page.get_by_role("button", name="Go on").click()


def the_clinic(page: Any, address: str, shot: Shot, who: str) -> None:
    """Sign in as somebody of the demo and open everything that their menu leads to."""
    page.goto(address + "/account/login/")
    shot("sign-in")
    page.get_by_role("button", name=re.compile(who)).first.click()

    def shown(path: str, more: str = "") -> None:
        place = path.strip("/").removeprefix("clinic/").replace("/", "-")
        shot(f"{who.lower()}-{place}{more}")

    links = page.locator(".re-sections a")
    paths = [links.nth(number).get_attribute("href") for number in range(links.count())]
    for path in paths:
        page.goto(address + str(path))
        shown(str(path))
        deeper = page.locator("main a[href*='-']").first
        if deeper.count() and path in DEEPER:
            deeper.click()
            shown(str(path), "-one")
        if path == "/clinic/safety/":
            inside = page.locator("main a[href^='/clinic/']").evaluate_all("all => all.map(a => a.pathname)")
            for other in dict.fromkeys(inside):
                page.goto(address + other)
                shown(other)
    if "/clinic/schedule/" in paths:
        page.goto(address + "/clinic/schedule/?view=week")
        shown("/clinic/schedule/", "-week")
        page.goto(address + "/clinic/book/")
        shown("/clinic/book/")


def main() -> None:
    """Run the demo in a folder of its own and take all pictures."""
    target = ROOT / "build" / "pictures"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="reable-pictures-") as folder:
        env = {**os.environ, "REABLE_VAR": folder}
        command = [sys.executable, "-m", "reable", "demo", "--port", "8700"]
        site = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            lines = iter(site.stdout or ())
            address = next(found[1] for line in lines if (found := re.search(r"Reable is at (\S+)/ ", line)))
            with sync_playwright() as play:
                sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
                chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
                browser = play.chromium.launch(executable_path=chromium, args=[*QUIET, *sandbox])
                for name, width in WIDTHS.items():
                    clinic = [(the_clinic, (who,)) for who in ("Olga", "Fay", "Mara", "Rhea")]
                    for walk, extra in ((the_way, ()), *clinic):
                        page = browser.new_context(viewport={"width": width, "height": 844}).new_page()

                        def shot(what: str, shown: Any = page, kind: str = name) -> None:
                            shown.screenshot(path=target / f"{what}-{kind}.png", full_page=True)

                        walk(page, address, shot, *extra)
                        page.context.close()
                browser.close()
        finally:
            site.terminate()
            site.wait()
    print(f"{len(list(target.glob('*.png')))} pictures in {target.relative_to(ROOT)}")
    if "--readme" in sys.argv:
        (ROOT / "docs" / "pictures").mkdir(exist_ok=True)
        for name in README:
            (ROOT / "docs" / "pictures" / f"{name}.png").write_bytes((target / f"{name}.png").read_bytes())


if __name__ == "__main__":
    main()
