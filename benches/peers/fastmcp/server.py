"""The tools of an OpenAPI document by FastMCP: server.py DOCUMENT UPSTREAM.

Without sessions, with JSON answers and without logs, which is the fastest that it offers.
"""

import asyncio
import socket
import sys
from pathlib import Path

import httpx2
import yaml
from fastmcp import FastMCP


async def main(document: str, upstream: str) -> None:
    limits = httpx2.Limits(max_connections=64, max_keepalive_connections=64)
    client = httpx2.AsyncClient(base_url=upstream, limits=limits, trust_env=False)
    server = FastMCP.from_openapi(openapi_spec=yaml.safe_load(Path(document).read_text()), client=client)
    listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
    print(f"127.0.0.1:{listener.getsockname()[1]}", flush=True)
    await server.run_http_async(
        show_banner=False,
        transport="http",
        path="/mcp",
        json_response=True,
        stateless_http=True,
        sockets=[listener],
        log_level="critical",
        uvicorn_config={"access_log": False},
    )


asyncio.run(main(sys.argv[1], sys.argv[2]))
