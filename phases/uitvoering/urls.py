"""Addresses of this room."""

from django.urls import path

from phases.uitvoering import views

urlpatterns = [
    path("dossiers/<str:number>/voortgang/", views.voortgang, name="voortgang"),
    path("dossiers/<str:number>/voortgang/nieuw/", views.voortgang_nieuw, name="voortgang_nieuw"),
    path("dossiers/<str:number>/voortgang/<int:document_id>/", views.voortgang_verslag, name="voortgang_verslag"),
]
