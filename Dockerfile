# Footnote with its models converted inside. It needs no network but Discord's, and writes nothing
# but /data and /tmp: run it with a read-only root (compose.yaml does).
#
#   docker build -t footnote .
#   docker build -t footnote --build-arg TORCH_INDEX=https://mirror.example/torch-cpu .
#
# Built for linux/amd64 and linux/arm64 by .github/workflows/image.yml. What makes it reproducible:
# packages locked by hashes, models that four conversions on x86_64 made the same to the byte, and
# SOURCE_DATE_EPOCH with BuildKit's rewrite-timestamp for the times of files.

# A release and not its digest: no registry could be asked for it where this was written. The
# workflow asks, builds from that digest (PYTHON=...@sha256:...) and names it in a label.
ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS built
ARG SOURCE_DATE_EPOCH=0
# PyTorch's CPU wheels: those of the public index bring several GB of CUDA along on Linux.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN python -m venv /opt/footnote
ENV PATH=/opt/footnote/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY pyproject.toml requirements.lock requirements-torch.txt README.md LICENSE ./
COPY bot bot
COPY index index
COPY seeds seeds
RUN pip install --no-deps --require-hashes --requirement requirements.lock \
    && pip install --extra-index-url "$TORCH_INDEX" --requirement requirements-torch.txt \
    && pip install --no-deps --no-build-isolation .
# Converts the models and answers a first question, so an image that is built is one that works.
RUN cp -r seeds /opt/footnote/seeds \
    && FOOTNOTE_DATA=/tmp/data FOOTNOTE_MODELS=/opt/footnote/models FOOTNOTE_SEEDS=/opt/footnote/seeds \
    footnote run < /dev/null && rm -rf /tmp/data

FROM python:${PYTHON}
ARG PYTHON
ARG SOURCE_DATE_EPOCH=0
LABEL org.opencontainers.image.title="Footnote" \
    org.opencontainers.image.description="Answers from indexed news articles, with exact quotes" \
    org.opencontainers.image.licenses="MIT" \
    org.opencontainers.image.base.name="docker.io/library/python:${PYTHON}"
COPY --from=built /opt/footnote /opt/footnote
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin footnote \
    && install --directory --owner=footnote --group=footnote /data
ENV PATH=/opt/footnote/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    FOOTNOTE_DATA=/data \
    FOOTNOTE_MODELS=/opt/footnote/models \
    FOOTNOTE_SEEDS=/opt/footnote/seeds \
    METRICS_PORT=9464
USER 10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["footnote", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["footnote"]
CMD ["run"]
