"""Django's admin for the operator alone: no other role enters it, and nobody without a second step in this session."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from reable.web.accounts import second_factor


class OperatorSite(AdminSite):
    """The admin behind the sign-in of everybody; it has no sign-in form of its own, which would know no second step."""

    site_header = site_title = "Reable"

    def has_permission(self, request: HttpRequest) -> bool:
        """Test if who asks is an operator, and this session passed a second step."""
        return bool(request.user.is_active and request.user.is_superuser and second_factor.passed(request))

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        """Lead to the sign-in page, or to the set-up of a second step; everybody else hears that it is not for them."""
        next_ = request.GET.get("next") or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(next_, reverse("account_login"))
        if request.user.is_superuser:
            return redirect_to_login(next_, reverse("accounts:second_factor"))
        from reable.web.errors import forbidden

        return forbidden(request)
