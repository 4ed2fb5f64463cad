// What schemas say: references, types in words, examples, and a view that opens step by step.

import { make, paragraphs } from "./make.js";

const MAX_REFERENCES = 32;
const MAX_DEPTH = 8;
const MAX_VALUES = 400;

/** A document whose references can be followed. */
export class Document {
  constructor(root) {
    this.root = root;
  }

  /** What a reference leads to; anything else is itself. Other documents are not asked. */
  follow(object) {
    for (let step = 0; step < MAX_REFERENCES; step += 1) {
      if (!isObject(object)) return {};
      if (typeof object.$ref !== "string") return object;
      let target = object.$ref.startsWith("#/") ? this.root : undefined;
      for (const part of object.$ref.slice(2).split("/")) {
        const key = decoded(part).replaceAll("~1", "/").replaceAll("~0", "~");
        target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
      }
      object = target;
    }
    return {};
  }

  /** A schema with what it takes over by `allOf`, and without a reference. */
  schema(schema, depth = 0) {
    const found = this.follow(schema);
    if (!Array.isArray(found.allOf) || depth > MAX_DEPTH) return found;
    const merged = {};
    for (const part of [...found.allOf.map((part) => this.schema(part, depth + 1)), found]) {
      const properties = Object.fromEntries([...entries(merged.properties), ...entries(part.properties)]);
      const required = [...list(merged.required), ...list(part.required)];
      Object.assign(merged, part, { required });
      if (Object.keys(properties).length > 0) merged.properties = properties;
    }
    delete merged.allOf;
    return merged;
  }

  /** The types that a schema names, without null. */
  types(schema) {
    const named = Array.isArray(schema.type) ? schema.type : [schema.type];
    const types = named.filter((type) => typeof type === "string" && type !== "null");
    if (types.length > 0) return types;
    if (isObject(schema.properties) || isObject(schema.additionalProperties)) return ["object"];
    return isObject(schema.items) || Array.isArray(schema.prefixItems) ? ["array"] : [];
  }

  isNullable(schema) {
    return schema.nullable === true || list(schema.type).includes("null");
  }

  variants(schema) {
    const variants = [...list(schema.anyOf), ...list(schema.oneOf)];
    return variants.filter((variant) => this.follow(variant).type !== "null");
  }

  /** The values that a schema lists. */
  values(schema) {
    if (Array.isArray(schema.enum)) return schema.enum;
    return Object.hasOwn(schema, "const") ? [schema.const] : undefined;
  }

  /** A schema in words, as short as can be. */
  words(schema, depth = 0) {
    const found = this.schema(schema);
    const name = isObject(schema) && typeof schema.$ref === "string" ? ` (${decoded(schema.$ref.split("/").pop())})` : "";
    const variants = this.variants(found);
    let words = this.types(found).join(" or ");
    if (words === "array" && depth < 3) words = `array of ${this.words(found.items ?? {}, depth + 1)}`;
    if (words === "") words = variants.length === 1 ? this.words(variants[0], depth + 1) : variants.length > 1 ? "one of several" : "any value";
    if (typeof found.format === "string") words += `, ${found.format}`;
    if (this.isNullable(found)) words += ", or null";
    return words + name;
  }

  /** What a value has to keep to. */
  rules(schema) {
    const rules = [];
    const bounds = [
      ["minimum", schema.exclusiveMinimum === true ? "more than" : "at least"],
      ["maximum", schema.exclusiveMaximum === true ? "less than" : "at most"],
      ["exclusiveMinimum", "more than"],
      ["exclusiveMaximum", "less than"],
      ["multipleOf", "a multiple of"],
      ["minLength", "characters at least"],
      ["maxLength", "characters at most"],
      ["minItems", "items at least"],
      ["maxItems", "items at most"],
      ["pattern", "matches"],
    ];
    for (const [keyword, words] of bounds) {
      const value = schema[keyword];
      if (typeof value === "number" || typeof value === "string") rules.push(`${words} ${value}`);
    }
    const values = this.values(schema);
    if (values) rules.push(`one of ${values.map((value) => JSON.stringify(value)).join(", ")}`);
    if (schema.default !== undefined) rules.push(`${JSON.stringify(schema.default)} unless given`);
    if (schema.readOnly === true) rules.push("only in answers");
    if (schema.writeOnly === true) rules.push("only in requests");
    return rules.join("; ");
  }

