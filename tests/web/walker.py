"""A person with a browser, in plain sentences; finds things as people do, by their words and roles."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from django.utils import translation
from django.utils.translation import gettext

AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Walker:
    """Walks through the pages with a mouse, a finger or only the keyboard."""

    def __init__(self, page: Any, address: str, *, language: str = "en", keyboard: bool = False) -> None:
        self.page, self.address, self.language, self.keyboard = page, address, language, keyboard
        self.seen: list[str] = []
        self.on_each_page: Callable[[Any], None] = lambda page: None

    def words(self, text: str) -> str:
        """Give an English text of the pages in the language of this walk."""
        with translation.override(self.language):
            return gettext(text)

    def opens(self, path: str = "/") -> None:
        self.page.goto(self.address + path)
        self._arrived()

    def writes(self, label: str, text: str) -> None:
        self.page.get_by_label(self.words(label), exact=True).fill(text)

    def ticks(self, label: str) -> None:
        field = self.page.get_by_label(self.words(label), exact=True).first
        if self.keyboard:
            field.focus()
            self.page.keyboard.press("Space")
        else:
            field.check()

    def ticks_here(self, name: str) -> None:
        """Tick what has this name in the language of the page already."""
        self.page.get_by_label(name, exact=True).first.check()

    def opens_fold(self, name: str) -> None:
        fold = self.page.locator("summary", has_text=name).first
        if self.keyboard:
            fold.focus()
            self.page.keyboard.press("Enter")
        else:
            fold.click()

    def takes_the_first_time(self) -> None:
        field = self.page.get_by_role("radio").first
        if self.keyboard:
            field.focus()
            self.page.keyboard.press("Space")
        else:
            field.check()

    def presses(self, name: str) -> None:
        """Press a button or follow a link that is named so."""
        text = self.words(name)
        button = self.page.get_by_role("button", name=text, exact=True)
        target = (button if button.count() else self.page.get_by_role("link", name=text, exact=True)).first
        with self.page.expect_navigation():  # a click does not wait for the page it leads to
            if self.keyboard:
                target.focus()
                self.page.keyboard.press("Enter")
            else:
                target.click()
        self._arrived()

    def answers_all(self, answer: str = "No") -> None:
        """Answer what is asked until the recommendation stands there."""
        for _ in range(15):
            if "/danger/" in self.page.url:
                self.ticks("None of these fits")
            elif "/question/" in self.page.url:
                self.ticks(answer)
            else:
                return
            self.presses("Go on")
        raise AssertionError("the questions never end")

    def reads(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def _arrived(self) -> None:
        self.seen.append(self.page.url)
        self.on_each_page(self.page)


def must_be_accessible(page: Any) -> None:
    """Find nothing with axe, no id twice, one heading, no sideways scroll."""
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", TAGS)
    assert not [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found["violations"]], page.url
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert not {id_ for id_ in ids if ids.count(id_) > 1}, page.url
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), (
        f"{page.url} scrolls sideways"
    )
