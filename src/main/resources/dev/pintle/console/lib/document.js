/** JSON documents by pointers (RFC 6901): read, change, flatten and compare. */

/** The keys of a pointer. */
export function keys(pointer) {
  return pointer.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer of a key below a pointer. */
export function child(pointer, key) {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The value at a pointer, or undefined. */
export function at(document, pointer) {
  return keys(pointer).reduce((value, key) => value?.[key], document);
}

/** A copy of a document with another value at a pointer. Without a value, empty parents disappear too. */
export function withValue(document, pointer, value) {
  return change(document, keys(pointer), value);
}

function change(node, [key, ...rest], value) {
  if (key === undefined) {
    return value;
  }
  const copy = Array.isArray(node) ? [...node] : { ...node };
  const next = change(copy[key], rest, value);
  if (next !== undefined) {
    copy[key] = next;
  } else if (!Array.isArray(copy)) {
    delete copy[key];
  } else if (rest.length === 0) {
    copy.splice(Number(key), 1);
  } else {
    copy[key] = {};
  }
  const isEmpty = !Array.isArray(copy) && Object.keys(copy).length === 0;
  return value === undefined && isEmpty ? undefined : copy;
}

/** Each pointer with a value that has no keys of its own. Lists are values. */
export function flatten(document, pointer = "", result = new Map()) {
  const isObject = typeof document === "object" && document !== null && !Array.isArray(document);
  if (isObject && (Object.keys(document).length > 0 || pointer === "")) {
    Object.entries(document).forEach(([key, value]) => flatten(value, child(pointer, key), result));
  } else {
    result.set(pointer, document);
  }
  return result;
}

/** The same document with its keys in another order. */
export function ordered(document, order) {
  const known = order.filter((key) => key in document);
  const others = Object.keys(document).filter((key) => !known.includes(key));
  return Object.fromEntries([...known, ...others].map((key) => [key, document[key]]));
}

/** Whether two JSON values are equal, whatever the order of their keys. */
export function equal(one, other) {
  return canonical(one) === canonical(other);
}

function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (typeof value === "object" && value !== null) {
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
  }
  return JSON.stringify(value) ?? "undefined";
}
