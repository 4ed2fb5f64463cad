// The inputs of an operation: one for each parameter, by its type, and an editor for the body.

import { fresh, make } from "./make.js";
import { entries, isObject } from "./schema.js";

/** The form field of a parameter, and what reads its value. */
export function parameterField(parameter, doc) {
  const media = entries(parameter.content)[0]?.[1];
  const schema = doc.schema(parameter.schema ?? media?.schema ?? {});
  const required = parameter.required === true;
  const { control, read } = input(schema, required, parameter, doc, media !== undefined);
  control.id = fresh("input");
  const words = doc.words(parameter.schema ?? media?.schema ?? {});
  const label = make("label", { for: control.id }, make("span", { class: "name" }, parameter.name));
  if (required) label.append(make("span", { class: "required" }, " (required)"));
  label.append(make("small", {}, `${parameter.in}, ${words}`));
  const hints = [parameter.description, doc.rules(schema), parameter.deprecated === true ? "Deprecated." : ""];
  const hint = make("p", { class: "hint faint", id: fresh("hint") }, hints.filter((hint) => hint).join(" "));
  control.setAttribute("aria-describedby", hint.id);
  const field = make("div", { class: "field" }, label, control, hint);
  return { field, read: () => ({ parameter, value: read(`${parameter.name}`) }) };
}

/** A control for a schema; `read` gives its value, or `undefined` where it is left empty. */
function input(schema, required, parameter, doc, isJson) {
  const type = doc.types(schema)[0];
  const values = doc.values(schema) ?? (type === "boolean" ? [true, false] : undefined);
  const example = parameter.example ?? schema.example;
  if (values && !isJson) {
    const options = values.map((value, index) => make("option", { value: index }, String(value)));
    const none = required ? [] : [make("option", { value: "" }, "(not sent)")];
    const control = make("select", { required }, ...none, ...options);
    return { control, read: () => (control.value === "" ? undefined : values[Number(control.value)]) };
  }
  if (isJson || type === "object") {
    const control = make("textarea", { required, spellcheck: "false", placeholder: "JSON" });
    return { control, read: (name) => (control.value.trim() === "" ? undefined : json(control.value, name)) };
  }
  if (type === "array") {
    const control = make("textarea", { required, spellcheck: "false", placeholder: "one item a line" });
    const items = () => control.value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    return { control, read: () => (items().length === 0 ? undefined : items()) };
  }
  const isNumber = type === "integer" || type === "number";
  const control = make("input", {
    required,
    type: isNumber ? "number" : schema.format === "password" ? "password" : "text",
    step: type === "integer" ? 1 : isNumber ? "any" : undefined,
    placeholder: example === undefined ? undefined : String(example),
    autocomplete: "off",
    spellcheck: "false",
  });
  return { control, read: () => (control.value === "" ? undefined : control.value) };
}

function json(text, name) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} is no JSON: ${error.message}`);
  }
}

/** The editor of a request body, and what reads it. */
export function bodyField(body, doc) {
  const contents = entries(body.content);
  const choice = make("select", { id: fresh("media-type") }, ...contents.map(([type], index) => make("option", { value: index }, type)));
  const editor = make("textarea", { class: "body", id: fresh("body"), spellcheck: "false" });
  const file = make("input", { type: "file", id: fresh("file") });
  const isRaw = () => kind(contents[Number(choice.value)][0]) === "binary";
  const show = () => {
    const [type, media] = contents[Number(choice.value)];
    editor.hidden = isRaw();
    file.hidden = !isRaw();
    const sample = example(media, doc);
    editor.value = body.required === true || kind(type) === "json" ? written(sample, type) : "";
  };
  choice.addEventListener("change", show);
  show();
  const required = body.required === true ? [make("span", { class: "required" }, " (required)")] : [];
  const label = make("label", { for: editor.id }, make("span", { class: "name" }, "Body"), ...required);
  label.append(make("small", {}, body.required === true ? "" : "Empty: none is sent."));
  const field = make("div", { class: "field" }, label, make("div", {}, choice, editor, file));
  choice.setAttribute("aria-label", "Media type of the body");
  file.setAttribute("aria-label", "Body");
  const read = () => {
    const [type] = contents[Number(choice.value)];
    if (isRaw()) return file.files.length === 0 ? undefined : { contentType: fixed(type), content: file.files[0] };
    return editor.value.trim() === "" ? undefined : content(editor.value, type);
  };
  return { field, read };
}

/** What the text of an editor is for a media type. */
function content(text, type) {
  switch (kind(type)) {
    case "json":
      json(text, "the body");
      return { contentType: fixed(type), content: text };
    case "form": {
      const form = new URLSearchParams();
      for (const [name, value] of pairs(text)) form.append(name, value);
      return { contentType: fixed(type), content: form.toString() };
    }
    case "multipart": {
      const form = new FormData();
      for (const [name, value] of pairs(text)) form.append(name, value);
      // The browser names the boundary.
      return { contentType: undefined, content: form };
    }
    default:
      return { contentType: fixed(type), content: text };
  }
}

/** The pairs of a form that is written as a JSON object. */
function pairs(text) {
  const object = json(text, "the body");
  if (!isObject(object)) throw new Error("the body must be a JSON object of the form's fields");
  const flat = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  return entries(object).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((value) => [name, flat(value)]));
}

function kind(type) {
  const plain = type.split(";")[0].trim().toLowerCase();
  if (plain === "application/json" || plain.endsWith("+json") || plain === "*/*") return "json";
  if (plain === "application/x-www-form-urlencoded") return "form";
  if (plain === "multipart/form-data") return "multipart";
  return plain.startsWith("text/") || plain.endsWith("xml") || plain.endsWith("jsonl") || plain.endsWith("ndjson") ? "text" : "binary";
}

/** A media type that can be sent, for a range. */
function fixed(type) {
  return type.includes("*") ? (kind(type) === "json" ? "application/json" : "application/octet-stream") : type;
}

function written(sample, type) {
  const isText = kind(type) === "text";
  return isText && typeof sample === "string" ? sample : JSON.stringify(sample, null, 2);
}

/** The example of a media type: its own, or one that its schema allows. */
export function example(media, doc) {
  if (!isObject(media)) return null;
  if (media.example !== undefined) return media.example;
  const [named] = entries(media.examples).map(([, example]) => doc.follow(example));
  if (named !== undefined && named.value !== undefined) return named.value;
  return doc.sample(media.schema ?? {}, true);
}
