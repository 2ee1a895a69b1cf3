/** Revision: what one revision changed, and the ways to undo or confirm it. */
import { call, get } from "../lib/api.js";
import { html, nothing } from "../lib/html.js";
import { go } from "../lib/router.js";
import { moment, name, pretty } from "../lib/text.js";
import { copyAsCurl } from "../parts/curl.js";
import { confirm } from "../parts/dialog.js";
import { changeButton, faultNote } from "../parts/edit-guard.js";
import { load, shown } from "../parts/load.js";
import { diffView } from "../parts/review.js";
import { announce, attempt } from "../parts/status.js";

export default {
  title: "Revision",
  open: ({ number = "" }) => {
    const path = `/api/v1/revisions/${encodeURIComponent(number)}`;
    const revision = load((options) => get(path, options));
    return {
      heading: () => html`Revision ${name(number)}`,
      view: () => shown(revision, (loaded) => view(path, loaded)),
    };
  },
};

function view(path, revision) {
  const waits = revision.state === "unconfirmed";
  const isLive = revision.state === "live" || waits;
  return html`
    <p>${name(revision.author)}, ${moment(revision.at)}, ${revision.cause}, ${revision.state}.
      ${revision.reason ? html`Reason: ${name(revision.reason)}` : nothing}</p>
    <p class="actions">
      ${waits ? html`${changeButton("Confirm", () => confirmRevision(path), { primary: true })}
        ${copyAsCurl(() => ["POST", `${path}/confirm`])}` : nothing}
      ${changeButton("Revert …", () => undo(`${path}/revert`, `Revert revision ${revision.number}?`,
        "A new revision takes back these changes and keeps later ones.", "Revert"), { danger: true })}
      ${copyAsCurl(() => ["POST", `${path}/revert`])}
      ${isLive ? nothing : html`${changeButton("Restore …", () => undo(`${path}/restore`,
        `Restore revision ${revision.number}?`,
        "A new revision brings the whole configuration back to this state. Credentials and overrides stay.", "Restore"),
        { danger: true })}${copyAsCurl(() => ["POST", `${path}/restore`])}`}
    </p>
    ${faultNote()}
    ${revision.changes.map((change) => html`
      <section><h2>${change.op} ${change.kind} ${name(change.id ?? "")}</h2>
        ${diffView(change.before ? pretty(change.before) : "", change.after ? pretty(change.after) : "")}
      </section>`)}
  `;
}

async function confirmRevision(path) {
  if (await attempt(() => call("POST", `${path}/confirm`))) {
    go("history");
    announce("The revision is confirmed.");
  }
}

async function undo(path, title, text, action) {
  const reason = await confirm(title, text, action);
  const headers = reason ? { "Pintle-Reason": reason } : {};
  let revision = "";
  if (reason !== null && await attempt(async () => {
    const answer = await call("POST", path, { headers });
    revision = answer.body.revision ?? answer.headers.get("Pintle-Revision");
  })) {
    go("history");
    announce(`Revision ${revision} is active.`);
  }
}
