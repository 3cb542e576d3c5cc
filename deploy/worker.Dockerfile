# The program with LibreOffice beside it, which makes pictures of slides and documents. Built from the top folder:
#   docker build -f deploy/worker.Dockerfile .
FROM golang:1.26-bookworm AS build
WORKDIR /src/backend
COPY backend/go.mod backend/go.sum ./
RUN go mod download
COPY backend/ ./
RUN CGO_ENABLED=0 GOWORK=off GOFLAGS=-buildvcs=false go build -trimpath -ldflags="-s -w" -o /out/byline ./cmd/byline
RUN mkdir -p /out/cache

FROM debian:bookworm-slim
# without a screen and without Java; the fonts have the measures of those that most Office files name
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata \
      libreoffice-impress-nogui libreoffice-writer-nogui libreoffice-calc-nogui \
      fonts-liberation2 fonts-crosextra-carlito fonts-crosextra-caladea fonts-dejavu-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /out/byline /byline
COPY --from=build --chown=65532:65532 /out/cache /var/cache/byline
USER 65532:65532
EXPOSE 9090
ENTRYPOINT ["/byline"]
CMD ["worker"]
