/** Explain: which route answers a request, and what it does with it. The request comes from a curl command. */
import { call } from "../lib/api.js";
import { parse } from "../lib/curl.js";
import { html, nothing } from "../lib/html.js";
import { url } from "../lib/router.js";
import { name } from "../lib/text.js";
import { copyAsCurl } from "../parts/curl.js";
import { settingsTable } from "../parts/settings.js";
import { attempt } from "../parts/status.js";
import { table } from "../parts/table.js";
import { update } from "../parts/update.js";

const PATH = "/api/v1/explain";
const EXAMPLE = "curl -H 'Accept: application/json' https://api.example.com/users/7";

export default {
  title: "Explain",
  open: () => {
    const page = { request: null, answer: null };
    return { view: () => view(page) };
  },
};

function view(page) {
  const explain = async (event) => {
    event.preventDefault();
    page.request = request(event.target.elements.command.value, event.target.elements.client.value.trim());
    page.answer = null;
    await attempt(async () => { page.answer = (await call("POST", PATH, { body: page.request })).body; });
    update();
  };
  return html`
    <form class="stack" @submit=${explain}>
      <label>A curl command, or a URL <textarea name="command" rows="4" required spellcheck="false"
        placeholder=${EXAMPLE}></textarea></label>
      <label>Address of the client (optional) <input name="client" autocomplete="off"></label>
      <p class="actions"><button class="primary">Explain</button>
        ${page.request ? copyAsCurl(() => ["POST", PATH, { body: page.request }]) : nothing}</p>
    </form>
    ${page.answer ? answerView(page) : nothing}
  `;
}

function request(command, clientAddress) {
  const { method, url: target, headers } = parse(command.trim());
  return {
    method, url: /^https?:/.test(target) ? target : `http://${target}`,
    ...(Object.keys(headers).length > 0 ? { headers } : {}), ...(clientAddress ? { clientAddress } : {}),
  };
}

function answerView({ request: asked, answer }) {
  return html`
    <section aria-labelledby="answer"><h2 id="answer">${asked.method} ${name(asked.url)}</h2>
      ${answer.route
        ? html`<p class=${answer.refused ? "warning" : "good"}>Route
            <a href=${url("route", { id: answer.route })}>${name(answer.route)}</a> ${name(answer.refused ?? "answers.")}
            ${answer.path ? html`The upstream receives <code>${name(answer.path)}</code>.` : nothing}</p>`
        : html`<p class="warning">No route answers. ${name(answer.refused ?? "")}</p>`}
      ${table("Routes that nearly match", [
        ["Route", (row) => html`<a href=${url("route", { id: row.route })}>${name(row.route)}</a>`],
        ["Failed on", (row) => name(row.failed)],
      ], answer.nonMatching ?? [])}
      ${table("Routes that this one shadows", [
        ["Route", (id) => html`<a href=${url("route", { id })}>${name(id)}</a>`],
      ], answer.shadowedRoutes ?? [])}
      ${answer.policies ? html`<p>Chain: ${answer.policies.map((policy) => policy.name).join(" → ")}</p>
        ${settingsTable(answer.route, answer)}` : nothing}
    </section>
  `;
}