  /** A value of a schema. `forRequest`: without what only answers have. */
  sample(schema, forRequest) {
    return this.#sample(schema, forRequest, 0, { left: MAX_VALUES });
  }

  #sample(schema, forRequest, depth, budget) {
    budget.left -= 1;
    const found = this.schema(schema);
    if (depth > MAX_DEPTH || budget.left < 0) return null;
    if (found.example !== undefined) return found.example;
    if (Array.isArray(found.examples) && found.examples.length > 0) return found.examples[0];
    if (found.default !== undefined) return found.default;
    const values = this.values(found);
    if (values) return values[0] ?? null;
    const next = (schema) => this.#sample(schema, forRequest, depth + 1, budget);
    switch (this.types(found)[0]) {
      case "object": {
        const wanted = entries(found.properties).filter(([, property]) => {
          const property_ = this.schema(property);
          return !(forRequest && property_.readOnly === true) && !(!forRequest && property_.writeOnly === true);
        });
        const members = wanted.map(([name, property]) => [name, next(property)]);
        return Object.fromEntries(members);
      }
      case "array":
        if (Array.isArray(found.prefixItems)) return found.prefixItems.map(next);
        return found.items === undefined || found.items === false ? [] : [next(found.items)];
      case "integer":
      case "number":
        return typeof found.minimum === "number" ? found.minimum : 0;
      case "boolean":
        return true;
      case "string":
        return text(found);
      default: {
        const [variant] = this.variants(found);
        return variant === undefined ? null : next(variant);
      }
    }
  }

  /** The parts of a schema as a list that opens step by step. `null`: it has none. */
  view(schema) {
    const found = this.schema(schema);
    const parts = entries(found.properties).map(([name, part]) => [name, part, list(found.required).includes(name)]);
    if (isObject(found.additionalProperties) && Object.keys(found.additionalProperties).length > 0) {
      parts.push(["any other name", found.additionalProperties, false]);
    }
    if (isObject(found.items)) parts.push(["each item", found.items, false]);
    this.variants(found).forEach((part, index) => parts.push([`variant ${index + 1}`, part, false]));
    if (parts.length === 0) return null;
    return make("ul", { class: "schema" }, ...parts.map((part) => this.#part(...part)));
  }

  #part(name, schema, isRequired) {
    const found = this.schema(schema);
    const head = [make("span", { class: "name" }, name), ` ${this.words(schema)}${isRequired ? ", required" : ""}`];
    const rules = this.rules(found);
    const rest = [...paragraphs(found.description), ...(rules ? [make("p", { class: "faint" }, rules)] : [])];
    const hasParts = isObject(found.properties) || isObject(found.items) || isObject(found.additionalProperties) || this.variants(found).length > 0;
    if (!hasParts) return make("li", {}, ...head, ...rest);
    const details = make("details", {}, make("summary", {}, ...head));
    details.addEventListener("toggle", () => {
      const view = this.view(schema);
      if (view) details.append(view);
    }, { once: true });
    return make("li", {}, details, ...rest);
  }
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function entries(value) {
  return isObject(value) ? Object.entries(value) : [];
}

export function list(value) {
  return Array.isArray(value) ? value : [];
}

/** Text without percent-encoding, as far as it has any. */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function text(schema) {
  const samples = {
    "date-time": "2026-01-31T12:00:00Z",
    date: "2026-01-31",
    time: "12:00:00Z",
    duration: "PT1H",
    uuid: "7f1b3c52-8c1e-4c57-9d5f-0a8f3f6a2b11",
    email: "someone@example.com",
    uri: "https://example.com/",
    hostname: "example.com",
    ipv4: "192.0.2.1",
    ipv6: "2001:db8::1",
    byte: "aGVsbG8=",
  };
  const sample = Object.hasOwn(samples, schema.format ?? "") ? samples[schema.format] : "text";
  const length = typeof schema.minLength === "number" ? Math.min(schema.minLength, 1000) : 0;
  return sample.padEnd(length, "x");
}
