"""The Celery application. Tasks only announce work; what must be done stands in the outbox table."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geintegreerd.settings")
# The web process and the migrations run the system checks; here they would load every screen into the worker (./run bench).
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
app = Celery("geintegreerd")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["cases.notifications", "phases.process"])
