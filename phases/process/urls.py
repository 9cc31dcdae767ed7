"""Addresses of this room."""

from django.urls import path

from phases.process import afwijking_views, views

urlpatterns = [
    path("dossiers/<str:number>/fase/<int:nr>/", views.fase, name="fase"),
    path("dossiers/<str:number>/stappen/", views.stappen, name="stappen"),
    path("dossiers/<str:number>/stap/<slug:step>/", views.stap, name="stap"),
    path("dossiers/<str:number>/stap/<slug:step>/verzoek/", views.stap_verzoek, name="stap_verzoek"),
    path("dossiers/<str:number>/afwijkingen/", afwijking_views.afwijkingen, name="afwijkingen"),
    path(
        "dossiers/<str:number>/afwijkingen/<int:waiver_id>/verlenen/",
        afwijking_views.afwijking_verlenen,
        name="afwijking_verlenen",
    ),
    path("dossiers/<str:number>/verklaring/", afwijking_views.verklaring_nieuw, name="verklaring_nieuw"),
    path("dossiers/<str:number>/verklaring/<int:verklaring_id>/", afwijking_views.verklaring, name="verklaring"),
    path("dossiers/<str:number>/afwijzen/<str:soort>/<int:request_id>/", afwijking_views.afwijzen, name="afwijzen"),
    path("dossiers/<str:number>/inhalen/<int:plicht_id>/", afwijking_views.inhalen, name="inhalen"),
    path("beheer/fasenplan/", views.fasenplan, name="fasenplan"),
]
