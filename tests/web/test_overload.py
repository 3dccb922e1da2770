"""The danger pages stay reachable when every worker is busy: the web server hands them out by itself."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import pytest

THREADS = 4  # of the one worker
BUSY = 6  # requests that wait for the locked database


@pytest.fixture
def site(tmp_path):
    """A real server of one worker, with its database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "REABLE_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "reable.web.settings.demo"}
    env.pop("REABLE_DATABASE", None)
    command = [sys.executable, "-m", "reable", "serve", "--demo", "--workers", "1", "--port", str(port)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout:
            if "Reable is at" in line:
                break
        yield port, tmp_path / "reable.sqlite3"
    finally:
        server.terminate()
        server.communicate(timeout=300)


def get(port: int, path: str, timeout: float = 60) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=timeout)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def say(port: int, words: str) -> int:
    """Send the first form; it has to write, so it waits while the database is locked."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        connection.request("GET", "/")
        page = connection.getresponse()
        cookie = page.getheader("Set-Cookie").split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[1]
        body = f"csrfmiddlewaretoken={token}&statement={words.replace(' ', '+')}&whom=me"
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/", body, headers)
        return connection.getresponse().status


def test_the_danger_pages_are_there_when_every_worker_is_blocked(site):
    port, database = site
    assert get(port, "/")[0] == 200
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")

    with ThreadPoolExecutor(BUSY) as people:
        waiting = [people.submit(say, port, "my knee hurts on stairs") for _ in range(BUSY)]
        time.sleep(3)
        blocked = sum(not one.done() for one in waiting)
        status, page = get(port, "/help/en/")
        lock.execute("ROLLBACK")
        lock.close()
        answers = [one.result() for one in waiting]

    assert blocked >= THREADS
    assert (status, "In danger" in page or "danger now" in page) == (200, True)
    assert set(answers) == {302}
