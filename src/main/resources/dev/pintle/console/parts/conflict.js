/** The merge after somebody else changed the same document: both versions beside each other, and a choice per field. */
import { call } from "../lib/api.js";
import { html } from "../lib/html.js";
import { ordered } from "../lib/document.js";
import { compare, merged } from "../lib/merge.js";
import { name, pretty } from "../lib/text.js";
import { update } from "./update.js";

/** Reads the stored version. A document that was deleted counts as empty. */
export async function openConflict(editor) {
  let theirs = {};
  let tag = null;
  try {
    const { body, headers } = await call("GET", editor.kind.path(editor.id || editor.document.id));
    const { id: _, ...document } = body;
    theirs = document;
    tag = headers.get("ETag");
  } catch (error) {
    if (error.status !== 404) {
      throw error;
    }
  }
  const { id: _, ...mine } = editor.document;
  const { id: __, ...base } = editor.base;
  theirs = ordered(theirs, editor.order);
  return { base, mine, theirs, tag, fields: compare(base, mine, theirs) };
}

/** The merge with the ways to go on. */
export function conflictView(conflict, { back, take }) {
  const open = conflict.fields.filter((field) => field.choice === "").length;
  return html`
    <p role="alert">Another change of this document was stored first. Nothing of yours is lost: choose a version for each
      field that differs, then review the result.</p>
    <div class="beside">
      <section aria-labelledby="mine"><h2 id="mine">Your version</h2><pre tabindex="0">${pretty(conflict.mine)}</pre></section>
      <section aria-labelledby="theirs"><h2 id="theirs">Stored version</h2>
        <pre tabindex="0">${pretty(conflict.theirs)}</pre></section>
    </div>
    <form class="stack" @submit=${(event) => event.preventDefault()}>
      ${conflict.fields.map((field, index) => fieldChoice(field, index))}
    </form>
    <p class="actions">
      <button type="button" class="primary" ?disabled=${open > 0}
        @click=${() => take(merged(conflict.theirs, conflict.fields))}>Review the merged version</button>
      <button type="button" @click=${back}>Back to the form</button>
      <span class="help" role="status">${open > 0 ? `${open} without a choice.` : "Every field has a choice."}</span>
    </p>
  `;
}

function fieldChoice(field, index) {
  const option = (version, label) => html`
    <label class="choice"><input type="radio" name="field-${index}" .checked=${field.choice === version}
      @change=${() => { field.choice = version; update(); }}>
      ${label}: <code>${field[version] === undefined ? "absent" : name(JSON.stringify(field[version]))}</code></label>`;
  return html`<fieldset><legend><code>${name(field.pointer)}</code></legend>
    ${option("mine", "yours")}${option("theirs", "stored")}</fieldset>`;
}
