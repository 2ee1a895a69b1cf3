/** The effective settings of a route, each with its origin. */
import { html } from "../lib/html.js";
import { name } from "../lib/text.js";
import { table } from "./table.js";

/** The settings of the policies, as explain answers them. */
export function settingsTable(id, explained) {
  if (explained.route !== id) {
    return html`<p class="help">Another route answers the requests that this one would match, or this one is disabled.
      Its document is below.</p>`;
  }
  const rows = explained.policies.flatMap((policy) => Object.entries(policy.values)
    .map(([key, value]) => ({ policy: policy.name, key, value, origin: policy.origins?.[key] ?? policy.origin })));
  return table("Effective settings", [
    ["Setting", ({ policy, key }) => html`<code>${policy === key ? key : `${policy}.${key}`}</code>`],
    ["Value", ({ value }) => html`<code>${name(typeof value === "string" ? value : JSON.stringify(value))}</code>`],
    ["From", ({ origin }) => origin],
  ], rows);
}
