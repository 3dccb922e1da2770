"""`reable serve`: make ready, start the web server, tick beside it, and stop everything cleanly."""

import errno
import http.client
import os
import socket
import subprocess  # the web server runs as a process of its own, without this one's connections and threads
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections

from reable.errors import ReableError
from reable.web.operations.checks.finding import Verdict
from reable.web.operations.doctor import must_be_fit
from reable.web.operations.site import var
from reable.web.operations.stopping import told_to_stop
from reable.web.operations.ticking import keep_ticking
from reable.web.portal.help_pages import write_help_pages

APPLICATION = "reable.web.wsgi:application"
WORKERS = 2
MOST_PORTS = 20  # tried one after the other, where the demo's is taken
_UNTIL_UP, _UNTIL_DOWN = 60, 15  # seconds
_HELP_KEPT = 600  # seconds for which a browser may keep a danger page: a number that changes is soon right

Announce = Callable[[str], None]


class PortTaken(ReableError):
    """Something else listens where the site should."""

    code = "web.port_taken"

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} is taken.", hint="Stop what listens there, or give another --port.")


class DidNotStart(ReableError):
    """The web server ended before it answered."""

    code = "web.did_not_start"

    def __init__(self) -> None:
        super().__init__("The web server did not start; what it said stands above.")


def serve(
    host: str = "127.0.0.1", port: int = 8000, *, workers: int = WORKERS, with_tick: bool = False, announce: Announce
) -> int:
    """Run the site until Ctrl-C or SIGTERM; the demo migrates and ticks by itself.

    The site must be open. Raises: NotFit, PortTaken, DidNotStart.
    """
    prepare(announce)
    port = free_port(host, port, announce=announce)
    tick = settings.DEMO or with_tick
    with told_to_stop() as stop, _web_server(host, port, workers) as server, _ticking(stop, wanted=tick):
        _wait_until_up(server, host, port, stop)
        if not stop.is_set():
            announce(f"Reable is at {_address(host, port)} (stop it with Ctrl-C)")
        while not stop.wait(0.5):
            if server.poll() is not None:
                announce("the web server ended by itself")
                return 1
    announce("stopped")
    return 0


def prepare(announce: Announce) -> None:
    """Bring the demo's tables up to date, refuse what is not fit, collect static files, write the danger pages."""
    os.umask(0o077)  # what the site writes is for this account only
    var().mkdir(parents=True, exist_ok=True)
    if settings.DEMO:
        call_command("migrate", interactive=False, verbosity=0)
    for finding in must_be_fit():
        if finding.verdict is not Verdict.OK:
            announce(f"{finding.verdict}: {finding.name}: {finding.said}. {finding.todo}")
    collect_static()
    write_help_pages(Path(settings.HELP_PAGES))
    connections.close_all()


def collect_static() -> bool:
    """Collect static files, hashed and compressed, unless nothing has changed since the last time."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    found = sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda one: one[0]):
            facts = os.stat(storage.path(name))
            found.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    if mark.exists() and mark.read_text(encoding="utf-8") == found.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(found.hexdigest(), encoding="utf-8")
    return True


def free_port(host: str, port: int, *, announce: Announce) -> int:
    """Give the port, or in the demo the next free one. Raises: PortTaken."""
    for candidate in range(port, port + MOST_PORTS):
        if _is_free(host, candidate):
            return candidate
        if not settings.DEMO:  # a proxy in front would look for it in vain
            break
        announce(f"port {candidate} is taken, trying the next one")
    raise PortTaken(port)


def command(host: str, port: int, workers: int) -> list[str]:
    """Give the web server's command line.

    It hands out the danger pages itself: they are there also when every worker is busy. Static files stay with the
    workers, which send them compressed and let browsers keep them; this server can do neither.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "10", "--log-level", "warning"),
        *("--static-path-route", "/help", "--static-path-mount", str(settings.HELP_PAGES)),
        *("--static-path-dir-to-file", "index.html", "--static-path-expires", str(_HELP_KEPT)),
        APPLICATION,
    ]


@contextmanager
def _web_server(host: str, port: int, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(command(host, port, workers))  # noqa: S603 - a fixed command, no shell
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(_UNTIL_DOWN)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextmanager
def _ticking(stop: Event, *, wanted: bool) -> Iterator[None]:
    thread = Thread(target=keep_ticking, args=(stop,), name="tick", daemon=True)
    if wanted:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        if wanted:
            thread.join(_UNTIL_DOWN)


def _wait_until_up(server: subprocess.Popen[bytes], host: str, port: int, stop: Event) -> None:
    until = time.monotonic() + _UNTIL_UP
    while not stop.wait(0.1):
        if server.poll() is not None or time.monotonic() > until:
            raise DidNotStart
        try:
            asked = http.client.HTTPConnection(_own(host), port, timeout=5)
            asked.request("GET", "/health/live/")
            asked.getresponse()
        except (OSError, http.client.HTTPException):
            continue
        return


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def _own(host: str) -> str:
    """Where this machine reaches what listens at `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def _address(host: str, port: int) -> str:
    own = _own(host)
    return f"http://{f'[{own}]' if ':' in own else own}:{port}/"
