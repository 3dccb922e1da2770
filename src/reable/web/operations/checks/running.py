"""Checks of what only a running site has: collected files, danger pages, ticks, seals, signatures."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from reable.assets import COMPILED, ITEMS
from reable.web.operations.checks.finding import Finding, bad, fail, ok, warn
from reable.web.operations.site import operator, var
from reable.web.records.selectors.audit import oldest_unsealed
from reable.web.records.selectors.clinics import all_clinics
from reable.web.records.selectors.governance import going_live

LATE = timedelta(minutes=10)
HEARTBEAT = "tick.json"


def static() -> Finding:
    """Are styles and scripts collected?"""
    name, root = "static files", Path(settings.STATIC_ROOT)
    if not (root / "staticfiles.json").exists() and not any(root.glob("*")):
        return bad(name, "not collected", "Start the site with `reable serve`: it collects them.")
    return ok(name, f"in {root}")


def help_pages() -> Finding:
    """Are the danger pages written, so that they need no database and no worker?"""
    name, folder = "danger pages", Path(settings.HELP_PAGES)
    pages = sorted(folder.rglob("*.html"))
    if not pages:
        return bad(name, "not written", "Start the site with `reable serve`: it writes them.")
    if min(page.stat().st_mtime for page in pages) < (COMPILED / ITEMS).stat().st_mtime:
        return warn(name, "older than the knowledge", "Start the site anew: it writes them again.")
    return ok(name, f"{len(pages)} pages")


def ticked() -> Finding:
    """Is what is due being done: reminders, expiry, seals?"""
    name, beat = "tick", var(HEARTBEAT)
    todo = "Run `reable tick` beside the site, or `reable serve --with-tick`."
    if not beat.exists():
        return bad(name, "never ran here", todo)
    last = json.loads(beat.read_text(encoding="utf-8"))
    when = datetime.fromisoformat(last["at"])
    if datetime.now(UTC) - when > LATE:
        return bad(name, f"last ran {when:%Y-%m-%d %H:%M} UTC", todo)
    if last["failed"]:
        return bad(name, f"the last one failed ({last['failed']})", "Look into the log.")
    return ok(name, f"last ran {when:%H:%M} UTC")


def sealed() -> Finding:
    """Is the audit sealed soon after it is written?"""
    name, oldest = "seals of the audit", oldest_unsealed(operator())
    if oldest is not None and datetime.now(UTC) - oldest > LATE:
        return bad(name, f"entries wait since {oldest:%Y-%m-%d %H:%M} UTC", "Let `reable tick` run.")
    return ok(name, "all sealed" if oldest is None else "the latest entries wait for the next tick")


def live() -> Finding:
    """Has a clinic signed what it must before it takes people (S40)?"""
    name = "going live"
    if settings.DEMO:
        return ok(name, "the demo: nothing is signed, and every page says so")
    clinics = all_clinics(operator())
    missing = {clinic.slug: going_live(clinic.id) for clinic in clinics}
    waiting = "; ".join(f"{slug}: {', '.join(map(_in_words, parts))}" for slug, parts in missing.items() if parts)
    todo = (
        "A licensed therapist of the clinic signs; a named person accepts the residual risk; a manager names the "
        "safeguarding clinician and writes the local steps. See `reable signing status`."
    )
    if not clinics:
        return warn(name, "there is no clinic yet", "Make one; see docs/how-to/run-a-clinic.md.")
    if all(missing.values()):
        return fail(name, f"nobody is taken: not ready for {waiting}", todo)
    return warn(name, f"not ready for {waiting}", todo) if waiting else ok(name, "signed at the version in force")


def _in_words(part: str) -> str:
    says = {
        "safeguarding_clinician": "no safeguarding clinician is named",
        "safeguarding_steps": "the local safeguarding steps are not written",
    }
    return says.get(part, f"{part} not signed")
