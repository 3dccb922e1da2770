"""What a page costs: processor time for each request, p50 and p99 under 16 connections, weight of a first visit.

Run by `python -m bench.web`. It starts the demo clinic in a folder of its own and measures, beside it in the same run
and on the same server, a bare Django page that only says "ok". Medians of several rounds.
"""

import gzip
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

CONNECTIONS, REQUESTS, ROUNDS = 16, 320, 3
SERVER = (
    "-m",
    "granian",
    "--interface",
    "wsgi",
    "--workers",
    "1",
    "--blocking-threads",
    "4",
    "--no-ws",
    "--log-level",
    "warning",
)
TICKS = os.sysconf("SC_CLK_TCK")
GOAL_FIRST, GOAL_AFTER = 150, 30  # kB
TOKEN, KEY = r'name="csrfmiddlewaretoken" value="([^"]+)"', r'name="key" value="([^"]+)"'


class Visitor:
    """A browser without a screen: keeps cookies, follows where it is sent."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
            body = None
            if data is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                body = urlencode(data)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for line in answer.msg.get_all("Set-Cookie") or ():
                name, _, value = line.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def page(self, path: str) -> str:
        _status, headers, body = self.ask("GET", path)
        return (gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()

    def send(self, path: str, **fields: str) -> str:
        token = found(TOKEN, self.page(path))
        status, headers, _body = self.ask("POST", path, {"csrfmiddlewaretoken": token, **fields})
        expect(status, 302, path)
        return headers["location"]


def found(pattern: str, page: str) -> str:
    """Give what a pattern finds; without it the measurement means nothing."""
    match = re.search(pattern, page, re.DOTALL)
    if match is None:
        sys.exit(f"a page lacks {pattern}")
    return match[1]


def expect(status: int, wanted: int, path: str) -> None:
    """End the measurement when a page does not answer as it should."""
    if status != wanted:
        sys.exit(f"{path} answered {status}")


def shown(name: str, figures: tuple[float, float, float]) -> None:
    """Print a line of the table."""
    cpu, middle, slowest = figures
    print(f"{name:28} {cpu:8.2f} {middle:8.1f} {slowest:8.1f}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(application: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Start granian with one worker; gives its port and process id."""
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, *SERVER, "--port", str(port), application], env=env, start_new_session=True
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, running.pid
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def cpu_of(group: int) -> float:
    """Add up the processor seconds of a process group."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            total += int(fields[11]) + int(fields[12])
    return total / TICKS


def load(visitor: Visitor, path: str, pid: int) -> tuple[float, float, float]:
    """Give processor ms for each request, p50 and p99 in ms under all connections."""

    def one(_number: int) -> float:
        began = time.perf_counter()
        status, _headers, _body = visitor.ask("GET", path)
        expect(status, 200, path)
        return (time.perf_counter() - began) * 1000

    results = []
    with ThreadPoolExecutor(CONNECTIONS) as people:
        list(people.map(one, range(2 * CONNECTIONS)))
        for _ in range(ROUNDS):
            before = cpu_of(pid)
            times = list(people.map(one, range(REQUESTS)))
            cpu = (cpu_of(pid) - before) * 1000 / REQUESTS
            results.append((cpu, median(times), quantiles(times, n=100)[98]))
    return tuple(median(column) for column in zip(*results, strict=True))


def weight(visitor: Visitor, path: str) -> tuple[int, int]:
    """Give the bytes of a first visit with all that it loads, and of the page alone, packed as they are sent."""
    _status, _headers, page = visitor.ask("GET", path)
    html = visitor.page(path)
    parts = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', html))
    for script in [part for part in parts if part.endswith(".js")]:
        parts |= {f"/static/ui/{name}" for name in re.findall(r'from\s*"\./([^"]+)"', visitor.page(script))}
    return len(page) + sum(len(visitor.ask("GET", part)[2]) for part in parts), len(page)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="reable-bench-") as folder:
        env = {**os.environ, "REABLE_VAR": folder, "DJANGO_SETTINGS_MODULE": "reable.web.settings.demo"}
        env.pop("REABLE_DATABASE", None)
        subprocess.run(
            [sys.executable, "-m", "reable", "demo", "--no-serve"], env=env, check=True, stdout=subprocess.DEVNULL
        )
        prepare = "from reable.web.operations.site import open_site; open_site(demo=True); from reable.web.operations.serve import prepare; prepare(lambda said: None)"
        subprocess.run([sys.executable, "-c", prepare], env=env, check=True)
        print(f"{CONNECTIONS} connections, {REQUESTS} requests, median of {ROUNDS} rounds, one worker\n")
        print(f"{'page':28} {'cpu ms':>8} {'p50 ms':>8} {'p99 ms':>8}")
        bare = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
        with server("bench.bare:application", bare) as (port, pid):
            shown("a bare Django page", load(Visitor(port), "/", pid))
        with server("reable.web.wsgi:application", env) as (port, pid):
            person = Visitor(port)
            first, after = weight(person, "/")
            way = person.send("/", statement="I cannot button my shirt", whom="me").rsplit("/", 2)[0]
            asked, path = f"{way}/question/?ask=limitation:d5400", f"{way}/danger/"
            while path.rstrip("/").rsplit("/", 1)[-1] in ("danger", "question"):
                if path.endswith("/danger/"):
                    path = person.send(path, signs="none")
                else:
                    path = person.send(path, answer="no", key=found(KEY, person.page(path)))
            for name, path in (("start", "/"), ("a question", asked), ("recommendation", f"{way}/recommendation/")):
                shown(name, load(person, path, pid))
            staff = Visitor(port)
            page = staff.page("/account/login/")
            form = page.split("<strong>Priya")[1]
            who = {field: found(rf'name="{field}"[^>]*value="([^"]+)"', form) for field in ("person", "clinic")}
            staff.ask("POST", "/account/demo/", {"csrfmiddlewaretoken": found(TOKEN, page), **who})
            shown("the schedule of a week", load(staff, "/clinic/schedule/", pid))
        print(
            f"\nfirst visit {first / 1000:.0f} kB (goal {GOAL_FIRST}), a page after it {after / 1000:.0f} kB (goal {GOAL_AFTER}), packed"
        )


if __name__ == "__main__":
    main()
