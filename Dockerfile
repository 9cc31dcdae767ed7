# One image for web, worker, beat and the one-shot that prepares the database. It holds no secret.
FROM python:3.12-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STATIC_ROOT=/srv/static \
    FONT_DIR=/srv/fonts

RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
# Fonts and static files belong to the code, so they are made here. These addresses reach nothing; DEMO only spares the
# build a real key, and does not stay in the image.
RUN mkdir -p "$STATIC_ROOT" "$FONT_DIR" \
 && export DEMO=1 DATABASE_URL=postgresql://build@127.0.0.1/build BROKER_URL=redis://127.0.0.1/0 \
 && python manage.py maak_lettertypen \
 && python manage.py collectstatic --noinput --verbosity=0

RUN useradd --system --uid 10001 --no-create-home geintegreerd
USER 10001

EXPOSE 8000
CMD ["gunicorn", "geintegreerd.wsgi", "--bind", "0.0.0.0:8000", "--preload", "--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/tmp", "--access-logfile", "-"]
