"""`reable doctor`, `reable serve` and `reable tick`: plain findings, danger pages without workers, a clean stop."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from reable.cli.main import main
from reable.web import core
from reable.web.operations import doctor, ticking
from reable.web.operations.checks import data, running, site
from reable.web.operations.checks.finding import Verdict
from reable.web.operations.serve import PortTaken, collect_static, free_port
from reable.web.operations.stopping import told_to_stop
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import AccessEntry, AuditSeal, Clinic
from reable.web.records.services.audit import note_access
from reable.web.records.services.seal import seal

pytestmark = pytest.mark.django_db
POSTGRES = connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def real_use(settings):
    """Settings as a real clinic has them."""
    settings.DEMO = False
    settings.SECRET_KEY = "".join(chr(33 + n % 90) for n in range(0, 180, 2))
    settings.ALLOWED_HOSTS = ["clinic.example.org"]
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        setattr(settings, name, True)
    settings.SECURE_HSTS_SECONDS = 3600
    return settings


def make_clinic(**fields):
    given = {"slug": "n", "name": "N", "telephone": "5", "time_zone": "UTC", "country": "US", **fields}
    return Clinic.objects.create(**given)


def test_every_finding_that_is_not_fine_says_what_to_do():
    findings = doctor.examine()

    assert len(findings) == len(doctor.ALL)
    assert len({finding.name for finding in findings}) == len(findings)
    assert all(bool(finding.todo) == (finding.verdict is not Verdict.OK) for finding in findings)
    assert not [finding for finding in findings if "could not be looked at" in finding.said]


def test_the_command_shows_findings_and_its_exit_code_says_if_any_fails(capsys, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert main(["doctor", "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert {finding["verdict"] for finding in findings} <= {"ok", "warn"}

    settings.DEBUG = True
    assert main(["doctor"]) == 1
    assert "FAIL settings: DEBUG is on" in capsys.readouterr().out


def test_a_demo_that_other_machines_can_reach_fails(settings):
    settings.ALLOWED_HOSTS = ["localhost", "clinic.example.org"]

    assert site.mode().verdict is Verdict.FAIL


@pytest.mark.parametrize("key", ["short", "a" * 60, "django-insecure-" + "abcdefghijklmnopqrstuvwxyz" * 3])
def test_a_key_that_can_be_guessed_fails(real_use, key):
    assert site.secret_key().verdict is Verdict.OK
    real_use.SECRET_KEY = key

    assert site.secret_key().verdict is Verdict.FAIL


@pytest.mark.parametrize("names", [[], ["*"], ["clinic.example.org", "*"]])
def test_a_site_that_answers_to_any_name_fails(real_use, names):
    assert site.hosts().verdict is Verdict.OK
    real_use.ALLOWED_HOSTS = names

    assert site.hosts().verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "name", ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS"]
)
def test_what_goes_unencrypted_fails(real_use, name):
    assert site.https().verdict is Verdict.OK
    setattr(real_use, name, False)

    assert name in site.https().said


def test_mail_is_tried_and_a_silent_server_fails(real_use):
    real_use.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    real_use.EMAIL_HOST = "127.0.0.1"
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        real_use.EMAIL_PORT = server.getsockname()[1]
        assert site.mail().verdict is Verdict.OK

    assert site.mail().verdict is Verdict.FAIL


def test_mail_that_goes_nowhere_fails_in_real_use(real_use):
    assert site.mail().verdict is Verdict.FAIL
    real_use.DEMO = True
    assert site.mail().verdict is Verdict.WARN


def test_static_files_are_collected_only_when_one_has_changed(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STATICFILES_DIRS = [tmp_path / "own"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.css").write_text("a{}", encoding="utf-8")

    assert collect_static()
    assert not collect_static()
    (tmp_path / "own" / "a.css").write_text("a{color:red}", encoding="utf-8")
    later = time.time() + 5
    os.utime(tmp_path / "own" / "a.css", (later, later))
    assert collect_static()

    assert (tmp_path / "static" / "a.css").read_text(encoding="utf-8") == "a{color:red}"


def test_sms_that_go_nowhere_are_said(real_use):
    assert site.sms().verdict is Verdict.WARN


def test_a_clock_before_the_building_of_this_reable_fails(monkeypatch):
    class Past(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime(2001, 1, 1, tzinfo=zone)

    monkeypatch.setattr(site, "datetime", Past)

    assert site.clock().verdict is Verdict.FAIL


@pytest.mark.skipif(POSTGRES, reason="asks SQLite")
def test_settings_that_could_lose_what_was_written_fail(real_use):
    assert data.durability().verdict is Verdict.OK
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
    wanted = dict(data._SQLITE)
    try:
        data._SQLITE["synchronous"] = 3  # as if the settings asked for more than the database does
        assert data.durability().verdict is Verdict.FAIL
        assert data.durability().said == "synchronous is 2, not 3"
    finally:
        data._SQLITE.update(wanted)


@pytest.mark.skipif(not POSTGRES, reason="asks PostgreSQL; the test's server runs without fsync")
def test_a_server_without_fsync_fails(real_use):
    assert "fsync is off" in data.durability().said
    assert data.durability().verdict is Verdict.FAIL


def test_the_tables_fit():
    assert data.migrations().verdict is Verdict.OK


@pytest.mark.parametrize(("field", "what"), [("emergency_number", "emergency number"), ("suicide_line", "crisis line")])
def test_a_country_without_a_number_to_call_fails(monkeypatch, field, what):
    knowledge = core.knowledge()
    without = replace(knowledge.countries["US"], **{field: " "})
    changed = replace(knowledge, countries={**knowledge.countries, "US": without})
    monkeypatch.setattr(core, "knowledge", lambda: changed)

    assert data.countries().verdict is Verdict.FAIL
    assert data.countries().said == f"US: no {what}"


def test_a_country_that_is_not_known_fails(settings):
    settings.REABLE_COUNTRY = "XX"

    assert data.countries().said == "XX: nothing is known"


def test_each_clinics_own_country_counts():
    make_clinic(country="YY")

    assert data.countries().verdict is Verdict.FAIL


def test_a_country_written_from_memory_is_a_warning(settings):
    settings.REABLE_COUNTRY = "CL"

    assert data.countries().verdict is Verdict.WARN
    assert "CL: written from memory" in data.countries().said


def test_a_time_zone_that_does_not_exist_fails():
    make_clinic(time_zone="Atlantis/North")

    assert data.time_zones().verdict is Verdict.FAIL


def test_a_tick_that_is_late_fails(real_use, own_folder):
    assert running.ticked().said == "never ran here"
    long_ago = datetime.now(UTC) - timedelta(minutes=11)
    (own_folder / "tick.json").write_text(json.dumps({"at": long_ago.isoformat(), "failed": ""}), encoding="utf-8")

    assert running.ticked().verdict is Verdict.FAIL


def fails(now):
    raise RuntimeError("made up")


def test_a_tick_that_failed_is_said(real_use, monkeypatch):
    monkeypatch.setitem(ticking.ACTS, "what is due", fails)
    monkeypatch.setattr(ticking.connections, "close_all", lambda: None)  # the test's own connection stays

    assert ticking.run_once(datetime.now(UTC)) == ("what is due",)

    assert running.ticked().verdict is Verdict.FAIL
    assert "what is due" in running.ticked().said


def test_a_tick_seals_the_audit_even_if_other_work_failed(monkeypatch):
    monkeypatch.setitem(ticking.ACTS, "what is due", fails)
    monkeypatch.setattr(ticking.connections, "close_all", lambda: None)
    note_access(Actor(kind=ActorKind.PT), act="x", method="GET", status=200, request_id="r")

    ticking.run_once(datetime.now(UTC))

    assert AuditSeal.objects.count() == 1


@pytest.mark.parametrize(("minutes", "verdict"), [(5, Verdict.OK), (20, Verdict.FAIL)])
def test_an_audit_that_is_not_sealed_for_long_fails(real_use, minutes, verdict):
    clinic = make_clinic()
    note_access(Actor(kind=ActorKind.PT, clinic_id=clinic.id), act="x", method="GET", status=200, request_id="r")
    seal(datetime.now(UTC))
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    AccessEntry.objects.create(clinic=clinic, at=at, request_id="r", actor="pt", act="x", method="GET", status=200)

    assert running.sealed().verdict is verdict


def test_nobody_is_taken_before_a_clinic_has_signed(real_use):
    assert running.live().verdict is Verdict.WARN  # there is no clinic
    make_clinic()

    assert running.live().verdict is Verdict.FAIL
    assert "red_flags" in running.live().said


def test_a_real_site_that_is_not_fit_does_not_start_and_the_demo_does(real_use):
    real_use.SECRET_KEY = "x" * 60

    with pytest.raises(doctor.NotFit, match="secret key: it can be guessed"):
        doctor.must_be_fit()
    real_use.DEMO, real_use.ALLOWED_HOSTS = True, ["localhost"]
    assert doctor.must_be_fit()


def test_a_check_that_breaks_does_not_hide_the_others():
    def broken():
        raise RuntimeError("x")

    findings = doctor.examine([broken, site.disk])

    assert [finding.verdict for finding in findings] == [Verdict.FAIL, Verdict.OK]


def test_a_port_that_is_taken_is_said_and_the_next_is_used_in_the_demo_only(settings):
    said = []
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        taken = other.getsockname()[1]

        assert free_port("127.0.0.1", taken, announce=said.append) > taken
        assert said[0] == f"port {taken} is taken, trying the next one"

        settings.DEMO = False
        with pytest.raises(PortTaken):
            free_port("127.0.0.1", taken, announce=said.append)


def python(*arguments, **environment):
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("REABLE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *arguments], env={**inherited, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture
def real(tmp_path):
    """The environment of a real clinic's site."""
    return {
        "DJANGO_SETTINGS_MODULE": "reable.web.settings.production", "REABLE_SECRET_KEY": "k" * 60,
        "REABLE_HOSTS": "clinic.example.org", "REABLE_DATABASE": f"sqlite:{tmp_path / 'c.sqlite3'}",
        "REABLE_FROM": "clinic@example.org", "REABLE_VAR": str(tmp_path),
        "REABLE_ADDRESS": "https://clinic.example.org", "REABLE_MAIL_HOST": "localhost",
    }  # fmt: skip


