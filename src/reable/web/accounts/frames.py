"""Give allauth's pages our frame: each of its contexts becomes one frozen page; a form with problems answers 422."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from allauth.account import app_settings as account
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reable.web.accounts import pages, words
from reable.web.accounts.forms import AskCodeForm
from reable.web.accounts.selectors import DemoAccount, demo_accounts, factors_of
from reable.web.ui.pages import MessagePage
from reable.web.ui.parts import Link, Problem, Row, Text

Context = Mapping[str, Any]
Build = Callable[[HttpRequest, Context], Any]
View = Callable[..., HttpResponse]


def framed(view: View) -> View:
    """Wrap a view of allauth: its templates see {"page": page} and nothing else."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            _frame(request, response)
        return response

    return inner


def _frame(request: HttpRequest, response: TemplateResponse) -> None:
    names = response.template_name
    name = str(names[0] if isinstance(names, list | tuple) else names)
    context = response.context_data or {}
    if name not in BUILD or "page" in context:
        return
    page = BUILD[name](request, context)
    response.context_data = {"page": page}
    if request.method == "POST" and getattr(page, "errors", None):
        response.status_code = 422


def problems(form: BaseForm | None) -> tuple[Problem, ...]:
    """List what is wrong with a form; a hidden field cannot be gone to."""
    if form is None or not form.is_bound:
        return ()
    hidden = {f"#{field.auto_id}" for field in form.hidden_fields()}
    found: tuple[Problem, ...] = form.problems()  # type: ignore[attr-defined]
    return tuple(Problem(text=one.text, href="" if one.href in hidden else one.href) for one in found)


def _form(title: Text, *, back: str = "", action: str = "") -> Build:
    def build(request: HttpRequest, context: Context) -> pages.FormPage:
        form = context["form"]
        return pages.FormPage(
            title=title,
            back=reverse(back) if back else "",
            errors=problems(form),
            next=context.get("redirect_field_value") or "",
            form=form,
            action=context.get("action_url") or (reverse(action) if action else ""),
        )

    return build


def _message(title: Text, *lines: Text, home: bool = False) -> Build:
    def build(request: HttpRequest, context: Context) -> MessagePage:
        return MessagePage(
            title=title,
            lines=lines,
            links=(Link(text=_("Go to the sign-in page"), href=reverse("account_login")),),
            home=home,
        )

    return build


def _sign_in(request: HttpRequest, context: Context) -> pages.SignInPage:
    form = context["form"]
    people = demo_accounts() if settings.DEMO else ()
    return pages.SignInPage(
        title=_("Sign in"),
        errors=problems(form),
        next=context.get("redirect_field_value") or "",
        form=form,
        code_form=AskCodeForm(),
        timed_out="idle" in request.GET,
        minutes=int(settings.STAFF_IDLE_MINUTES),
        people=tuple(map(_demo_person, people)),
    )


def _demo_person(one: DemoAccount) -> pages.DemoPerson:
    roles, clinic_id = words.roles(one.roles), str(one.clinic_id)
    return pages.DemoPerson(id=str(one.user_id), name=one.name, role=roles, clinic_id=clinic_id, clinic=one.clinic)


def _code(request: HttpRequest, context: Context) -> pages.CodePage:
    form = context["verify_form"]
    return pages.CodePage(
        title=_("Type the code"),
        back=reverse("account_login"),
        errors=problems(form),
        next=context.get("redirect_field_value") or "",
        form=form,
        email=context.get("email") or "",
        minutes=account.LOGIN_BY_CODE_TIMEOUT // 60,
        can_resend=bool(context.get("can_resend")),
    )


def _sign_out(request: HttpRequest, context: Context) -> pages.AccountPage:
    return pages.AccountPage(
        title=_("Sign out"), back=reverse("accounts:index"), next=context.get("redirect_field_value") or ""
    )


def _reset_from_key(request: HttpRequest, context: Context) -> Any:
    if context.get("token_fail"):
        return MessagePage(
            title=_("This link does not work any more"),
            lines=(_("It may be old, or it was used. You can ask for a new one."),),
            links=(Link(text=_("Ask for a new link"), href=reverse("account_reset_password")),),
        )
    return _form(_("New password"))(request, context)


def _email(request: HttpRequest, context: Context) -> pages.EmailPage:
    form, new, current = context["form"], context.get("new_emailaddress"), context.get("current_emailaddress")
    own = request.user.email if request.user.is_authenticated else ""
    return pages.EmailPage(
        title=_("Your e-mail address"),
        back=reverse("accounts:index"),
        errors=problems(form),
        form=form,
        current=current.email if current else own,
        pending=new.email if new and new.email != own else "",
    )


def _confirm_email(request: HttpRequest, context: Context) -> Any:
    if not context.get("can_confirm"):
        return MessagePage(
            title=_("This link does not work any more"),
            lines=(_("It may be old, or it was used. You can ask for a new one on the page of your account."),),
            home=True,
        )
    key = context["confirmation"].key
    return pages.ConfirmPage(
        title=_("Is this your address?"), email=context["email"], action=reverse("account_confirm_email", args=[key])
    )


def _second_step(request: HttpRequest, context: Context) -> pages.SecondStepPage:
    form, key = context.get("form"), context.get("webauthn_form")
    has = factors_of((form or key).user.pk)  # type: ignore[union-attr]
    return pages.SecondStepPage(
        title=_("One more step"),
        errors=problems(form) + problems(key),
        form=form if has.app or has.codes else None,
        options=_json(context["js_data"]["request_options"]) if has.keys else "",
    )


