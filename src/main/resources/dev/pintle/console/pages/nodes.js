/** Nodes: each node of the cluster with its revision and state. */
import { get } from "../lib/api.js";
import { html, nothing } from "../lib/html.js";
import { latest } from "../lib/live.js";
import { moment, name } from "../lib/text.js";
import { load, shown } from "../parts/load.js";
import { table } from "../parts/table.js";

export default {
  title: "Nodes",
  open: () => {
    const nodes = load((options) => get("/api/v1/nodes", options));
    const timer = setInterval(() => nodes.reload(true), 3_000);
    return { view: () => view(nodes), close: () => clearInterval(timer) };
  },
};

/** Without PostgreSQL, the node that answers still knows the others from its last heartbeat. */
function view(nodes) {
  const known = latest()?.nodes ?? [];
  return html`
    ${nodes.error && known.length > 0 ? html`<p class="warning">${nodes.error.message} The list is from the last heartbeat
      of this node.</p>${list(known)}` : shown(nodes, (loaded) => html`
        <p>The latest revision is ${loaded.latest}.</p>${list(loaded.nodes)}`)}
  `;
}

function list(nodes) {
  return table("Nodes", [
    ["Name", (node) => name(node.name ?? node.id)],
    ["State", (node) => node.state],
    ["Revision", (node) => node.revision ?? "–"],
    ["Version", (node) => name(node.version ?? "–")],
    ["Configuration from", (node) => node.source ?? "–"],
    ["Last heartbeat", (node) => moment(node.seen)],
    ["Rejects", (node) => (node.rejected ?? []).map((each) => html`${name(each.kind)} ${name(each.id)}: ${name(each.reason)}<br>`)
      ?? nothing],
  ], nodes);
}
