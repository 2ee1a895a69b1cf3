/** History: the revisions of the configuration, and the difference between two of them. */
import { get } from "../lib/api.js";
import { html, nothing } from "../lib/html.js";
import { go, url } from "../lib/router.js";
import { moment, name } from "../lib/text.js";
import { load, shown } from "../parts/load.js";
import { effectView } from "../parts/review.js";
import { table } from "../parts/table.js";

const PART = 50;

export default {
  title: "History",
  open: ({ route = "", before = "", from = "", to = "" }) => {
    const query = new URLSearchParams({ limit: PART, ...(route && { route }), ...(before && { before }) });
    const revisions = load((options) => get(`/api/v1/revisions?${query}`, options));
    const diff = from && load((options) => difference(from, to, options));
    return {
      heading: () => route ? html`History of route ${name(route)}` : "History",
      view: () => html`
        ${diff ? shown(diff, (loaded) => diffView(from, to, loaded)) : nothing}
        ${shown(revisions, (page) => view(page, route))}`,
    };
  },
};

async function difference(from, to, options) {
  const query = new URLSearchParams({ from, to: to || "live" });
  const text = await get(`/api/v1/diff?${query}`, { ...options, headers: { Accept: "text/plain" } });
  const json = await get(`/api/v1/diff?${query}`, { ...options, headers: { Accept: "application/json" } });
  return { text, effective: json.effective };
}

function diffView(from, to, { text, effective }) {
  return html`
    <section aria-labelledby="difference"><h2 id="difference">From revision ${from} to ${to || "live"}</h2>
      ${text ? unified(text) : html`<p>No difference.</p>`}
      ${effectView(effective)}
    </section>`;
}

/** A unified diff; its signs come from the node. */
export function unified(text) {
  const kind = (line) => line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "same";
  return html`<pre class="diff" tabindex="0">${text.split("\n").map((line) => html`<span class=${kind(line)}>${name(line)}</span>
`)}</pre>`;
}

function view({ revisions, next }, route) {
  const compare = (event) => {
    event.preventDefault();
    const { from, to } = event.target.elements;
    go("history", { from: from.value.trim(), to: to.value.trim() });
  };
  return html`
    <form class="filters" @submit=${compare}>
      <label>Compare revision <input name="from" inputmode="numeric" pattern="[0-9]+" required size="8"></label>
      <label>with <input name="to" inputmode="numeric" pattern="[0-9]+|live" value="live" size="8"></label>
      <button>Show the difference</button>
    </form>
    ${table("Revisions", [
      ["Number", (each) => html`<a href=${url("revision", { number: each.number })}>${each.number}</a>`],
      ["When", (each) => moment(each.at)],
      ["Author", (each) => name(each.author)],
      ["Changes", changes],
      ["Reason", (each) => name(each.reason ?? "")],
      ["Cause", (each) => each.cause],
      ["State", (each) => each.state],
    ], revisions)}
    ${next ? html`<p class="actions"><a class="button" href=${url("history", { ...(route && { route }), before: next })}>Earlier
      revisions</a></p>` : nothing}
  `;
}

function changes({ changes: list, changeCount }) {
  const first = list.slice(0, 3).map((change) => html`${change.op} ${change.kind} ${name(change.id ?? "")}<br>`);
  return changeCount > 3 ? html`${first}and ${changeCount - 3} more` : first;
}
