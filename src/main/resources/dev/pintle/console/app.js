/** The console: shows the sign-in or the page of the URL, and renders again when something changes. */
import { onSessionEnd } from "./lib/api.js";
import { html, render } from "./lib/html.js";
import * as live from "./lib/live.js";
import * as router from "./lib/router.js";
import { pages, missing } from "./pages/all.js";
import * as session from "./parts/session.js";
import { shell } from "./parts/shell.js";
import { signIn, signInAgain, signInForm } from "./parts/sign-in.js";
import { clear } from "./parts/status.js";
import { onUpdate, update } from "./parts/update.js";

const root = document.createElement("div");
let page = null;
const signInState = { fault: "" };

async function boot() {
  document.body.append(root);
  onUpdate(draw);
  onSessionEnd(signInAgain);
  await useCode();
  try {
    await session.load();
  } catch (error) {
    signInState.fault = error.message;
  }
  if (session.current()) {
    begin();
  } else {
    draw();
  }
}

/** A sign-in link works once. The code leaves the address bar and the history at once. */
async function useCode() {
  const { page: name, parameters } = router.current();
  if (name === "sign-in") {
    history.replaceState(null, "", router.url(""));
    try {
      await signIn({ code: parameters.code ?? "" });
    } catch {
      signInState.fault = "The link was used before, or it is older than 10 minutes. Sign in with the admin token.";
    }
  }
}

function begin() {
  live.listen(update);
  live.start();
  router.start(showPage);
}

function showPage() {
  const { page: name, parameters } = router.current();
  page?.close?.();
  clear();
  live.follow("");
  const definition = pages[name] ?? missing;
  page = { name, title: definition.title, ...definition.open(parameters) };
  document.title = `${definition.title} · Pintle`;
  draw();
  document.getElementById("main").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function draw() {
  render(page ? shell(page) : signInPage(), root);
}

function signInPage() {
  return html`
    <main id="main" class="sign-in" tabindex="-1">
      <h1>Pintle</h1>
      ${signInForm(begin, draw, signInState)}
    </main>
  `;
}

boot();
