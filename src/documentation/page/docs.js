// The page: reads the document that lies beside it, lists its operations, and opens them one by one.

import { make, paragraphs } from "./make.js";
import { operation } from "./operation.js";
import { Document, decoded, entries, isObject, list } from "./schema.js";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
const at = new URL("openapi.json", document.baseURI);
const by = (id) => document.getElementById(id);

try {
  const response = await fetch(at, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  show(new Document(await response.json()));
} catch (error) {
  by("operations").replaceChildren(make("p", { class: "notice", role: "alert" }, `The document cannot be shown: ${error.message}`));
}
by("operations").setAttribute("aria-busy", "false");

function show(doc) {
  const info = isObject(doc.root.info) ? doc.root.info : {};
  const title = String(info.title ?? "API");
  document.title = `${title}: documentation`;
  by("title").textContent = title;
  by("version").textContent = `Version ${info.version ?? "unknown"}`;
  by("description").replaceChildren(...paragraphs(info.description));
  const credentials = schemes(doc);
  const all = operations(doc);
  const shown = all.map((found) => ({ ...found, element: operation(found, doc, credentials, at) }));
  by("operations").replaceChildren(...sections(shown, doc));
  by("search").hidden = shown.length === 0;
  by("filter").addEventListener("input", () => filter(shown));
  filter(shown);
  window.addEventListener("hashchange", open);
  open();
}

/** The operations of a document, in its order. */
function operations(doc) {
  const found = [];
  for (const [path, item] of entries(doc.root.paths)) {
    const { parameters: shared, additionalOperations, ...members } = doc.follow(item);
    const named = entries(members).filter(([name]) => METHODS.includes(name));
    for (const [method, object] of [...named, ...entries(additionalOperations)]) {
      if (isObject(object)) found.push({ method: METHODS.includes(method) ? method.toUpperCase() : method, path, object, shared: list(shared) });
    }
  }
  return found;
}

/** A section for each tag; what has none is by the beginning of its path. */
function sections(shown, doc) {
  const groups = new Map(list(doc.root.tags).map((tag) => [String(tag?.name), []]));
  for (const found of shown) {
    const tag = list(found.object.tags)[0] ?? `/${found.path.split("/")[1] ?? ""}`;
    if (!groups.has(String(tag))) groups.set(String(tag), []);
    groups.get(String(tag)).push(found);
  }
  const described = new Map(list(doc.root.tags).map((tag) => [String(tag?.name), tag?.description]));
  const filled = [...groups].filter(([, members]) => members.length > 0);
  if (filled.length === 0) return [make("p", {}, "The document has no operations.")];
  return filled.map(([tag, members]) =>
    make("section", {}, make("h2", {}, tag), ...paragraphs(described.get(tag)), ...members.map(({ element }) => element)));
}

/** Hides what does not have the words of the filter. */
function filter(shown) {
  const words = by("filter").value.toLowerCase().split(/\s+/).filter((word) => word !== "");
  let count = 0;
  for (const { element, method, path, object } of shown) {
    const text = [method, path, object.operationId, object.summary, object.description, ...list(object.tags)].join(" ").toLowerCase();
    element.hidden = !words.every((word) => text.includes(word));
    count += element.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll("#operations > section")) {
    section.hidden = section.querySelector(":scope > details:not([hidden])") === null;
  }
  by("count").textContent = words.length === 0 ? `${count} operations` : `${count} of ${shown.length} operations`;
}

/** Opens the operation that the address names. */
function open() {
  const named = by(decoded(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) {
    named.open = true;
    named.scrollIntoView();
  }
}

/** The credentials that the document knows, and inputs for them. They are kept nowhere but in this page. */
function schemes(doc) {
  const found = entries(doc.root.components?.securitySchemes).map(([name, scheme]) => ({ name, scheme: doc.follow(scheme) }));
  const usable = found.filter(({ scheme }) => ["http", "apiKey", "oauth2", "openIdConnect"].includes(scheme.type));
  if (usable.length === 0) return new Map();
  const inputs = usable.map(({ name, scheme }, index) => {
    const isBasic = scheme.type === "http" && String(scheme.scheme).toLowerCase() === "basic";
    const input = make("input", { type: "password", id: `credential-${index}`, autocomplete: "off" });
    const label = make("label", { for: input.id }, make("span", { class: "name" }, name));
    label.append(make("small", {}, isBasic ? "user:password" : scheme.type === "apiKey" ? `${scheme.in} ${scheme.name}` : "token"));
    const hint = make("div", { class: "hint faint" }, ...paragraphs(scheme.description));
    return { name, scheme, input, field: make("div", { class: "field" }, label, input, hint) };
  });
  const form = make("form", { autocomplete: "off" }, ...inputs.map(({ field }) => field));
  form.addEventListener("submit", (event) => event.preventDefault());
  by("credentials").replaceChildren(make("details", {}, make("summary", {}, "Credentials"), form));
  return new Map(inputs.map(({ name, scheme, input }) => [name, { scheme, secret: () => input.value }]));
}
