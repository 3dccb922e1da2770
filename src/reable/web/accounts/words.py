"""What things of accounts are called on pages."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reable.web.accounts.forms import RELATIONS
from reable.web.accounts.models import RoleName
from reable.web.accounts.selectors import Factors
from reable.web.ui.parts import Link, Row, Text


def role(name: str) -> str:
    """Name a role, or what somebody is without one."""
    others = {"patient": _("Patient"), "carer": _("Helps a patient")}
    return others[name] if name in others else str(RoleName(name).label)


def roles(names: Iterable[str]) -> str:
    """Name several."""
    return ", ".join(role(name) for name in names)


def relation(name: str) -> Text:
    """Name who a carer is to the patient."""
    return dict(RELATIONS).get(name, name)


def another_way(method: str) -> str:
    """Name another way to show that it is still the same person."""
    return {
        "reauthenticate": _("Use your password"),
        "mfa_reauthenticate": _("Use a code"),
        "mfa_reauthenticate:webauthn": _("Use your passkey"),
    }.get(method, _("Use another way"))


def factor_rows(has: Factors, codes_left: int) -> tuple[Row, ...]:
    """List the second steps with what can be done about each."""
    made = ngettext("You have %(n)d passkey.", "You have %(n)d passkeys.", has.keys) % {"n": has.keys}
    left = ngettext("%(n)d code is left.", "%(n)d codes are left.", codes_left) % {"n": codes_left}
    rows = [
        Row(
            key=_("Passkey"),
            value=made if has.keys else _("You have none."),
            actions=(
                *((_link(_("Look at them"), "mfa_list_webauthn", _("Passkey")),) if has.keys else ()),
                _link(_("Make one"), "mfa_add_webauthn", _("Passkey")),
            ),
        ),
        Row(
            key=_("App with codes"),
            value=_("It is connected.") if has.app else _("You have none."),
            actions=(
                _link(_("Remove"), "mfa_deactivate_totp", _("App with codes"))
                if has.app
                else _link(_("Connect"), "mfa_activate_totp", _("App with codes")),
            ),
        ),
    ]
    if has.any:
        show = (_link(_("Show"), "mfa_view_recovery_codes", _("Recovery codes")),) if has.codes else ()
        new = _link(_("Make new ones"), "mfa_generate_recovery_codes", _("Recovery codes"))
        rows.append(Row(key=_("Recovery codes"), value=left, actions=(*show, new)))
    return tuple(rows)


def _link(text: str, name: str, hidden: str) -> Link:
    return Link(text=text, href=reverse(name), hidden=f"({hidden})")
