// Walks through a server with one of the official TypeScript clients, and prints what it saw as JSON: the backups of
// PlanetScale, or the resources and prompts of the harbour.
//
//   node client.mjs v1|v2 MODE http URL
//   node client.mjs v1|v2 MODE stdio PROGRAM [ARGUMENT…]
//
// MODE is `legacy`, `auto` or a protocol version; v1 knows `legacy` only. With CALLS in the environment it makes that many calls
// instead, 32 at a time, each for a backup of its own, and counts those that got it.

const [generation, mode, transport, target, ...rest] = process.argv.slice(2);

const client = generation === "v1" ? await connectV1() : await connectV2();
const seen = { protocol: client.protocol(), server: client.server(), tools: await client.tools() };
if (process.env.CALLS) await callOften(Number(process.env.CALLS));
else await (seen.tools.some((tool) => tool.name === "get-ship") ? walkOffers() : walkBackups());
console.log(JSON.stringify(seen));
await client.close();

async function walkOffers() {
  seen.resources = await client.ask("listResources");
  seen.templates = await client.ask("listResourceTemplates");
  seen.ship = await client.ask("readResource", { uri: "harbour://ships/7" });
  seen.guide = await client.ask("readResource", { uri: "harbour://guides/pilots.md" });
  seen.outside = await client.ask("readResource", { uri: "harbour://guides/..%2Fsecret.txt" });
  seen.prompts = await client.ask("listPrompts");
  seen.prompt = await client.ask("getPrompt", { name: "berth-for", arguments: { "ship-name": "Astrid" } });
  seen.missing = await client.ask("getPrompt", { name: "arrival", arguments: { imo: "7" } });
}

async function walkBackups() {
  const branch = { organization: "acme", database: "shop", branch: "main" };
  const backup = (id) => ({ ...branch, backup_id: id });

  seen.create = await client.call("create-backup", { ...branch, body: { name: "nightly" } });
  const id = seen.create.structuredContent?.id;
  seen.list = await client.call("list-backups", branch);
  seen.get = await client.call("get-backup", backup(id));
  seen.delete = await client.call("delete-backup", backup(id));
  seen.missing = await client.call("get-backup", backup(id));
  seen.badArgument = await client.call("get-backup", backup(7));
  seen.absentArgument = await client.call("get-backup", branch);
  seen.unknownTool = await client.call("no-such-tool", {});
}

async function callOften(calls) {
  const branch = { organization: "acme", database: "shop", branch: "main" };
  let next = 0;
  Object.assign(seen, { right: 0, wrong: [] });
  const caller = async () => {
    while (next < calls) {
      const id = `backup-${next++}`;
      const result = await client.call("get-backup", { ...branch, backup_id: id });
      if (result.structuredContent?.id === id && !result.isError) seen.right += 1;
      else seen.wrong.push(result);
    }
  };
  await Promise.all(Array.from({ length: 32 }, caller));
}

async function connectV1() {
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
  const { StdioClientTransport } = await import("@modelcontextprotocol/sdk/client/stdio.js");
  const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js");
  if (mode !== "legacy") throw new Error("v1 knows the mode `legacy` only");
  const client = new Client({ name: "capsmith-tests", version: "1.0.0" });
  const link = open(StdioClientTransport, StreamableHTTPClientTransport);
  await client.connect(link);
  return adapt(client, () => link.protocolVersion ?? null);
}

async function connectV2() {
  const { Client, StreamableHTTPClientTransport } = await import("@modelcontextprotocol/client");
  const { StdioClientTransport } = await import("@modelcontextprotocol/client/stdio");
  const pinned = mode === "legacy" || mode === "auto" ? mode : { pin: mode };
  const client = new Client({ name: "capsmith-tests", version: "1.0.0" }, { versionNegotiation: { mode: pinned } });
  await client.connect(open(StdioClientTransport, StreamableHTTPClientTransport));
  return adapt(client, () => client.getNegotiatedProtocolVersion());
}

function open(Stdio, Http) {
  if (transport === "http") return new Http(new URL(target));
  return new Stdio({ command: target, args: rest, env: process.env });
}

function refused(error) {
  return { error: { code: error.code, message: error.message } };
}

function adapt(client, protocol) {
  return {
    protocol,
    server: () => client.getServerVersion(),
    tools: async () => (await client.listTools()).tools,
    call: (name, args) => client.callTool({ name, arguments: args }).catch(refused),
    ask: (method, ...params) => client[method](...params).catch(refused),
    close: () => client.close(),
  };
}
