/** Buttons that change something: disabled with the reason while the operator or the node cannot. */
import { html, nothing } from "../lib/html.js";
import { editFault } from "../lib/live.js";
import { roleFault } from "./session.js";

/** The reason why nothing can be changed now; empty if it can. An override also works without PostgreSQL. */
export function fault({ override = false } = {}) {
  return roleFault() || (override ? "" : editFault());
}

/** A button for a change. */
export function changeButton(label, action, { primary = false, override = false, danger = false } = {}) {
  const reason = fault({ override });
  const kind = primary ? "primary" : danger ? "danger" : "";
  return html`<button type="button" class=${kind} ?disabled=${reason !== ""} title=${reason || nothing}
    @click=${action}>${label}</button>`;
}

/** The reason as a sentence beside the buttons, for everyone who sees no tooltip. */
export function faultNote(options) {
  const reason = fault(options);
  return reason ? html`<p class="help">${reason}</p>` : nothing;
}
