/** The rows of a map in a form: a name and a value each, with buttons that add and remove rows. */
import { at, child, equal, withValue } from "../lib/document.js";
import { html, nothing } from "../lib/html.js";
import { name } from "../lib/text.js";
import { area, input, lines } from "./inputs.js";

/** The rows of the map at a pointer. A row without a name is not in the document yet. */
export function rows(label, property, frame) {
  const { id, pointer, editor } = frame;
  const current = shownRows(pointer, editor);
  // Keys can arrive before the next frame, so that each one changes the latest rows. A removed row is shown until that frame.
  const set = (edited) => {
    const latest = shownRows(pointer, editor);
    if (latest.length < current.length) {
      return;
    }
    const next = edited(latest);
    editor.setRows(pointer, next, repeated(next));
    editor.change(withValue(editor.document, pointer, next.some(hasName) ? filled(next) : undefined) ?? {});
  };
  const add = () => {
    set((latest) => [...latest, ["", property.additionalProperties.type === "array" ? [] : ""]]);
    focusAfterUpdate(`${id}-${shownRows(pointer, editor).length - 1}-name`);
  };
  const remove = (index) => {
    set((latest) => latest.toSpliced(index, 1));
    focusAfterUpdate(`${id}-add`);
  };
  const change = (index, edited) => set((latest) => latest.with(index, edited(latest[index])));
  return html`
    ${current.map((entry, index) => row(entry, index, { label, property, frame, change, remove, twice: repeated(current) }))}
    <button type="button" class="small" id="${id}-add" @click=${add}>Add to ${label}</button>
  `;
}

function row([key, value], index, { label, property, frame, change, remove, twice }) {
  const id = `${frame.id}-${index}`;
  const pointer = child(frame.pointer, key);
  const faults = frame.faults.filter((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`));
  const messages = twice === key && key !== "" ? [{ message: "occurs twice" }, ...faults] : faults;
  const cell = { ...frame, pointer, faults: messages, describedBy: messages.length > 0 ? `${id}-fault` : nothing };
  const number = index + 1;
  return html`
    <div class="row">
      <div><label class="help" for="${id}-name">Name<span class="hidden"> ${number} of ${label}</span></label>
        ${input({ ...cell, id: `${id}-name` }, "text", key, (text) => change(index, ([, kept]) => [text, kept]))}</div>
      <div><label class="help" for="${id}-value">Value<span class="hidden"> ${number} of ${label}</span></label>
        ${valueOf({ ...cell, id: `${id}-value` }, property.additionalProperties.type, value, (next) => change(index, ([kept]) => [kept, next]))}</div>
      <button type="button" class="small" @click=${() => remove(index)}>Remove<span class="hidden"> ${key || number} from ${label}</span></button>
    </div>
    ${messages.length > 0 ? html`<p class="error" id="${id}-fault">${name(key)}: ${messages.map((each) => name(each.message))}</p>` : nothing}
  `;
}

function valueOf(cell, type, value, set) {
  if (type === "array") {
    return area(cell, [].concat(value).join("\n"), (text) => set(lines(text)), "one per line");
  }
  return type === "integer"
    ? input(cell, "number", value, (text) => set(text === "" ? "" : Number(text)))
    : input(cell, "text", value, set);
}

/** The rows as typed, as long as the document has the same map. */
function shownRows(pointer, editor) {
  const value = at(editor.document, pointer);
  const typed = editor.rows.get(pointer);
  return typed && equal(filled(typed), value ?? {}) ? typed : Object.entries(value ?? {});
}

function filled(entries) {
  return Object.fromEntries(entries.filter(hasName));
}

function hasName([key]) {
  return key !== "";
}

/** The first name that occurs twice, or undefined. */
function repeated(entries) {
  const names = entries.filter(hasName).map(([key]) => key);
  return names.find((key, index) => names.indexOf(key) !== index);
}

/** Focuses an element that the next update creates. */
function focusAfterUpdate(id) {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(id)?.focus()));
}
