"""Addresses of this room."""

from django.urls import path

from phases.vastlegging import views

urlpatterns = [
    path("dossiers/<str:number>/gegevens/", views.vastleggingen, name="vastleggingen"),
    path("dossiers/<str:number>/gegevens/<slug:soort>/", views.vastlegging, name="vastlegging"),
    path(
        "dossiers/<str:number>/gegevens/<int:vastlegging_id>/bevestigen/",
        views.vastlegging_bevestigen,
        name="vastlegging_bevestigen",
    ),
]