def _again(request: HttpRequest, context: Context) -> pages.SecondStepPage:
    form, data = context["form"], context.get("js_data")
    alternatives = context.get("reauthentication_alternatives", ())
    return pages.SecondStepPage(
        title=_("Is it still you?"),
        back=reverse("accounts:index"),
        errors=problems(form),
        next=context.get("redirect_field_value") or "",
        form=None if data else form,
        options=_json(data["request_options"]) if data else "",
        password=not data and "password" in form.fields,
        others=tuple(Link(text=words.another_way(one["id"]), href=one["url"]) for one in alternatives),
        again=True,
    )


def _factors(request: HttpRequest, context: Context) -> pages.FactorsPage:
    has = factors_of(request.user.pk)  # type: ignore[arg-type]
    codes = context["authenticators"].get("recovery_codes")
    left = len(codes.get_unused_codes()) if codes else 0
    return pages.FactorsPage(
        title=_("Your second step"),
        back=reverse("accounts:index"),
        rows=words.factor_rows(has, left),
        secured=has.any,
        needed=_is_staff(request),
        work=reverse("home"),
    )


def _app(request: HttpRequest, context: Context) -> pages.AppPage:
    form = context["form"]
    secret = str(form.secret)
    return pages.AppPage(
        title=_("Connect an app"),
        back=reverse("mfa_index"),
        errors=problems(form),
        form=form,
        qr=context["totp_svg_data_uri"],
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    )


def _codes(request: HttpRequest, context: Context) -> pages.CodesPage:
    return pages.CodesPage(
        title=_("Your recovery codes"),
        back=reverse("mfa_index"),
        codes=tuple(context["unused_codes"]),
        work=reverse("home"),
    )


def _add_key(request: HttpRequest, context: Context) -> pages.AddKeyPage:
    form = context["form"] if "form" in context else context["view"].get_form()
    return pages.AddKeyPage(
        title=_("Make a passkey"),
        back=reverse("mfa_index"),
        errors=problems(form),
        form=form,
        options=_json(context["js_data"]["creation_options"]),
    )


def _keys(request: HttpRequest, context: Context) -> pages.KeysPage:
    rows = tuple(
        Row(
            key=str(key),
            value=_("Made on %(date)s") % {"date": date_format(key.created_at)},
            actions=(
                Link(text=_("Rename"), href=reverse("mfa_edit_webauthn", args=[key.pk]), hidden=str(key)),
                Link(text=_("Remove"), href=reverse("mfa_remove_webauthn", args=[key.pk]), hidden=str(key)),
            ),
        )
        for key in context["authenticators"]
    )
    return pages.KeysPage(title=_("Your passkeys"), back=reverse("mfa_index"), rows=rows)


def _is_staff(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return bool(actor and actor.clinic_id) or bool(request.user.is_superuser)


def _json(options: Any) -> str:
    return json.dumps(options, cls=DjangoJSONEncoder)


BUILD: dict[str, Build] = {
    "account/login.html": _sign_in,
    "account/logout.html": _sign_out,
    "account/request_login_code.html": _form(gettext_lazy("A code by e-mail"), back="account_login"),
    "account/confirm_login_code.html": _code,
    "account/password_reset.html": _form(gettext_lazy("Forgot your password?"), back="account_login"),
    "account/password_reset_from_key.html": _reset_from_key,
    "account/password_change.html": _form(gettext_lazy("Change your password"), back="accounts:index"),
    "account/password_set.html": _form(gettext_lazy("Set a password"), back="accounts:index"),
    "account/email_change.html": _email,
    "account/email_confirm.html": _confirm_email,
    "account/reauthenticate.html": _again,
    "mfa/reauthenticate.html": _again,
    "mfa/webauthn/reauthenticate.html": _again,
    "mfa/authenticate.html": _second_step,
    "mfa/index.html": _factors,
    "mfa/totp/activate_form.html": _app,
    "mfa/totp/deactivate_form.html": _form(gettext_lazy("Remove the app"), back="mfa_index"),
    "mfa/recovery_codes/index.html": _codes,
    "mfa/recovery_codes/generate.html": _form(gettext_lazy("New recovery codes"), back="mfa_index"),
    "mfa/webauthn/add_form.html": _add_key,
    "mfa/webauthn/authenticator_list.html": _keys,
    "mfa/webauthn/edit_form.html": _form(gettext_lazy("Rename your passkey"), back="mfa_list_webauthn"),
    "mfa/webauthn/authenticator_confirm_delete.html": _form(gettext_lazy("Remove a passkey"), back="mfa_list_webauthn"),
    "account/password_reset_done.html": _message(
        gettext_lazy("Look into your e-mail"),
        gettext_lazy("If there is an account with this address, we sent you a link for a new password."),
    ),
    "account/password_reset_from_key_done.html": _message(
        gettext_lazy("You have a new password"), gettext_lazy("You can sign in with it now.")
    ),
    "account/verification_sent.html": _message(
        gettext_lazy("Look into your e-mail"), gettext_lazy("We sent you a link. Open it to go on.")
    ),
    "account/account_inactive.html": _message(
        gettext_lazy("This account is closed"),
        gettext_lazy("You cannot sign in with it. Call your clinic if you think this is wrong."),
        home=True,
    ),
    "account/signup_closed.html": _message(
        gettext_lazy("You need no sign-up"),
        gettext_lazy("Do you want to book a visit? You need no account."),
        gettext_lazy("Did you book? Sign in with the e-mail address that you gave us."),
        gettext_lazy("Do you work in a clinic? Ask its manager to invite you."),
        home=True,
    ),
}
