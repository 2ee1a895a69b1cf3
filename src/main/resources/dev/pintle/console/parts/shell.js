/** The frame around every page: navigation, the state of the node, and messages. */
import { skew } from "../lib/clock.js";
import { html, nothing } from "../lib/html.js";
import * as live from "../lib/live.js";
import { url } from "../lib/router.js";
import { countdown, duration } from "../lib/text.js";
import { current, signOut } from "./session.js";
import { attempt, statusRegion } from "./status.js";

const LINKS = [
  ["now", "Now"], ["routes", "Routes"], ["explain", "Explain"], ["history", "History"], ["nodes", "Nodes"],
  ["consumers", "Consumers"], ["limits", "Limits"], ["audit", "Audit"],
];

/** The whole console with one page. */
export function shell(page) {
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    <header>
      <p class="brand">Pintle</p>
      <nav aria-label="Pages">
        <ul>${LINKS.map(([name, label]) => html`
          <li><a href=${url(name)} aria-current=${name === page.name ? "page" : nothing}>${label}</a></li>`)}
        </ul>
      </nav>
      <p class="who">${current()?.token} (${current()?.role})
        <button type="button" class="quiet small" @click=${() => attempt(signOut)}>Sign out</button>
      </p>
    </header>
    ${banners()}
    ${statusRegion()}
    <main id="main" tabindex="-1">
      <h1>${page.heading?.() ?? page.title}</h1>
      ${page.view()}
    </main>
  `;
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

function banners() {
  const fault = live.editFault();
  const pending = live.latest()?.confirmation;
  const off = skew();
  return html`<div class="banners" role="status">
    ${live.isStale() ? html`<p class="warning">This page is not current: the node does not answer. It may be
      restarting; the console reconnects.</p>` : nothing}
    ${fault ? html`<p class="warning">${fault}</p>` : nothing}
    ${pending ? html`<p class="warning">Revision ${pending.revision} waits for its confirmation. It reverts in
      ${countdown(pending.secondsLeft)}. <a href=${url("revision", { number: pending.revision })}>Confirm or revert</a></p>`
      : nothing}
    ${off ? html`<p class="note">The clock of this browser is ${duration(Math.abs(off))} ${off > 0 ? "behind" : "ahead of"}
      the node. All times on the pages are the node's.</p>` : nothing}
  </div>`;
}
