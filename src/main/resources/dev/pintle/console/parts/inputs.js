/** The controls of single values in a form. A frame has the id, pointer, value and violations of a field, and its editor. */
import { html, live } from "../lib/html.js";

/** A text or a number in one line. */
export function input(frame, type, value, set) {
  return html`<input id=${frame.id} type=${type} .value=${live(String(value))} ?required=${frame.required}
    autocomplete="off" spellcheck="false" aria-describedby=${frame.describedBy}
    aria-invalid=${frame.faults.length > 0 ? "true" : "false"} @input=${(event) => set(event.target.value)}>`;
}

/** A text of several lines. While it has the focus it keeps its form; afterwards it shows the value in the document. */
export function area({ id, pointer, editor, describedBy, faults }, value, set, placeholder = "") {
  const type = (event) => {
    editor.drafts.set(pointer, event.target.value);
    set(event.target.value);
  };
  return html`<textarea id=${id} rows="3" .value=${live(editor.drafts.get(pointer) ?? value)} placeholder=${placeholder}
    spellcheck="false" aria-describedby=${describedBy} aria-invalid=${faults.length > 0 ? "true" : "false"}
    @input=${type} @blur=${() => editor.settle(pointer)}></textarea>`;
}

/** One of a few values, or none. */
export function choice(frame, options, read) {
  const chosen = frame.value === undefined ? "" : String(frame.value);
  return html`<select id=${frame.id} aria-describedby=${frame.describedBy}
    aria-invalid=${frame.faults.length > 0 ? "true" : "false"}
    @change=${(event) => frame.set(event.target.value === "" ? undefined : read(event.target.value))}>
    <option value="" ?selected=${chosen === ""}>not set</option>
    ${options.map(([value, label]) => html`<option value=${value} ?selected=${chosen === value}>${label}</option>`)}
  </select>`;
}

/** The values of a text with one in each line. */
export function lines(text, type) {
  const values = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return type === "integer" ? values.map(Number) : values;
}
