/** Routes: all routes with search, filter and order. Only one part of a long list is on the page. */
import { get } from "../lib/api.js";
import { html, live as value, nothing, repeat } from "../lib/html.js";
import { latest } from "../lib/live.js";
import { url } from "../lib/router.js";
import { count, name } from "../lib/text.js";
import { faultNote } from "../parts/edit-guard.js";
import { load, shown } from "../parts/load.js";
import { update } from "../parts/update.js";

const PART = 100;

export default {
  title: "Routes",
  open: () => {
    const page = { search: "", state: "", label: "", order: "id", from: 0 };
    const routes = load(async (options) => (await get("/api/v1/routes", options)).routes.map(entry));
    return { view: () => shown(routes, (all) => view(page, all)) };
  },
};

/** A route as the list shows and searches it. */
function entry(route) {
  const match = route.match ?? {};
  const path = match.template ?? match.path ?? "";
  const labels = Object.entries(route.labels ?? {}).map(([key, text]) => `${key}:${text}`);
  const targets = (route.upstream?.targets ?? []).map((target) => target.url).concat(route.upstream?.discovery?.dns ?? []);
  return {
    id: route.id, path, labels, enabled: route.enabled !== false, hosts: match.hosts ?? [],
    text: [route.id, path, route.description, ...(match.hosts ?? []), ...targets, ...labels].join(" ").toLowerCase(),
  };
}

/** The state of each route that is not plainly active. */
function states() {
  const state = latest();
  const known = new Map();
  state?.targets.forEach((target) => known.set(target.route, "unhealthy"));
  state?.circuits.forEach((circuit) => known.set(circuit.route, `circuit ${circuit.state}`));
  state?.rejected.forEach((route) => known.set(route.id, "rejected"));
  return known;
}

function view(page, all) {
  const known = states();
  const stateOf = (route) => known.get(route.id) ?? (route.enabled ? "active" : "disabled");
  const labels = [...new Set(all.flatMap((route) => route.labels))].sort();
  const words = page.search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all
    .filter((route) => words.every((word) => route.text.includes(word)))
    .filter((route) => !page.label || route.labels.includes(page.label))
    .filter((route) => !page.state || (page.state === "trouble") === !["active", "disabled"].includes(stateOf(route)))
    .sort((one, other) => key(one) < key(other) ? -1 : 1);
  const part = found.slice(page.from, page.from + PART);
  function key(route) {
    return page.order === "state" ? stateOf(route) : route[page.order];
  }
  return html`
    <form class="filters" role="search" @submit=${(event) => event.preventDefault()}>
      <label>Search <input type="search" .value=${value(page.search)} @input=${set(page, "search")}></label>
      <label>State <select @change=${set(page, "state")}>
        <option value="">all</option><option value="trouble">with a fault</option><option value="fine">without</option>
      </select></label>
      ${labels.length > 0 ? html`<label>Label <select @change=${set(page, "label")}>
        <option value="">all</option>${labels.map((label) => html`<option>${label}</option>`)}
      </select></label>` : nothing}
      <label>Order <select @change=${set(page, "order")}>
        <option value="id">by id</option><option value="path">by path</option><option value="state">by state</option>
      </select></label>
    </form>
    <p class="actions"><a class="button" href=${url("edit")}>Create a route</a></p>
    ${faultNote()}
    <p role="status">${count(found.length, "route")} of ${all.length.toLocaleString("en")}</p>
    ${rows(part, stateOf)}
    ${found.length > PART ? pager(page, found.length) : nothing}
  `;
}

function set(page, field) {
  return (event) => {
    page[field] = event.target.value;
    page.from = 0;
    update();
  };
}

function rows(part, stateOf) {
  return html`
    <div class="scroll" role="region" aria-label="Routes" tabindex="0">
      <table>
        <caption class="hidden">Routes</caption>
        <thead><tr><th scope="col">Id</th><th scope="col">Path</th><th scope="col">Hosts</th>
          <th scope="col">Labels</th><th scope="col">State</th></tr></thead>
        <tbody>${repeat(part, (route) => route.id, (route) => html`<tr>
          <th scope="row"><a href=${url("route", { id: route.id })}>${name(route.id)}</a></th>
          <td><code>${name(route.path)}</code></td>
          <td>${name(route.hosts.join(", "))}</td>
          <td>${name(route.labels.join(", "))}</td>
          <td>${stateOf(route)}</td></tr>`)}
        </tbody>
      </table>
    </div>
  `;
}

function pager(page, total) {
  const move = (by) => () => {
    page.from += by;
    update();
  };
  return html`<nav class="actions" aria-label="Parts of the list">
    <button type="button" ?disabled=${page.from === 0} @click=${move(-PART)}>Previous ${PART}</button>
    <span>${page.from + 1} to ${Math.min(page.from + PART, total)}</span>
    <button type="button" ?disabled=${page.from + PART >= total} @click=${move(PART)}>Next ${PART}</button>
  </nav>`;
}
