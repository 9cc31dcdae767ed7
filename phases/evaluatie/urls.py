"""Addresses of this room."""

from django.urls import path

from phases.evaluatie import views

urlpatterns = [path("dossiers/<str:number>/evaluatie/", views.evaluatie, name="evaluatie")]
