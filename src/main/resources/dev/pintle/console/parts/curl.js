/** The button that copies an action as a curl command. */
import { curl } from "../lib/curl.js";
import { html } from "../lib/html.js";
import { open } from "./dialog.js";
import { announce } from "./status.js";

/** The button beside an action. The call is computed when the operator copies it. */
export function copyAsCurl(call) {
  return html`<button type="button" class="quiet small" @click=${() => copy(curl(...call()))}>Copy as curl</button>`;
}

/** Browsers offer the clipboard on secure origins only; elsewhere a dialog shows the text. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce("The curl command is in the clipboard. Set TOKEN to an admin token.");
  } catch {
    await open("Copy as curl", (close) => html`
      <label>Set TOKEN to an admin token, then run:
        <textarea readonly rows="6" @focus=${(event) => event.target.select()}>${text}</textarea>
      </label>
      <button type="button" class="primary" @click=${() => close(null)}>Done</button>
    `);
  }
}
