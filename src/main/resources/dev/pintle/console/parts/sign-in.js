/** The sign-in: the page of a browser without a session, and the dialog when a session ends in the middle of work. */
import { call } from "../lib/api.js";
import { html, nothing } from "../lib/html.js";
import { open } from "./dialog.js";
import { adopt } from "./session.js";

/** Signs in with an admin token or a single-use code. */
export async function signIn(secret) {
  const { body } = await call("POST", "/console/session", { body: secret, signIn: false });
  adopt(body);
}

const MESSAGES = { 401: "This node does not know the token.", 429: "Too many failed attempts. Wait a moment." };

/** The form. It calls a function after the sign-in. */
export function signInForm(done, redraw, state) {
  const submit = async (event) => {
    event.preventDefault();
    const field = event.target.elements.token;
    try {
      await signIn({ token: field.value });
      field.value = "";
      done(true);
    } catch (error) {
      state.fault = MESSAGES[error.status] ?? error.message;
      redraw();
      field.focus();
    }
  };
  return html`
    <form class="stack" @submit=${submit}>
      <input name="username" value="admin token" autocomplete="username" hidden>
      <label>Admin token
        <input name="token" type="password" required autocomplete="current-password" spellcheck="false"
          aria-describedby="sign-in-help" aria-invalid=${state.fault ? "true" : "false"}>
      </label>
      <p id="sign-in-help" class="help">The start banner of the node says where its token is.</p>
      ${state.fault ? html`<p role="alert" class="error">${state.fault}</p>` : nothing}
      <button class="primary">Sign in</button>
    </form>
  `;
}

let asking = null;

/** Asks for the token over the current page, which keeps everything that was typed. */
export function signInAgain() {
  const state = { fault: "" };
  asking ??= open("Your session has ended", (close, redraw) => html`
    <p>Sign in again to go on. The page behind this dialog keeps what you typed.</p>
    ${signInForm(close, redraw, state)}
  `, { mayCancel: false }).finally(() => { asking = null; });
  return asking;
}
