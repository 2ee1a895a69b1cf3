/** Consumers: the clients with an identity, and the identity providers. */
import { get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { url } from "../lib/router.js";
import { name } from "../lib/text.js";
import { load, shown } from "../parts/load.js";
import { table } from "../parts/table.js";

export default {
  title: "Consumers",
  open: () => {
    const consumers = load(async (options) => (await get("/api/v1/consumers", options)).consumers);
    const providers = load(async (options) => Object.values(await get("/api/v1/identity-providers", options))
      .find(Array.isArray) ?? []);
    return { view: () => html`
      <p class="actions">
        <a class="button" href=${url("edit", { kind: "consumer" })}>Create a consumer</a>
        <a class="button" href=${url("edit", { kind: "identity-provider" })}>Create an identity provider</a>
      </p>
      ${shown(consumers, consumerTable)}
      ${shown(providers, providerTable)}
    ` };
  },
};

function consumerTable(consumers) {
  return table("Consumers", [
    ["Id", (each) => html`<a href=${url("consumer", { id: each.id })}>${name(each.id)}</a>`],
    ["Description", (each) => name(each.description ?? "")],
    ["Groups", (each) => name((each.groups ?? []).join(", "))],
  ], consumers);
}

function providerTable(providers) {
  return table("Identity providers", [
    ["Id", (each) => html`<a href=${url("edit", { kind: "identity-provider", id: each.id })}>${name(each.id)}</a>`],
    ["Issuer", (each) => name(each.issuer ?? "")],
  ], providers);
}