def test_after_migrate_somebody_can_sign_in_on_a_real_site(real):
    migrated = python("-m", "django", "migrate", "--verbosity", "0", **real)
    code = (
        "import django; django.setup(); from django.core.cache import cache; cache.set('a', 1); print(cache.get('a'))"
    )

    counted = python("-c", code, **real)

    assert migrated.returncode == 0, migrated.stderr
    assert counted.stdout == "1\n", counted.stderr


@pytest.mark.parametrize("name", ["REABLE_SECRET_KEY", "REABLE_HOSTS", "REABLE_DATABASE", "REABLE_FROM"])
def test_missing_settings_are_said_in_plain_words(name, real):
    done = python("-m", "reable", "doctor", **{key: value for key, value in real.items() if key != name})

    assert done.returncode == 1
    assert f"FAIL settings: {name} is not set" in done.stdout


def test_commands_of_the_core_never_load_the_site():
    code = (
        "import sys; from reable.cli.main import main\n"
        "assert main(['navigate', 'I want to walk without pain']) == 0 and main(['difference']) == 0\n"
        "assert not {'django', 'granian', 'psycopg', 'sqlite3'} & set(sys.modules)"
    )

    done = python("-c", code)

    assert done.returncode == 0, done.stderr


def test_the_demo_is_never_opened_over_other_settings():
    done = python("-m", "reable", "doctor", "--demo", DJANGO_SETTINGS_MODULE="reable.web.settings.production")

    assert done.returncode == 1
    assert "--demo was given, but DJANGO_SETTINGS_MODULE says" in done.stdout


