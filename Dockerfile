# Lotse as a container: no root, nothing written outside of /data and /tmp. How to run it: docs/betrieb.md, compose.yaml.
# docker build -t lotse .

FROM docker.io/library/node:26.10.0-bookworm-slim AS packages
WORKDIR /app
# The stubs are packages of their own: npm ci needs them beside package.json.
COPY package.json package-lock.json ./
COPY crypto-stub crypto-stub
COPY request-stub request-stub
# No install script runs, and the image brings Node, so the optional packages that would bring it stay out.
RUN npm ci --ignore-scripts --omit=dev --omit=optional --no-audit --no-fund --cache /tmp/npm && rm -rf /tmp/npm

FROM docker.io/library/node:26.10.0-bookworm-slim
LABEL org.opencontainers.image.title="Lotse" \
      org.opencontainers.image.description="Chat-ops bot for partner networks: answers, reminders, a register of decisions" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    LOTSE_DATA_DIR=/data \
    PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json package-lock.json LICENSE ./
COPY crypto-stub crypto-stub
COPY request-stub request-stub
COPY bin bin
COPY prisma prisma
COPY sample sample
COPY commands commands
COPY src src
# `docker compose exec lotse lotse doctor`; and the embedded database belongs to whom the bot runs as.
RUN ln -s /app/bin/lotse.js /usr/local/bin/lotse && install -d -o 1000 -g 1000 -m 0700 /data
VOLUME ["/data"]
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "bin/lotse.js"]
CMD ["start"]
