"""Addresses of this room."""

from django.urls import path

from phases.smo import views

urlpatterns = [
    path("smo/", views.agenda, name="smo"),
    path("dossiers/<str:number>/smo/", views.dossier_smo, name="dossier_smo"),
    path("dossiers/<str:number>/smo/aanbieden/<int:version_id>/", views.aanbieden, name="smo_aanbieden"),
    path("dossiers/<str:number>/smo/<int:aanbieding_id>/standpunt/", views.standpunt, name="standpunt"),
    path("dossiers/<str:number>/smo/<int:aanbieding_id>/conclusie/", views.conclusie, name="conclusie"),
]
