/** The targets of a route with their circuits, and the buttons that force them. */
import { call } from "../lib/api.js";
import { html, nothing } from "../lib/html.js";
import { moment, name } from "../lib/text.js";
import { copyAsCurl } from "./curl.js";
import { open } from "./dialog.js";
import { changeButton } from "./edit-guard.js";
import { attempt } from "./status.js";
import { table } from "./table.js";

/** The targets of a document, with circuits and health as the node reports them. */
export function circuitSection(id, document, state, reload) {
  const targets = new Map((document.upstream?.targets ?? []).map(({ url }) => [url, { target: url }]));
  state.discovery.forEach((found) => found.targets.forEach((url) => targets.set(url, { target: url })));
  state.circuits.forEach((circuit) => targets.set(circuit.target, { target: circuit.target, circuit }));
  state.targets.forEach((health) => targets.set(health.target, { ...targets.get(health.target), target: health.target, health }));
  const path = `/api/v1/circuits/${encodeURIComponent(id)}`;
  const isForced = state.circuits.some((circuit) => circuit.forced);
  return html`
    <section aria-labelledby="targets">
      <h2 id="targets">Targets</h2>
      ${state.discovery.map((found) => html`<p class=${found.fault ? "error" : nothing}>Found by DNS
        (<code>${found.type} ${name(found.dns)}</code>)${found.fault ? html`: ${name(found.fault)}` : nothing}.</p>`)}
      ${table("Targets of this node", [
        ["Target", (row) => html`<code>${name(row.target)}</code>`],
        ["Health", (row) => row.health?.state ?? "not checked"],
        ["Circuit", (row) => row.circuit ? circuit(row.circuit) : "none"],
        ["Since", (row) => moment(row.circuit?.since ?? row.health?.since)],
        ["Last failure", (row) => failure(row.circuit?.lastFailure ?? row.health?.lastFailure)],
      ], [...targets.values()])}
      <p class="actions">
        ${changeButton("Force open …", () => force(path, "open", reload), { override: true })}
        ${changeButton("Force closed …", () => force(path, "closed", reload), { override: true })}
        ${isForced ? changeButton("Release", () => send(path, { state: "auto" }, reload), { override: true }) : nothing}
        ${copyAsCurl(() => ["PUT", path, { body: { state: "open", duration: "10m", reason: "" } }])}
      </p>
    </section>
  `;
}

function circuit({ state, forced, retryAt }) {
  if (forced) {
    return html`forced ${forced.state}, ends ${moment(forced.until)}: ${name(forced.reason || "no reason")}`;
  }
  return retryAt ? html`${state}, next trial ${moment(retryAt)}` : state;
}

function failure(last) {
  return last ? html`${name(last.reason)}, ${moment(last.at)}` : "–";
}

async function force(path, state, reload) {
  const effect = state === "open" ? "No request reaches the targets." : "Every request reaches the targets.";
  const body = await open(`Force the circuits ${state}?`, (close) => html`
    <form class="stack" @submit=${(event) => {
      event.preventDefault();
      const { reason, duration } = event.target.elements;
      close({ state, duration: duration.value.trim(), reason: reason.value.trim() });
    }}>
      <p>${effect} It holds on every node, until it ends or you release it.</p>
      <label>Reason <input name="reason" required maxlength="500" autocomplete="off"></label>
      <label>Duration, such as 10m or 1h <input name="duration" required value="10m" pattern="[0-9]+(ms|s|m|h|d)"></label>
      <button class="primary">Force ${state}</button>
    </form>
  `);
  if (body) {
    await send(path, body, reload);
  }
}

async function send(path, body, reload) {
  await attempt(() => call("PUT", path, { body }));
  reload();
}
