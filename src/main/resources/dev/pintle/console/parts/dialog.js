/** Modal dialogs: the browser keeps the focus inside, and Escape closes them. */
import { html, nothing, render } from "../lib/html.js";

/** Opens a dialog. The content receives the function that closes it with a result; Escape gives null. */
export function open(title, content, { mayCancel = true } = {}) {
  const element = document.createElement("dialog");
  const before = document.activeElement;
  element.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(element);
  return new Promise((resolve) => {
    const close = (result) => {
      element.close();
      element.remove();
      before?.focus?.();
      resolve(result);
    };
    const draw = () => render(html`
      <h2 id="dialog-title">${title}</h2>
      ${content(close, draw)}
      ${mayCancel ? html`<button type="button" class="quiet" @click=${() => close(null)}>Cancel</button>` : nothing}
    `, element);
    element.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (mayCancel) {
        close(null);
      }
    });
    draw();
    element.showModal();
  });
}

/** Asks a question with one answer, and a reason for the history. Gives the reason, or null. */
export function confirm(title, text, action, { needsReason = false } = {}) {
  return open(title, (close) => html`
    <form @submit=${(event) => {
      event.preventDefault();
      close(event.target.elements.reason.value.trim());
    }}>
      <p>${text}</p>
      <label>Reason${needsReason ? "" : " (optional)"}
        <input name="reason" maxlength="500" ?required=${needsReason} autocomplete="off">
      </label>
      <button class="primary">${action}</button>
    </form>
  `);
}
