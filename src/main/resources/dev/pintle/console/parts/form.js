/** A form made from the schema of a document. It changes the document field by field and can add no unknown key. */
import { at, child, keys, withValue } from "../lib/document.js";
import { html, nothing } from "../lib/html.js";
import { control } from "../lib/schema.js";
import { name, prose } from "../lib/text.js";
import { area, choice, input, lines } from "./inputs.js";
import { rows } from "./map.js";

/** The fields of an object. The editor has the document, its violations, and the function that changes the document. */
export function fields(schema, pointer, editor) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([key, property]) => ["object", "items"].includes(kind(property))
    ? group(key, property, child(pointer, key), editor)
    : field(key, property, child(pointer, key), editor, required.has(key)));
}

function kind(property) {
  return property.type === "array" && property.items?.properties ? "items" : control(property);
}

function group(key, property, pointer, editor) {
  const value = at(editor.document, pointer);
  const faults = editor.violations.filter((each) => within(each.pointer, pointer)).length;
  return html`
    <details class="group" ?open=${editor.isOpen(pointer, value !== undefined || faults > 0)}
      @toggle=${(event) => editor.toggle(pointer, event.target.open)}>
      <summary>${key}${faults > 0 ? html` <span class="error">(${faults} to correct)</span>` : nothing}</summary>
      ${property.description ? html`<p class="help">${prose(property.description)}</p>` : nothing}
      ${messages(pointer, editor)}
      ${kind(property) === "items" ? items(key, property, pointer, editor) : fields(property, pointer, editor)}
    </details>
  `;
}

function within(pointer, parent) {
  return pointer === parent || pointer.startsWith(`${parent}/`);
}

function items(key, property, pointer, editor) {
  const list = at(editor.document, pointer) ?? [];
  const add = () => editor.change(withValue(editor.document, pointer, [...at(editor.document, pointer) ?? [], {}]));
  return html`
    ${list.map((_, index) => html`
      <fieldset><legend>${key} ${index + 1}</legend>
        ${fields(property.items, child(pointer, index), editor)}
        <button type="button" class="small" @click=${() => editor.change(without(list, pointer, index, editor))}>
          Remove ${key} ${index + 1}</button>
      </fieldset>`)}
    <button type="button" class="small" @click=${add}>Add to ${key}</button>
  `;
}

function without(list, pointer, index, editor) {
  return list.length === 1
    ? withValue(editor.document, pointer, undefined) ?? {}
    : withValue(editor.document, child(pointer, index), undefined);
}

function field(key, property, pointer, editor, required) {
  const id = `field${pointer.replaceAll(/[^A-Za-z0-9]/g, "-")}`;
  const faults = editor.violations.filter((each) => within(each.pointer, pointer));
  const own = kind(property) === "map" ? faults.filter((each) => each.pointer === pointer) : faults;
  const frame = { id, pointer, editor, value: at(editor.document, pointer), required, faults,
    describedBy: [property.description && `${id}-help`, own.length > 0 && `${id}-fault`].filter(Boolean).join(" ") || nothing,
    set: (value) => editor.change(withValue(editor.document, pointer, value) ?? {}) };
  const title = html`${place(pointer)}${key}${required ? html` <span class="help">(required)</span>` : nothing}`;
  const notes = html`
    ${property.description ? html`<p class="help" id="${id}-help">${prose(property.description)}${byDefault(property)}</p>` : nothing}
    ${own.length > 0 ? html`<p class="error" id="${id}-fault">${own.map((each) => name(each.message))}</p>` : nothing}`;
  return kind(property) === "map"
    ? html`<fieldset class="field" aria-describedby=${frame.describedBy}><legend>${title}</legend>
        ${rows(key, property, frame)}${notes}</fieldset>`
    : html`<div class="field"><label for=${id}>${title}</label>
        ${(CONTROLS[kind(property)] ?? CONTROLS.json)(frame, property)}${notes}</div>`;
}

/** The groups around a field, for those who do not see them. */
function place(pointer) {
  const parents = keys(pointer).slice(0, -1).map((key) => /^\d+$/.test(key) ? Number(key) + 1 : key);
  return parents.length > 0 ? html`<span class="hidden">${parents.join(" ")}: </span>` : nothing;
}

function byDefault(property) {
  return property.default === undefined ? nothing : html` Built-in: <code>${JSON.stringify(property.default)}</code>.`;
}

function messages(pointer, editor) {
  const own = editor.violations.filter((each) => each.pointer === pointer);
  return own.map((each) => html`<p class="error">${name(each.message)}</p>`);
}

const CONTROLS = {
  text: (frame, property) => property.maxLength > 500 || /\/(caBundle|body)$/.test(frame.pointer)
    ? area(frame, frame.value ?? "", (text) => frame.set(text === "" ? undefined : text))
    : input(frame, "text", frame.value ?? "", (text) => frame.set(text === "" ? undefined : text)),
  number: (frame) => input(frame, "number", frame.value ?? "", (text) => frame.set(text === "" ? undefined : Number(text))),
  boolean: (frame) => choice(frame, [["true", "yes"], ["false", "no"]], (text) => text === "true"),
  choice: (frame, property) => choice(frame, property.enum.map((each) => [String(each), String(each)]),
    (text) => property.enum.find((each) => String(each) === text)),
  list: (frame, property) => area(frame, (frame.value ?? []).join("\n"), (text) => {
    const values = lines(text, property.items.type);
    frame.set(values.length > 0 ? values : undefined);
  }, "one per line"),
  json: (frame) => area(frame, JSON.stringify(frame.value, null, 1) ?? "",
    (text) => frame.editor.setJson(frame.pointer, text), "JSON"),
};
