# gifstream with ffmpeg, as a user without rights: see docs/operation.md.
#
#   docker build -t gifstream .
#   docker run -p 8080:8080 gifstream test:
FROM denoland/deno:debian-2.9.6

# Debian keeps only the newest of a package: a version named here would be gone
# with the next correction.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl ffmpeg \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY deno.json deno.lock cli.ts mod.ts ./
COPY tools/std tools/std
COPY src src
# All that runs is in the image: it starts without a network. The user may read
# it, and write nothing.
RUN deno cache --frozen cli.ts src/*/*_worker.ts src/*/*/*_worker.ts \
    && chmod -R a+rX /app /deno-dir

USER deno
ENV DENO_NO_UPDATE_CHECK=1 \
    GIFSTREAM_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["curl", "-fsS", "http://127.0.0.1:8080/healthz"]
STOPSIGNAL SIGTERM
# tini ends what a command of exec: leaves behind.
ENTRYPOINT ["/tini", "--", "deno", "run", "--cached-only", "-A", "/app/cli.ts"]
