"""The map of addresses. Every app and room brings its own; this file only says where they hang."""

from allauth.account import views as account
from django.urls import include, path
from django.views.decorators.http import require_POST

from geintegreerd import session
from geintegreerd.pages import views

handler400 = "geintegreerd.pages.errors.bad_request"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("account/inloggen/", account.login, name="account_login"),
    path("account/uitloggen/", require_POST(account.logout), name="account_logout"),
    path("account/blijf-ingelogd/", session.extend, name="sessie_verlengen"),
    path("", include("cases.urls")),
    path("", include("phases.urls")),
    path("", include("budget_biv.urls")),
    path("dossiers/<str:number>/", views.overview, name="dossier"),
]
