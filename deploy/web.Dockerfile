# The web application as a static site. Built from the top folder:
#   docker build -f deploy/web.Dockerfile .
FROM node:22-bookworm-slim AS build
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

FROM caddy:2.10
COPY --from=build /src/frontend/dist /srv
COPY deploy/web.Caddyfile /etc/caddy/Caddyfile
USER 65532:65532
EXPOSE 8081
