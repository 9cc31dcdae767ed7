"""Addresses of this room."""

from django.urls import path

from phases.smo.views import meetings, minutes, offers

DOSSIER = "dossiers/<str:number>/smo/"
DAG = "smo/vergaderingen/<int:vergadering_id>/"

urlpatterns = [
    path("smo/", meetings.agenda, name="smo"),
    path("smo/ritme/", meetings.ritme, name="smo_ritme"),
    path("smo/vergaderingen/nieuw/", meetings.vergadering_nieuw, name="vergadering_nieuw"),
    path(DAG, meetings.vergadering, name="vergadering"),
    path(f"{DAG}agenda.ics", meetings.vergadering_ics, name="vergadering_ics"),
    path(f"{DAG}wijzigen/", meetings.vergadering_wijzigen, name="vergadering_wijzigen"),
    path(f"{DAG}vervallen/", meetings.vergadering_vervallen, name="vergadering_vervallen"),
    path(f"{DAG}punt/", meetings.punt_nieuw, name="punt_nieuw"),
    path(f"{DAG}aanwezig/", meetings.aanwezig, name="aanwezig"),
    path(f"{DAG}bundel/", meetings.bundel_maken, name="bundel_maken"),
    path(f"{DAG}besluitenlijst/", minutes.besluitenlijst, name="besluitenlijst"),
    path(f"{DAG}besluitenlijst/vaststellen/", minutes.lijst_vaststellen, name="lijst_vaststellen"),
    path(f"{DAG}besluitenlijst/corrigeren/", minutes.lijst_corrigeren, name="lijst_corrigeren"),
    path(f"{DAG}actie/", minutes.actie_nieuw, name="actie_nieuw"),
    path("smo/punten/<int:punt_id>/schuiven/", meetings.punt_schuiven, name="punt_schuiven"),
    path("smo/punten/<int:punt_id>/verplaatsen/", meetings.punt_verplaatsen, name="punt_verplaatsen"),
    path("smo/punten/<int:punt_id>/weg/", meetings.punt_weg, name="punt_weg"),
    path("smo/bundels/<int:bundel_id>/", meetings.bundel, name="bundel"),
    path("smo/besluitenlijsten/<int:besluitenlijst_id>/pdf/", minutes.lijst_pdf, name="lijst_pdf"),
    path(
        "smo/besluitenlijsten/<int:besluitenlijst_id>/pdf/opnieuw/", minutes.lijst_pdf_opnieuw, name="lijst_pdf_opnieuw"
    ),
    path("smo/besluitenlijsten/<int:besluitenlijst_id>/csv/", minutes.lijst_csv, name="lijst_csv"),
    path("smo/acties/<int:actie_id>/", minutes.actie_gedaan, name="actie_gedaan"),
    path(DOSSIER, offers.dossier_smo, name="dossier_smo"),
    path(f"{DOSSIER}aanbieden/<int:version_id>/", offers.aanbieden, name="smo_aanbieden"),
    path(f"{DOSSIER}<int:aanbieding_id>/standpunt/", offers.standpunt, name="standpunt"),
    path(f"{DOSSIER}<int:aanbieding_id>/conclusie/", offers.conclusie, name="conclusie"),
    path(f"{DOSSIER}<int:aanbieding_id>/intrekken/", offers.intrekken, name="smo_intrekken"),
    path(f"{DOSSIER}<int:aanbieding_id>/tekstueel/<int:version_id>/", offers.tekstueel, name="smo_tekstueel"),
    path(f"{DOSSIER}<int:aanbieding_id>/biv/<int:aanvraag_id>/", offers.biv_wijziging, name="smo_biv_wijziging"),
    path(f"{DOSSIER}voorwaarden/<int:voorwaarde_id>/", offers.voorwaarde, name="voorwaarde"),
    path(f"{DOSSIER}afhandelingen/<int:afhandeling_id>/", offers.controle, name="voorwaarde_controle"),
]
