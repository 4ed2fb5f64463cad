// One operation: what the document says about it, and a form that calls it.

import { bodyField, parameterField } from "./form.js";
import { fresh, make, paragraphs } from "./make.js";
import { build, send } from "./request.js";
import { entries, isObject, list } from "./schema.js";

/** The element of an operation, which is filled when it is opened for the first time. */
export function operation(found, doc, credentials, at) {
  const { method, path, object } = found;
  const summary = object.summary ?? String(object.description ?? "").split("\n")[0];
  const heading = make("h3", {},
    make("span", { class: `method ${/^[A-Z]+$/.test(method) ? method.toLowerCase() : ""}` }, method),
    make("span", { class: "path" }, path),
    make("span", { class: "faint" }, summary));
  const details = make("details", { class: object.deprecated === true ? "deprecated" : undefined }, make("summary", {}, heading));
  details.id = typeof object.operationId === "string" ? `op-${object.operationId}` : fresh("operation");
  details.addEventListener("toggle", () => details.append(...content(found, doc, credentials, at)), { once: true });
  return details;
}

function content(found, doc, credentials, at) {
  const { object } = found;
  const said = object.summary === undefined && !String(object.description).includes("\n") ? [] : paragraphs(object.description);
  if (object.deprecated === true) said.unshift(make("p", { class: "notice" }, "Deprecated."));
  return [...said, request(found, doc, credentials, at), ...responses(object, doc)];
}

/** The parameters of the path and those of the operation, which take their place. */
function parameters(found, doc) {
  const key = (parameter) => `${parameter.in} ${parameter.name}`;
  const all = [...found.shared, ...list(found.object.parameters)].map((parameter) => doc.follow(parameter));
  return [...new Map(all.filter((parameter) => typeof parameter.name === "string").map((parameter) => [key(parameter), parameter])).values()];
}

function request(found, doc, credentials, at) {
  const fields = parameters(found, doc).map((parameter) => parameterField(parameter, doc));
  const described = doc.follow(found.object.requestBody);
  const body = entries(described.content).length > 0 ? bodyField(described, doc) : undefined;
  const sendButton = make("button", { type: "submit" }, "Send request");
  const stopButton = make("button", { type: "button", hidden: true }, "Stop");
  const status = make("p", { role: "status" });
  const answer = make("div", { class: "answer" });
  const form = make("form", { novalidate: false }, make("h4", {}, "Try it"), ...fields.map(({ field }) => field));
  if (body) {
    form.append(body.field);
    const view = doc.view(entries(described.content)[0][1]?.schema ?? {});
    if (view) form.append(make("details", {}, make("summary", {}, "Schema of the body"), view));
  }
  form.append(sendButton, " ", stopButton, status, answer);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const controller = new AbortController();
    stopButton.onclick = () => controller.abort();
    sendButton.disabled = true;
    stopButton.hidden = false;
    try {
      const values = fields.map(({ read }) => read());
      const secrets = chosen(found.object.security ?? doc.root.security, credentials);
      const asked = build({ ...found, values, body: body?.read(), credentials: secrets }, doc.root, at);
      status.replaceChildren("Waiting for the answer …");
      answer.replaceChildren(make("p", {}, make("code", {}, `${asked.method} ${asked.url}`)));
      const given = await send(asked, controller.signal);
      status.replaceChildren(...told(given));
      answer.append(...(await shown(given)));
    } catch (error) {
      const reason = controller.signal.aborted ? "Stopped." : `Not sent, or not answered: ${error.message}`;
      status.replaceChildren(make("span", { class: "status bad" }, reason));
    }
    sendButton.disabled = false;
    stopButton.hidden = true;
  });
  return form;
}

/** The credentials of the first alternative that is filled in. */
function chosen(requirements, credentials) {
  for (const requirement of list(requirements)) {
    const wanted = entries(requirement).map(([name]) => credentials.get(name));
    const given = wanted.map((found) => found && { scheme: found.scheme, secret: found.secret() });
    if (given.length > 0 && given.every((found) => found && found.secret !== "")) return given;
  }
  return [];
}

/** The status of an answer, and how long it took. */
function told({ response, milliseconds }) {
  const isRedirect = response.type === "opaqueredirect";
  const words = isRedirect ? "A redirect, which this page does not follow" : `${response.status} ${response.statusText}`.trim();
  return [make("span", { class: `status ${response.ok ? "good" : "bad"}` }, words), ` in ${Math.round(milliseconds)} ms`];
}

/** The headers and the body of an answer. */
async function shown({ response, bytes, isWhole }) {
  const headers = [...response.headers].flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
  const head = make("details", {}, make("summary", {}, "Headers"), make("dl", {}, ...headers));
  const body = bytes.size === 0 ? [make("p", { class: "faint" }, "There is no body.")] : await bodyOf(response, bytes, isWhole);
  return [head, ...body];
}

async function bodyOf(response, bytes, isWhole) {
  const rest = isWhole ? [] : [make("p", { class: "faint" }, "Only the beginning is shown.")];
  const link = make("a", { download: "answer" }, `Save ${bytes.size} bytes`);
  link.href = URL.createObjectURL(bytes);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: isWhole }).decode(await bytes.arrayBuffer());
  } catch {
    return [make("p", {}, "The body is no text. ", link)];
  }
  const isJson = /[/+]json\b/.test(response.headers.get("Content-Type") ?? "");
  return [make("pre", { class: "body", tabindex: "0", "aria-label": "Body of the answer" }, isJson ? pretty(text) : text), ...rest, make("p", {}, link)];
}

/** JSON for people. Numbers stay as they are written, so that they lose no digits. */
function pretty(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const lines = [];
  let line = "";
  let level = 0;
  const end = () => {
    lines.push(line);
    line = "  ".repeat(level);
  };
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === "}" || token === "]") {
      level -= 1;
      if (/[{[]$/.test(line)) line = line.trimEnd();
      else end();
      line += token;
    } else if (/[{[]$/.test(line)) {
      end();
      line += token;
    } else {
      line += token;
    }
    if (token === "{" || token === "[") level += 1;
    else if (token === ":") line += " ";
    else if (token === ",") end();
  }
  return [...lines, line].join("\n");
}

function responses(object, doc) {
  // Objects list keys that are numbers first, and statuses are best read by their digits.
  const order = ([left], [right]) => (left.toUpperCase() < right.toUpperCase() ? -1 : 1);
  const all = entries(object.responses).sort(order);
  return all.length === 0 ? [] : [make("h4", {}, "Answers"), ...all.map(([status, response]) => answered(status, doc.follow(response), doc))];
}

function answered(status, response, doc) {
  const head = make("summary", {}, make("span", { class: "name" }, status), ` ${response.description ?? ""}`);
  const details = make("details", {}, head);
  details.addEventListener("toggle", () => {
    for (const [type, media] of entries(response.content)) {
      details.append(make("h5", {}, `${type}: ${isObject(media?.schema) ? doc.words(media.schema) : "anything"}`));
      if (!isObject(media?.schema)) continue;
      const view = doc.view(media.schema);
      if (view) details.append(view);
      const sample = media.example ?? doc.sample(media.schema, false);
      details.append(make("pre", { tabindex: "0", "aria-label": "Example" }, JSON.stringify(sample, null, 2)));
    }
    for (const [name, header] of entries(response.headers)) {
      details.append(make("p", {}, make("span", { class: "name" }, name), ` ${doc.follow(header).description ?? ""}`));
    }
    if (details.childElementCount === 1) details.append(make("p", { class: "faint" }, "There is no body."));
  }, { once: true });
  return details;
}
