// Elements. What a document says is only ever text in them, never markup.

/** An element with attributes and children; texts become text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A description as paragraphs. */
export function paragraphs(text) {
  if (typeof text !== "string") return [];
  const parts = text.split(/\n\s*\n/).map((part) => part.trim());
  return parts.filter((part) => part !== "").map((part) => make("p", {}, part));
}

let last = 0;

/** An identifier that no other element has. */
export function fresh(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}
