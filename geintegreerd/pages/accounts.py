"""Logging in: no sign-up, Dutch sentences, and never a hint which half was wrong."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.views import LoginView as AllauthLoginView
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from cases import access
from cases.models import User
from geintegreerd import session

LOCKED_SECONDS = 300


class Adapter(DefaultAccountAdapter):
    """People are made by a beheerder; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Controleer uw gebruikersnaam en wachtwoord. Deze combinatie kennen wij niet.",
        "too_many_login_attempts": "U heeft te vaak geprobeerd in te loggen. Wacht vijf minuten en probeer het opnieuw.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> AbstractBaseUser | None:
        """Someone who left gets the answer of a wrong password, and it counts as one."""
        user = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """From here the session has an end that the page can warn for."""
        super().login(request, user)
        session.begin(request)

    def add_message(self, *args, **kwargs) -> None:
        """No "successfully logged in": the page itself shows it."""


class Backend(AuthenticationBackend):
    """allauth's, but who comes back with a session is read together with today's memberships: one query a request less."""

    def get_user(self, user_id: int) -> User | None:
        user = access.person(user_id)
        return user if user and self.user_can_authenticate(user) else None


class LoginForm(AllauthLoginForm):
    """allauth's form in our words."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Gebruikersnaam"
        self.fields["login"].error_messages["required"] = "Vul uw gebruikersnaam in"
        self.fields["password"].label = "Wachtwoord"
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Vul uw wachtwoord in"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginView(AllauthLoginView):
    """allauth's page with the status that fits: 422 for what must change, 429 after too many wrong passwords."""

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        if form.has_error("__all__", "too_many_login_attempts"):
            response.status_code = 429
            response.headers["Retry-After"] = str(LOCKED_SECONDS)
        return response


login = LoginView.as_view()
