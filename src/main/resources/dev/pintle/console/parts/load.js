/** Data that a page reads from the node, with its states: loading, failed, there. */
import { html } from "../lib/html.js";
import { update } from "./update.js";

/** Starts to read. The result has value, error and reload; a reload keeps the value until the next one is there. */
export function load(read) {
  const state = { value: null, error: null };
  state.reload = async (background = false) => {
    try {
      state.value = await read({ background });
      state.error = null;
    } catch (error) {
      state.error = error;
    }
    update();
  };
  state.reload();
  return state;
}

/** Shows data by a view, or why it is not there. */
export function shown(state, view) {
  const fault = state.error
    ? html`<p role="alert" class="error">${state.error.message}
        <button type="button" class="small" @click=${() => state.reload()}>Try again</button></p>`
    : "";
  if (state.value === null) {
    return state.error ? fault : html`<p class="help">Loading …</p>`;
  }
  return html`${fault}${view(state.value)}`;
}
