"""Logging in: no sign-up, Dutch sentences, and never a hint which half was wrong."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from geintegreerd import session


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
