"""Addresses of this room."""

from django.urls import path

from phases.handelingsopties import views

urlpatterns = [
    path("dossiers/<str:number>/opties/", views.opties, name="opties"),
    path("dossiers/<str:number>/opties/nieuw/", views.optie_nieuw, name="optie_nieuw"),
    path("dossiers/<str:number>/opties/<slug:letter>/", views.optie, name="optie"),
    path("dossiers/<str:number>/opties/<slug:letter>/verwijderen/", views.optie_verwijderen, name="optie_verwijderen"),
]
