"""Addresses of this room."""

from django.urls import path

from phases.orientatie import views

urlpatterns = [path("dossiers/<str:number>/signaal/", views.signaal, name="signaal")]
