/** Tables that scroll inside themselves on narrow screens. */
import { html } from "../lib/html.js";

/** A table with a caption. Each column has a heading and a function from a row to a cell; the first cell names the row. */
export function table(caption, columns, rows, empty = "None.") {
  if (rows.length === 0) {
    return html`<p class="help">${caption}: ${empty}</p>`;
  }
  return html`
    <div class="scroll" role="region" aria-label=${caption} tabindex="0">
      <table>
        <caption>${caption}</caption>
        <thead><tr>${columns.map(([heading]) => html`<th scope="col">${heading}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${columns.map(([, cell], at) => at === 0
          ? html`<th scope="row">${cell(row)}</th>`
          : html`<td>${cell(row)}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  `;
}
