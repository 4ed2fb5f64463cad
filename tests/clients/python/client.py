"""Walks through a server with the official Python client, and prints what it saw as JSON: the backups of PlanetScale, or the
resources and prompts of the harbour.

    python client.py MODE http URL
    python client.py MODE stdio PROGRAM [ARGUMENT…]

MODE is `legacy`, `auto` or a protocol version. With CALLS in the environment it makes that many calls instead, 32 at a time, each
for a backup of its own, and counts those that got it.
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


async def ask(answer):
    try:
        return plain(await answer)
    except MCPError as error:
        return {"error": {"code": error.error.code, "message": error.error.message}}


async def walk_backups(client, seen):
    seen["create"] = await ask(client.call_tool("create-backup", {**BRANCH, "body": {"name": "nightly"}}))
    identifier = seen["create"].get("structuredContent", {}).get("id")
    seen["list"] = await ask(client.call_tool("list-backups", BRANCH))
    seen["get"] = await ask(client.call_tool("get-backup", backup(identifier)))
    seen["delete"] = await ask(client.call_tool("delete-backup", backup(identifier)))
    seen["missing"] = await ask(client.call_tool("get-backup", backup(identifier)))
    seen["badArgument"] = await ask(client.call_tool("get-backup", backup(7)))
    seen["absentArgument"] = await ask(client.call_tool("get-backup", BRANCH))
    seen["unknownTool"] = await ask(client.call_tool("no-such-tool", {}))


async def walk_offers(client, seen):
    seen["resources"] = await ask(client.list_resources())
    seen["templates"] = await ask(client.list_resource_templates())
    seen["ship"] = await ask(client.read_resource("harbour://ships/7"))
    seen["guide"] = await ask(client.read_resource("harbour://guides/pilots.md"))
    seen["outside"] = await ask(client.read_resource("harbour://guides/..%2Fsecret.txt"))
    seen["prompts"] = await ask(client.list_prompts())
    seen["prompt"] = await ask(client.get_prompt("berth-for", {"ship-name": "Astrid"}))
    seen["missing"] = await ask(client.get_prompt("arrival", {"imo": "7"}))


async def call_often(client, seen, calls):
    identifiers = iter(range(calls))
    seen.update(right=0, wrong=[])

    async def caller():
        for identifier in identifiers:
            wanted = f"backup-{identifier}"
            result = await ask(client.call_tool("get-backup", backup(wanted)))
            if result.get("structuredContent", {}).get("id") == wanted and not result.get("isError"):
                seen["right"] += 1
            else:
                seen["wrong"].append(result)

    await asyncio.gather(*(caller() for _ in range(32)))


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
        if calls := os.environ.get("CALLS"):
            await call_often(client, seen, int(calls))
            print(json.dumps(seen))
            return
        is_harbour = any(tool["name"] == "get-ship" for tool in seen["tools"])
        await (walk_offers(client, seen) if is_harbour else walk_backups(client, seen))
        print(json.dumps(seen))


asyncio.run(main())
