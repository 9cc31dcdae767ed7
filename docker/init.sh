#!/bin/sh
# Brings the database up to this version of the code, as the owner. Harmless to run again.
set -eu
python -m geintegreerd.embedded.roles
python manage.py bijwerken
