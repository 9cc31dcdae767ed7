"""Addresses of this room."""

from django.urls import path

from phases.besluit import views

urlpatterns = [
    path("dossiers/<str:number>/besluiten/", views.besluiten, name="besluiten"),
    path("dossiers/<str:number>/besluiten/nieuw/<int:version_id>/", views.nieuw, name="besluit_nieuw"),
    path("dossiers/<str:number>/besluiten/<int:besluit_id>/bevestigen/", views.bevestigen, name="besluit_bevestigen"),
]
