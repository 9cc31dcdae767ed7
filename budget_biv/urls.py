"""Addresses of the money. What also shows the advice of the SMO stands in geintegreerd.urls."""

from django.urls import path

from budget_biv.views import dossier, fonds, overzichten, plafonds

BUDGET = "dossiers/<str:number>/budget/"

urlpatterns = [
    path(f"{BUDGET}andere-financiering/", dossier.andere_financiering, name="budget_anders"),
    path(f"{BUDGET}<int:aanvraag_id>/aanvraag.<slug:vorm>", dossier.exporteren, name="budget_export"),
    path(f"{BUDGET}<int:aanvraag_id>/intrekken/", dossier.intrekken, name="budget_intrekken"),
    path(f"{BUDGET}<int:aanvraag_id>/boeken/<slug:soort>/", dossier.boeken, name="budget_boeken"),
    path(f"{BUDGET}<int:aanvraag_id>/kasschuif/", dossier.kasschuif, name="budget_kasschuif"),
    path(f"{BUDGET}<int:aanvraag_id>/afrekenen/", dossier.afrekenen, name="budget_afrekenen"),
    path(f"{BUDGET}<int:aanvraag_id>/corrigeren/<int:mutatie_id>/", dossier.corrigeren, name="budget_corrigeren"),
    path("biv/", fonds.biv, name="biv"),
    path("biv/<int:jaar>/", fonds.jaar, name="biv_jaar"),
    path("biv/<int:jaar>/mutaties/", overzichten.mutaties, name="biv_mutaties"),
    path("biv/<int:jaar>/meerjarig/", overzichten.meerjarig, name="biv_meerjarig"),
    path("biv/<int:jaar>/ambitie/", overzichten.ambitie, name="biv_ambitie"),
    path("biv/<int:jaar>/<slug:wat>.<slug:vorm>", overzichten.exporteren, name="biv_export"),
    path("biv/<int:jaar>/plafonds/inlezen/", plafonds.inlezen, name="biv_inlezen"),
    path("biv/<int:jaar>/plafonds/verschuiven/", plafonds.verschuiven, name="biv_verschuiven"),
]
