/** Merges two versions of a document that began as one. */
import { at, equal, flatten, withValue } from "./document.js";

/** The fields that differ between the versions: each with both values, and the choice that needs no operator. */
export function compare(base, mine, theirs) {
  const pointers = new Set([mine, theirs].flatMap((version) => [...flatten(version).keys()]));
  return [...pointers].sort()
    .map((pointer) => ({ pointer, base: at(base, pointer), mine: at(mine, pointer), theirs: at(theirs, pointer) }))
    .filter((field) => !equal(field.mine, field.theirs))
    .map((field) => ({ ...field, choice: choice(field) }));
}

/** The version that changed a field; empty if both did. */
function choice({ base, mine, theirs }) {
  if (equal(base, mine)) {
    return "theirs";
  }
  return equal(base, theirs) ? "mine" : "";
}

/** The document with the chosen value of each field. */
export function merged(theirs, fields) {
  return fields
    .filter((field) => field.choice === "mine")
    .reduce((document, field) => withValue(document, field.pointer, field.mine) ?? {}, theirs);
}
