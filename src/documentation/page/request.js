// Requests: values by the styles of parameters (OpenAPI, "Style Values"), credentials, and the exchange itself.

import { entries, isObject, list } from "./schema.js";

/** The longest body that is shown, in bytes. */
const LONGEST = 1024 * 1024;

/** Where a request goes: below the server that the document names, which is the one that gave it. */
export function target(root, path, at) {
  const server = list(root.servers).find((server) => typeof server?.url === "string");
  const base = new URL(server ? server.url : ".", at);
  return base.origin + base.pathname.replace(/\/$/, "") + path;
}

/** A request of an operation; fails with a message for people. */
export function build(operation, root, at) {
  const { method, path, values, body, credentials } = operation;
  let filled = path;
  const query = [];
  const headers = new Headers();
  const cookies = [];
  for (const { parameter, value } of values) {
    if (value === undefined) continue;
    const pairs = styled(parameter, value);
    switch (parameter.in) {
      case "path": {
        const text = pairs[0][1];
        if (text === "" || text === "." || text === "..") throw new Error(`${parameter.name} cannot be “${text}” in a path`);
        filled = filled.replaceAll(`{${parameter.name}}`, () => text);
        break;
      }
      case "query":
        query.push(...pairs.map(([name, text]) => `${encodeURIComponent(name)}=${text}`));
        break;
      case "header":
        headers.set(parameter.name, pairs[0][1]);
        break;
      case "cookie":
        cookies.push(...pairs.map(([name, text]) => `${name}=${text}`));
        break;
      default:
        throw new Error(`this page cannot send a parameter in ${parameter.in}`);
    }
  }
  for (const { scheme, secret } of credentials) authorize(scheme, secret, headers, query, cookies);
  if (body !== undefined && body.contentType !== undefined) headers.set("Content-Type", body.contentType);
  const odd = cookies.find((cookie) => !/^[\w!#$%&'*+.^`|~-]+=[^;\s]*$/.test(cookie));
  if (odd !== undefined) throw new Error(`${odd} is no cookie`);
  const [way, fixed] = filled.split("?");
  const all = [...(fixed ? [fixed] : []), ...query].join("&");
  const url = target(root, way, at) + (all === "" ? "" : `?${all}`);
  return { method, url, headers, cookies, body: body?.content };
}

/** The pairs of names and encoded texts that a value becomes. */
function styled(parameter, value) {
  const { name } = parameter;
  if (isObject(parameter.content)) {
    return [[name, encoded(parameter, typeof value === "string" ? value : JSON.stringify(value))]];
  }
  const inQuery = parameter.in === "query" || parameter.in === "cookie";
  const style = parameter.style ?? (inQuery ? "form" : "simple");
  const explode = parameter.explode ?? (style === "form" || style === "cookie");
  const text = (part) => encoded(parameter, isObject(part) || Array.isArray(part) ? JSON.stringify(part) : String(part));
  const prefix = { label: ".", matrix: ";" }[style] ?? "";
  if (Array.isArray(value)) {
    const parts = value.map(text);
    if (inQuery && explode) return parts.map((part) => [name, part]);
    if (style === "matrix") return [[name, explode ? parts.map((part) => `;${name}=${part}`).join("") : `;${name}=${parts.join(",")}`]];
    const between = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "%7C" : style === "label" && explode ? "." : ",";
    return [[name, prefix + parts.join(between)]];
  }
  if (isObject(value)) {
    const parts = entries(value);
    if (style === "deepObject") return parts.map(([key, part]) => [`${name}[${key}]`, text(part)]);
    if (inQuery && explode) return parts.map(([key, part]) => [key, text(part)]);
    const joined = (between, inside) => parts.map(([key, part]) => `${text(key)}${inside}${text(part)}`).join(between);
    if (style === "matrix") return [[name, explode ? `;${joined(";", "=")}` : `;${name}=${joined(",", ",")}`]];
    if (style === "label") return [[name, explode ? `.${joined(".", "=")}` : `.${joined(",", ",")}`]];
    return [[name, explode ? joined(",", "=") : joined(",", ",")]];
  }
  return [[name, style === "matrix" ? `;${name}=${text(value)}` : prefix + text(value)]];
}

function encoded(parameter, text) {
  if (parameter.in === "header") return text;
  const all = encodeURIComponent(text);
  if (parameter.allowReserved !== true || parameter.in !== "query") return all;
  return all.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/g, (code) => decodeURIComponent(code));
}

function authorize(scheme, secret, headers, query, cookies) {
  const kind = scheme.type === "http" ? String(scheme.scheme).toLowerCase() : scheme.type;
  if (kind === "basic") {
    const bytes = new TextEncoder().encode(secret);
    headers.set("Authorization", `Basic ${btoa(String.fromCharCode(...bytes))}`);
  } else if (kind === "apiKey" && scheme.in === "query") {
    query.push(`${encodeURIComponent(scheme.name)}=${encodeURIComponent(secret)}`);
  } else if (kind === "apiKey" && scheme.in === "cookie") {
    cookies.push(`${scheme.name}=${encodeURIComponent(secret)}`);
  } else if (kind === "apiKey") {
    headers.set(scheme.name, secret);
  } else {
    headers.set("Authorization", `Bearer ${secret}`);
  }
}

/** Sends a request. The body is read up to a limit, so that one without an end does no harm. */
export async function send(request, signal) {
  // A page cannot send cookies of its own; the browser sends those that it holds, and forgets them afterwards.
  for (const cookie of request.cookies) document.cookie = `${cookie}; Path=/; SameSite=Strict`;
  const begun = performance.now();
  try {
    const { method, headers, body } = request;
    const response = await fetch(request.url, { method, headers, body, signal, redirect: "manual", cache: "no-store" });
    const { bytes, isWhole } = await read(response, signal);
    return { response, bytes, isWhole, milliseconds: performance.now() - begun };
  } finally {
    for (const cookie of request.cookies) document.cookie = `${cookie}; Path=/; SameSite=Strict; Max-Age=0`;
  }
}

async function read(response, signal) {
  const parts = [];
  let length = 0;
  let isWhole = true;
  const reader = response.body?.getReader();
  try {
    while (reader !== undefined && isWhole) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.byteLength;
      isWhole = length <= LONGEST;
    }
  } catch (error) {
    // What came before somebody stopped it is an answer all the same.
    if (!signal.aborted) throw error;
    isWhole = false;
  }
  if (!isWhole) reader.cancel().catch(() => {});
  return { bytes: new Blob(parts), isWhole };
}
