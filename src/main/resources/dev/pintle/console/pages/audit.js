/** Audit: every attempt to write, and whether the table is intact. */
import { call, get } from "../lib/api.js";
import { html, nothing } from "../lib/html.js";
import { url } from "../lib/router.js";
import { moment, name } from "../lib/text.js";
import { copyAsCurl } from "../parts/curl.js";
import { load, shown } from "../parts/load.js";
import { announce, attempt } from "../parts/status.js";
import { table } from "../parts/table.js";

const VERIFY = "/api/v1/audit/verify";

export default {
  title: "Audit",
  open: ({ before = "", route = "" }) => {
    const query = new URLSearchParams({ limit: 50, ...(before && { before }), ...(route && { route }) });
    const entries = load((options) => get(`/api/v1/audit?${query}`, options));
    return { view: () => shown(entries, view) };
  },
};

function view({ entries, next }) {
  return html`
    <p class="actions"><button type="button" @click=${verify}>Verify the table</button>${copyAsCurl(() => ["GET", VERIFY])}</p>
    ${table("Attempts to write", [
      ["Number", (row) => row.number],
      ["When", (row) => moment(row.at)],
      ["Author", (row) => name(row.author)],
      ["Call", (row) => html`<code>${name([row.method, row.path].filter(Boolean).join(" "))}</code>`],
      ["Result", (row) => html`${row.outcome} ${row.code ? name(row.code) : nothing}`],
      ["Revision", (row) => row.revision ? html`<a href=${url("revision", { number: row.revision })}>${row.revision}</a>` : "–"],
      ["From", (row) => name(row.peer ?? "–")],
      ["Reason", (row) => name(row.reason ?? "")],
    ], entries)}
    ${next ? html`<p class="actions"><a class="button" href=${url("audit", { before: next })}>Earlier entries</a></p>` : nothing}
  `;
}

async function verify() {
  await attempt(async () => {
    const { body } = await call("GET", VERIFY);
    announce(body.intact
      ? `The table is intact: ${body.entries} entries, none missing or changed.`
      : `The table is not intact: entry ${body.firstBroken} is missing or changed.`);
  });
}
