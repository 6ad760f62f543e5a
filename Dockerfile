# lint-copy in an image of its own:
#
#   docker build --build-arg COMMIT="$(Scripts/commit)" --tag lint-copy .
#   docker run --rm --volume "$PWD:/io:ro" lint-copy --strict

FROM swift:6.2-bookworm AS build
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libyaml-dev pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
COPY Scripts Scripts
COPY Sources Sources
COPY Tests Tests
ARG COMMIT=""
ENV LINT_COPY_COMMIT=$COMMIT
RUN Scripts/build-release

FROM debian:bookworm-slim
# All that the program needs beside the C library; the Swift runtime and libyaml are inside of it.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libstdc++6 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home lint-copy
COPY --from=build /src/.build-release/release/lint-copy /usr/local/bin/lint-copy
USER 10001
WORKDIR /io
RUN ["lint-copy", "--version"]
ENTRYPOINT ["lint-copy"]
