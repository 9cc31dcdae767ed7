"""Addresses of this room."""

from django.urls import path

from phases.lessen import views

urlpatterns = [path("dossiers/<str:number>/lessen/", views.lessen, name="lessen")]
