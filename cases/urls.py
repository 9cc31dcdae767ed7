"""Addresses of the dossier itself."""

from django.urls import path

from cases.views import beheer, betrokkenen, documenten, dossier, dossiers, papieren, stijlgids, typed

urlpatterns = [
    path("dossiers/nieuw/", dossiers.nieuw, name="dossier_nieuw"),
    path("dossiers/<str:number>/kerngegevens/", dossier.kerngegevens, name="kerngegevens"),
    path("dossiers/<str:number>/toets/", dossier.toets, name="toets"),
    path("dossiers/<str:number>/toets/<int:toets_id>/bevestigen/", dossier.toets_bevestigen, name="toets_bevestigen"),
    path("dossiers/<str:number>/rubricering/", dossier.rubricering, name="rubricering"),
    path("dossiers/<str:number>/logboek/", dossier.logboek, name="logboek"),
    path("dossiers/<str:number>/logboek/<int:seq>/", dossier.wijziging, name="wijziging"),
    path("dossiers/<str:number>/betrokkenen/", betrokkenen.betrokkenen, name="betrokkenen"),
    path("dossiers/<str:number>/betrokkenen/toevoegen/", betrokkenen.deelname, name="deelname"),
    path(
        "dossiers/<str:number>/betrokkenen/<str:code>/stoppen/", betrokkenen.deelname_stoppen, name="deelname_stoppen"
    ),
    path("dossiers/<str:number>/documenten/", documenten.documenten, name="documenten"),
    path("dossiers/<str:number>/documenten/<int:document_id>/", documenten.document, name="document"),
    path("documenten/<int:document_id>/voorleggen/", papieren.voorleggen, name="document_voorleggen"),
    path("versies/<int:version_id>/", documenten.versie, name="versie"),
    path("versies/<int:version_id>/paraferen/", papieren.paraferen, name="versie_paraferen"),
    path("versies/<int:version_id>/teruggeven/", papieren.teruggeven, name="versie_teruggeven"),
    path("versies/<int:version_id>/vaststellen/", papieren.vaststellen, name="versie_vaststellen"),
    path("versies/<int:version_id>/pdf/", documenten.pdf, name="pdf"),
    path("versies/<int:version_id>/pdf/opnieuw/", papieren.pdf_opnieuw, name="pdf_opnieuw"),
    path("concept/", typed.bewaren, name="concept_bewaren"),
    path("concept/weg/", typed.weggooien, name="concept_weg"),
    path("beheer/rechten/", beheer.rechten, name="rechten"),
    path("beheer/stijlgids/", stijlgids.stijlgids, name="stijlgids"),
]
