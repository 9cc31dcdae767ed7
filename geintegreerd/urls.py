"""The map of addresses. Every app and room brings its own; this file only says where they hang."""

from allauth.account import views as account
from django.urls import include, path
from django.views.decorators.http import require_POST

from geintegreerd import session
from geintegreerd.pages import accounts, biv, dossiers, mijn_werk, over, views

handler400 = "geintegreerd.pages.errors.bad_request"
handler429 = "geintegreerd.pages.errors.too_many"
handler404 = "geintegreerd.pages.errors.not_found"
handler500 = "geintegreerd.pages.errors.broken"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("account/inloggen/", accounts.login, name="account_login"),
    path("account/uitloggen/", require_POST(account.logout), name="account_logout"),
    path("mijn-werk/", mijn_werk.mijn_werk, name="mijn_werk"),
    path("dossiers/", dossiers.lijst, name="dossiers"),
    path("dossiers/csv/", dossiers.als_csv, name="dossiers_csv"),
    path("toegankelijkheid/", over.toegankelijkheid, name="toegankelijkheid"),
    path("privacy/", over.privacy, name="privacy"),
    path("hulp/", over.hulp, name="hulp"),
    path("account/blijf-ingelogd/", session.extend, name="sessie_verlengen"),
    path("", include("cases.urls")),
    path("", include("phases.urls")),
    path("dossiers/<str:number>/budget/", biv.budget, name="budget"),
    path("dossiers/<str:number>/budget/aanvragen/", biv.aanvragen, name="budget_aanvragen"),
    path("dossiers/<str:number>/budget/<int:aanvraag_id>/", biv.aanvraag, name="budget_aanvraag"),
    path("dossiers/<str:number>/budget/<int:aanvraag_id>/reserveren/", biv.reserveren, name="budget_reserveren"),
    path("dossiers/<str:number>/budget/<int:aanvraag_id>/beslissen/", biv.beslissen, name="budget_beslissen"),
    path("", include("budget_biv.urls")),
    path("dossiers/<str:number>/", views.overview, name="dossier"),
]
