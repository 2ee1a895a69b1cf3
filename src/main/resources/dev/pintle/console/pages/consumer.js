/** Consumer: its document and its API keys. A new key is shown once. */
import { call, get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { url } from "../lib/router.js";
import { moment, name, pretty } from "../lib/text.js";
import { copyAsCurl } from "../parts/curl.js";
import { confirm, open } from "../parts/dialog.js";
import { changeButton, faultNote } from "../parts/edit-guard.js";
import { load, shown } from "../parts/load.js";
import { attempt } from "../parts/status.js";
import { table } from "../parts/table.js";

export default {
  title: "Consumer",
  open: ({ id = "" }) => {
    const path = `/api/v1/consumers/${encodeURIComponent(id)}`;
    const consumer = load((options) => get(path, options));
    const keys = load(async (options) => (await get(`${path}/keys`, options)).keys);
    return {
      heading: () => html`Consumer ${name(id)}`,
      view: () => html`
        ${shown(consumer, (document) => html`
          <p class="actions"><a class="button" href=${url("edit", { kind: "consumer", id })}>Edit</a></p>
          <pre tabindex="0">${pretty(document)}</pre>`)}
        <section aria-labelledby="keys"><h2 id="keys">API keys</h2>
          ${shown(keys, (list) => keyTable(`${path}/keys`, list, keys.reload))}
        </section>`,
    };
  },
};

function keyTable(path, keys, reload) {
  return html`
    <p class="actions">${changeButton("Create a key …", () => create(path, reload))}
      ${copyAsCurl(() => ["POST", path, { body: { name: "production" } }])}</p>
    ${faultNote()}
    ${table("Keys", [
      ["Name", (key) => name(key.name ?? "")],
      ["Created", (key) => moment(key.created)],
      ["Expires", (key) => moment(key.expires)],
      ["Last used", (key) => key.lastUsed ?? "never"],
      ["Actions", (key) => html`${changeButton(html`Revoke <span class="hidden">key ${name(key.name ?? key.id)}</span> …`,
        () => revoke(`${path}/${encodeURIComponent(key.id)}`, key, reload), { danger: true })}
        ${copyAsCurl(() => ["DELETE", `${path}/${encodeURIComponent(key.id)}`])}`],
    ], keys)}
  `;
}

async function create(path, reload) {
  const body = await open("Create a key", (close) => html`
    <form class="stack" @submit=${(event) => {
      event.preventDefault();
      close({ name: event.target.elements.name.value.trim() });
    }}>
      <label>Name, such as production <input name="name" required maxlength="100" autocomplete="off"></label>
      <button class="primary">Create</button>
    </form>`);
  if (body && await attempt(async () => showOnce((await call("POST", path, { body })).body.key))) {
    reload();
  }
}

/** The key leaves the page with the dialog. */
function showOnce(key) {
  return open("The new key", (close) => html`
    <label>Copy the key now. No one can see it again.
      <input readonly .value=${key} autocomplete="off" @focus=${(event) => event.target.select()}>
    </label>
    <button type="button" class="primary" @click=${() => close(null)}>Done</button>`, { mayCancel: false });
}

async function revoke(path, key, reload) {
  const reason = await confirm("Revoke the key?", html`Every node refuses the key ${name(key.name ?? key.id)} from then on.`,
    "Revoke");
  if (reason !== null) {
    await attempt(() => call("DELETE", path, { headers: reason ? { "Pintle-Reason": reason } : {} }));
    reload();
  }
}
