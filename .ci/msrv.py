"""Checks that no dependency of the published crates needs a newer Rust than they declare.

Clippy's `incompatible_msrv` checks the standard library's items that the crates themselves use.
"""

import json
import subprocess
import sys

PUBLISHED = {"capsmith", "capsmith-codegen", "capsmith-macros"}


def version(text):
    return tuple(int(part) for part in (text.split("-")[0] + ".0.0").split(".")[:3])


def main():
    command = ["cargo", "metadata", "--format-version=1", "--locked", "--all-features"]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    todo = [identifier for identifier, package in packages.items() if package["name"] in PUBLISHED]
    declared = {packages[identifier]["rust_version"] for identifier in todo}
    if len(todo) != len(PUBLISHED) or len(declared) != 1 or None in declared:
        sys.exit(f"the published crates declare different versions: {declared}")
    limit = declared.pop()
    reached = set()
    while todo:
        identifier = todo.pop()
        if identifier in reached:
            continue
        reached.add(identifier)
        for dependency in nodes[identifier]["deps"]:
            if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"]):
                todo.append(dependency["pkg"])
    newer = [
        f"{package['name']} {package['version']} needs Rust {package['rust_version']}"
        for package in (packages[identifier] for identifier in reached)
        if package["rust_version"] and version(package["rust_version"]) > version(limit)
    ]
    if newer:
        sys.exit(f"newer than the declared Rust {limit}:\n" + "\n".join(sorted(newer)))
    print(f"{len(reached)} packages, all content with Rust {limit}")


main()