def ask(port, address, timeout=60):
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    with closing(asked):
        asked.request("GET", address)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()


def free():
    with closing(socket.create_server(("127.0.0.1", 0))) as tried:
        return tried.getsockname()[1]


@contextmanager
def site_that_runs(folder):
    """The demo, with one worker, as `reable serve --demo` runs it; gives its process and port."""
    port = free()
    environment = {
        **os.environ, "REABLE_VAR": str(folder), "REABLE_DATABASE": f"sqlite:{folder / 'reable.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "reable.web.settings.demo",
    }  # fmt: skip
    words = [sys.executable, "-m", "reable", "serve", "--demo", "--workers", "1", "--port", str(port)]
    with (folder / "said").open("w", encoding="utf-8") as said:
        process = subprocess.Popen(words, env=environment, stdout=said, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 600
        while "Reable is at" not in (folder / "said").read_text(encoding="utf-8"):
            assert process.poll() is None, (folder / "said").read_text(encoding="utf-8")
            assert time.monotonic() < until
            time.sleep(0.2)
        yield process, port
    finally:
        process.kill()
        process.wait()


def children(process):
    tasks = Path(f"/proc/{process.pid}/task")
    found = [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]
    return found + [grandchild for child in found for grandchild in children_of(child)]


def children_of(pid):
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts processes as Linux does")
def test_the_danger_pages_are_served_while_every_worker_is_busy(own_folder):
    """Forms whose end never comes hold every thread of the only worker; the danger pages answer all the same."""
    with site_that_runs(own_folder) as (process, port), ExitStack() as stack:
        assert ask(port, "/health/ready/")[0] == 200
        _status, index = ask(port, "/help/en/")
        page = index.split('href="/help/en/')[1].split('"')[0]
        busy = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(12)]
        for one in busy:
            one.sendall(
                b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n\r\nstatement="
            )
        time.sleep(1)

        with pytest.raises((TimeoutError, OSError)):
            ask(port, "/health/live/", timeout=2)
        assert ask(port, "/help/en/") == (200, index)
        assert ask(port, f"/help/en/{page}")[0] == 200
        assert ask(port, "/help/es/")[0] == 200

        stack.close()
        done = python("-m", "reable", "doctor", "--demo", "--json", REABLE_VAR=str(own_folder))
        found = {finding["name"]: finding["verdict"] for finding in json.loads(done.stdout)}
        of_a_running_site = ("database", "durability", "tables", "static files", "danger pages", "who can read")
        assert [found[name] for name in of_a_running_site] == ["ok"] * 6
        running_ = children(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(300) == 0
        assert running_
        assert not [pid for pid in running_ if Path(f"/proc/{pid}").exists()]
        assert json.loads((own_folder / "tick.json").read_text(encoding="utf-8"))["at"]
    assert (own_folder / "said").read_text(encoding="utf-8").rstrip().endswith("stopped")
    assert (own_folder / "reable.sqlite3").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop_is_noticed_and_afterwards_all_is_as_before(number):
    before = signal.getsignal(number)

    with told_to_stop() as stop:
        signal.raise_signal(number)
        assert stop.wait(1)

    assert signal.getsignal(number) == before
