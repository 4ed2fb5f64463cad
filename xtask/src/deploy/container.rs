//! The recipe of a container image: a static program, the certificates of authorities, and nothing else.

use std::fmt::Write as _;

use super::Plan;

/// What stays out of the image's context.
pub(super) const IGNORED: &str = "/target\n/.git\n";

/// Where the folders of skills and resources are.
pub(super) const FILES: &str = "/files";

/// A user that is nobody on any system.
pub(super) const USER: u32 = 65_532;

/// A `Dockerfile`.
pub(super) fn recipe(plan: &Plan) -> String {
    let Plan { binary, .. } = plan;
    let mut text = format!(
        "\
# syntax=docker/dockerfile:1

# The program is linked against musl, statically. Pin the image by its digest for builds that can be repeated.
FROM rust:1-alpine AS build
RUN apk add --no-cache ca-certificates musl-dev
WORKDIR /source
COPY . .
ENV CARGO_PROFILE_RELEASE_STRIP=symbols
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/source/target \\
    cargo build --release --locked --bin {binary} && cp target/release/{binary} /server

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
"
    );
    if plan.has_files {
        let _ = writeln!(text, "COPY files {FILES}");
    }
    let ports: Vec<String> = plan.ports.iter().map(|port| port.inner.to_string()).collect();
    let _ = write!(
        text,
        "\
COPY --from=build /server /server
USER {USER}:{USER}
EXPOSE {}
ENTRYPOINT [\"/server\"]
",
        ports.join(" ")
    );
    text
}
