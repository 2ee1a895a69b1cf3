/** The review of a change: its lines, its effect on routes, and the findings of the lint. */
import { html, nothing } from "../lib/html.js";
import { compare, context } from "../lib/lines.js";
import { count, name, pretty, prose, visible } from "../lib/text.js";
import { copyAsCurl } from "./curl.js";
import { changeButton, faultNote } from "./edit-guard.js";
import { table } from "./table.js";

const CONFIRM_WITHIN = "2m";

/** The review with the ways to go on. */
export function reviewView(plan, editor, { back, apply }) {
  const read = () => {
    const reason = document.getElementById("reason")?.value.trim();
    return reason ? { "Pintle-Reason": reason } : {};
  };
  const isEmpty = plan.changes.length === 0;
  return html`
    ${isEmpty ? html`<p>The document is the same as the stored one.</p>` : nothing}
    <section aria-labelledby="diff"><h2 id="diff">Changes</h2>
      ${diffView(editor.tag === null ? "" : pretty(editor.base), pretty(editor.document))}
    </section>
    ${effectView(plan.effective)}
    ${lintView(plan.lint ?? [])}
    <form class="stack" @submit=${(event) => event.preventDefault()}>
      <label>Reason, for the history (optional) <input id="reason" maxlength="500" autocomplete="off"></label>
    </form>
    <p class="actions">
      ${isEmpty ? nothing : html`
        ${changeButton("Apply", () => apply(read()), { primary: true })}
        ${changeButton(`Apply, confirm within ${CONFIRM_WITHIN}`,
          () => apply({ ...read(), "Pintle-Confirm": CONFIRM_WITHIN }))}`}
      <button type="button" @click=${back}>Back to the form</button>
      ${copyAsCurl(() => editor.store(read()))}
    </p>
    ${faultNote()}
  `;
}

/** Two texts as one list of lines. Signs mark the changes, so that color is not needed. */
export function diffView(before, after) {
  const signs = { same: " ", removed: "-", added: "+", gap: " " };
  return html`<pre class="diff" tabindex="0">${context(compare(before, after)).map(({ kind, text }) =>
    html`<span class=${kind}>${signs[kind]} ${name(text)}</span>
`)}</pre>`;
}

/** The settings that take another effect. */
export function effectView(effective) {
  const value = (each) => html`<code>${each === null || each === undefined ? "–" : name(JSON.stringify(each))}</code>`;
  return html`<section aria-labelledby="effect"><h2 id="effect">Effect on routes</h2>
    ${table("Settings with another effect", [
      ["Route", (row) => name(row.route)],
      ["Setting", (row) => html`<code>${name(row.pointer)}</code>`],
      ["Before", (row) => value(row.from)],
      ["After", (row) => value(row.to)],
      ["From", (row) => row.origin],
    ], effective)}
  </section>`;
}

/** Findings of the lint. */
export function lintView(findings) {
  return findings.length === 0 ? nothing : html`
    <section aria-labelledby="lint"><h2 id="lint">${count(findings.length, "finding")} of the lint</h2>
      <ul>${findings.map((finding) => html`<li><strong>${finding.severity}: ${finding.code}</strong>
        ${prose(visible(finding.message))} ${prose(visible(finding.remedy ?? ""))}</li>`)}</ul>
    </section>`;
}
