# Stage 1 installs the pinned packages and builds the database from the released facts.
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY dataset dataset
COPY scripts scripts
RUN /venv/bin/python scripts/curate.py build

# Stage 2 serves it: the service, the database and the code that checks facts, with no write access to anything.
FROM python:3.11-slim
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/dataset dataset
COPY api api
ENV HOST=0.0.0.0 PORT=8000 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["/venv/bin/python", "-c", \
    "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/readyz', timeout=2)"]
CMD ["/venv/bin/gunicorn", "--config", "python:api.gunicorn_conf", "api:create_app()"]
