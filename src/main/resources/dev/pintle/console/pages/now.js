/** Now: the faults of the moment as sentences, and the traffic of the latest minutes. */
import { html } from "../lib/html.js";
import { latest } from "../lib/live.js";
import { url } from "../lib/router.js";
import { name } from "../lib/text.js";
import { latencyChart, trafficChart } from "../parts/chart.js";
import { table } from "../parts/table.js";

export default { title: "Now", open: () => ({ view }) };

function view() {
  const state = latest();
  if (!state) {
    return html`<p class="help">Waiting for the node …</p>`;
  }
  const problems = faults(state);
  return html`
    <section aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      ${problems.length === 0
        ? html`<p class="good">Everything works. Revision ${state.revision} is active.</p>`
        : html`<ul class="faults">${problems.map((fault) => html`<li>${fault}</li>`)}</ul>`}
    </section>
    <section aria-labelledby="traffic">
      <h2 id="traffic">Traffic of this node</h2>
      <div class="charts">${trafficChart()}${latencyChart()}</div>
      ${table("Busiest routes of this second", [
        ["Route", (route) => routeLink(route.id)],
        ["Requests/s", (route) => route.requests],
        ["Errors/s", (route) => route.errors],
        ["Limited/s", (route) => route.limited],
        ["p99, ms", (route) => route.p99 ?? "–"],
      ], state.routes ?? [], "no traffic.")}
    </section>
  `;
}

function routeLink(id) {
  return id === "-" ? "(no route)" : html`<a href=${url("route", { id })}>${name(id)}</a>`;
}

/** One sentence for each fault. */
function faults(state) {
  return [
    ...state.reasons.map((reason) => html`${reason}`),
    ...state.circuits.map(circuit),
    ...state.targets.map((target) => html`Target <code>${name(target.target)}</code> of route
      ${routeLink(target.route)} is ${target.state} and receives no requests.`),
    ...state.rejected.map((route) => html`Route ${routeLink(route.id)} is rejected: ${name(route.reason)}.`),
    ...(state.routes ?? []).filter((route) => route.limited > 0).map((route) => html`Route ${routeLink(route.id)}
      refuses ${route.limited} requests per second. <a href=${url("limits")}>Limits</a>`),
    ...state.nodes.filter((node) => node.state !== "in-sync").map((node) => html`Node
      ${name(node.name ?? node.id)} is ${node.state}. <a href=${url("nodes")}>Nodes</a>`),
  ];
}

function circuit({ route, target, state, forced }) {
  return forced
    ? html`The circuit of route ${routeLink(route)} to <code>${name(target)}</code> is forced ${forced.state}:
        ${name(forced.reason)}`
    : html`The circuit of route ${routeLink(route)} to <code>${name(target)}</code> is ${state}.`;
}
