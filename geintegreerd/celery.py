"""The Celery application. Tasks only announce work; what must be done stands in the outbox table."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geintegreerd.settings")
app = Celery("geintegreerd")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["cases.notifications", "phases.process"])
