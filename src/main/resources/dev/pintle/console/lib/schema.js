/** The schemas of documents, from the OpenAPI description of the admin API. */
import { get } from "./api.js";

let loaded = null;

/** The schema of a kind of document, such as "Route". */
export async function schema(kind) {
  loaded ??= get("/api/v1/openapi.json");
  try {
    const description = await loaded;
    return resolve(description.components.schemas[kind], description);
  } catch (error) {
    loaded = null;
    throw error;
  }
}

function resolve(node, description) {
  if (Array.isArray(node)) {
    return node.map((each) => resolve(each, description));
  }
  if (typeof node !== "object" || node === null) {
    return node;
  }
  if (node.$ref) {
    return resolve(description.components.schemas[node.$ref.split("/").at(-1)], description);
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, resolve(value, description)]));
}

/** How a form shows a value: "text", "number", "boolean", "choice", "list", "map", "object" or "json". */
export function control({ type, enum: values, items, properties, additionalProperties, oneOf }) {
  if (values) {
    return "choice";
  }
  if (type === "boolean") {
    return "boolean";
  }
  if (type === "integer" || type === "number") {
    return "number";
  }
  if (type === "array" && (items?.type === "string" || items?.type === "integer")) {
    return "list";
  }
  if (properties && !oneOf) {
    return "object";
  }
  if (type === "object" && additionalProperties?.type) {
    return "map";
  }
  return type === "string" ? "text" : "json";
}
