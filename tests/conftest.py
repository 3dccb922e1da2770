"""What all tests share: the assets, loaded once, and short ways to ask."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

from reable import navigate as core
from reable.assets import Assets, load
from reable.navigate import Navigation
from reable.navigate.record import to_record

settings.register_profile("fixed", deadline=None, derandomize=True)
settings.load_profile("fixed")
os.environ.pop("REABLE_COUNTRY", None)

Ask = Callable[..., Navigation]


@pytest.fixture(scope="session")
def assets() -> Assets:
    return load()


@pytest.fixture(scope="session")
def ask(assets: Assets) -> Ask:
    """Ask as the batch form does: `ask("I want to walk", age=70, conditions=["stroke"])`."""

    def asked(text: str, **fields: Any) -> Navigation:
        inquiry = core.inquiry_from({"text": text, **fields}, knowledge=assets.knowledge)
        return core.navigate(inquiry, knowledge=assets.knowledge, understander=assets.understander)

    return asked


@pytest.fixture(scope="session")
def record(ask: Ask, assets: Assets) -> Callable[..., dict[str, Any]]:
    """Ask, and get the record of the batch form."""

    def asked(text: str, **fields: Any) -> dict[str, Any]:
        return to_record(ask(text, **fields), id_=None, knowledge=assets.knowledge, versions=assets.versions)

    return asked
