"""Addresses of this room."""

from django.urls import path

from phases.process import views

urlpatterns = [
    path("dossiers/<str:number>/fase/<int:nr>/", views.fase, name="fase"),
    path("dossiers/<str:number>/stappen/", views.stappen, name="stappen"),
    path("dossiers/<str:number>/stap/<slug:step>/", views.stap, name="stap"),
    path("dossiers/<str:number>/stap/<slug:step>/verzoek/", views.stap_verzoek, name="stap_verzoek"),
    path("dossiers/<str:number>/afwijkingen/", views.afwijkingen, name="afwijkingen"),
    path(
        "dossiers/<str:number>/afwijkingen/<int:waiver_id>/verlenen/",
        views.afwijking_verlenen,
        name="afwijking_verlenen",
    ),
    path("beheer/fasenplan/", views.fasenplan, name="fasenplan"),
]
