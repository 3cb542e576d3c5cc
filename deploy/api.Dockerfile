# The program without the web application, which the web image serves. Built from the top folder:
#   docker build -f deploy/api.Dockerfile .
FROM golang:1.26-bookworm AS build
WORKDIR /src/backend
COPY backend/go.mod backend/go.sum ./
RUN go mod download
COPY backend/ ./
RUN CGO_ENABLED=0 GOWORK=off GOFLAGS=-buildvcs=false go build -trimpath -ldflags="-s -w" -o /out/byline ./cmd/byline
RUN mkdir -p /out/cache

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip
COPY --from=build /out/byline /byline
COPY --from=build --chown=65532:65532 /out/cache /var/cache/byline
ENV ZONEINFO=/zoneinfo.zip
USER 65532:65532
EXPOSE 8080 9090
ENTRYPOINT ["/byline"]
CMD ["serve"]
