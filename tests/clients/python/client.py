"""Walks through a PlanetScale backups server with the official Python client, and prints what it saw as JSON.

    python client.py MODE http URL
    python client.py MODE stdio PROGRAM [ARGUMENT…]

MODE is `legacy`, `auto` or a protocol version.
"""

import asyncio
import json
import os
import sys

from mcp import Client, MCPError, StdioServerParameters

BRANCH = {"organization": "acme", "database": "shop", "branch": "main"}


def backup(identifier):
    return {**BRANCH, "backup_id": identifier}


def plain(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def call(client, name, arguments):
    try:
        return plain(await client.call_tool(name, arguments))
    except MCPError as error:
        return {"error": {"code": error.error.code, "message": error.error.message}}


async def main():
    mode, transport, target, *rest = sys.argv[1:]
    if transport == "stdio":
        target = StdioServerParameters(command=target, args=rest, env=dict(os.environ))
    async with Client(target, mode=mode) as client:
        seen = {
            "protocol": client.protocol_version,
            "server": plain(client.server_info) if client.server_info else None,
            "tools": [plain(tool) for tool in (await client.list_tools()).tools],
        }
        seen["create"] = await call(client, "create-backup", {**BRANCH, "body": {"name": "nightly"}})
        identifier = seen["create"].get("structuredContent", {}).get("id")
        seen["list"] = await call(client, "list-backups", BRANCH)
        seen["get"] = await call(client, "get-backup", backup(identifier))
        seen["delete"] = await call(client, "delete-backup", backup(identifier))
        seen["missing"] = await call(client, "get-backup", backup(identifier))
        seen["badArgument"] = await call(client, "get-backup", backup(7))
        seen["absentArgument"] = await call(client, "get-backup", BRANCH)
        seen["unknownTool"] = await call(client, "no-such-tool", {})
        print(json.dumps(seen))


asyncio.run(main())
