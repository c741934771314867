FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/embedded-postgres/package.json packages/embedded-postgres/
RUN npm ci
COPY .swcrc ormconfig.ts ./
COPY packages packages
COPY src src
COPY scripts scripts
RUN npm run build

# The native binding of @node-rs/argon2 is an optional dependency, as the embedded server is: the image keeps the first
# and leaves out the second, since it needs a server of its own anyway. The link to the package that runs the embedded server
# becomes a directory below.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/embedded-postgres/package.json packages/embedded-postgres/
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/@calendar-backend

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
# 1000 is the account "node" of the base image. Kubernetes accepts only a number as proof of `runAsNonRoot`.
RUN mkdir /data && chown 1000:1000 /data
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/packages/embedded-postgres/package.json node_modules/@calendar-backend/embedded-postgres/
COPY --from=build /app/packages/embedded-postgres/dist node_modules/@calendar-backend/embedded-postgres/dist
COPY --from=build /app/dist dist
USER 1000:1000
EXPOSE 3000
# Liveness, since Docker Swarm replaces an unhealthy container: with readiness, an outage of the database would make it
# replace every instance.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "dist/src/health/probe.js", "live"]
# Without a shell, so that the service itself gets SIGTERM.
CMD ["node", "dist/src/main.js"]
