"""Addresses of allauth under their own names, each view in our frame."""

from collections.abc import Iterable

from allauth import urls as allauth
from django.urls import URLPattern, URLResolver

from reable.web.accounts.frames import framed


def _framed(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    framed_: list[URLPattern | URLResolver] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            framed_.append(URLResolver(one.pattern, _framed(one.url_patterns), one.default_kwargs))
        else:
            framed_.append(URLPattern(one.pattern, framed(one.callback), one.default_args, one.name))
    return framed_


urlpatterns = _framed(allauth.urlpatterns)
