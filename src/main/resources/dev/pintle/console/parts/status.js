/** Messages about actions, which screen readers announce. */
import { html, nothing } from "../lib/html.js";
import { update } from "./update.js";

let message = null;

/** Shows a message until the next one. */
export function announce(text) {
  message = { text, kind: "note" };
  update();
}

/** Shows the failure of an action. */
export function announceFailure(error) {
  const unavailable = error.code === "store-unavailable" ? " Nothing was changed." : "";
  message = { text: error.message + unavailable, kind: "error" };
  update();
}

/** Removes the message, when another page opens. */
export function clear() {
  message = null;
}

/** Runs an action; its failure becomes a message. Gives whether it succeeded. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    announceFailure(error);
    return false;
  }
}

/** The region of the message. */
export function statusRegion() {
  return html`<div role="status" class="status">
    ${message ? html`<p class=${message.kind}>${message.text}
      <button type="button" class="quiet small" @click=${() => { clear(); update(); }}>Dismiss</button></p>` : nothing}
  </div>`;
}
