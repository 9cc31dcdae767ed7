"""Addresses of this room."""

from django.urls import path

from phases.planning import views

urlpatterns = [
    path("dossiers/<str:number>/plan/", views.plan, name="plan"),
    path("dossiers/<str:number>/indicatoren/", views.indicatoren, name="indicatoren"),
    path("dossiers/<str:number>/indicatoren/overnemen/", views.indicatoren_overnemen, name="indicatoren_overnemen"),
    path("dossiers/<str:number>/indicatoren/<int:indicator_id>/", views.indicator, name="indicator"),
]
