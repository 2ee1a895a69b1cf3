/** The live state of the node: one stream for all pages, which outlives restarts of the node. */
import { send } from "./api.js";

const KEPT = 300;
const STALE_AFTER = 3_500;
const LONGEST_PAUSE = 10_000;

const listeners = new Set();
/** The samples of the latest five minutes. */
export const samples = [];

let route = "";
let receivedAt = 0;
let abort = null;
let reported = "";

/** The latest state of the node, or null before the first. */
export function latest() {
  return samples.at(-1) ?? null;
}

/** Whether the state on the screen is older than it should be. */
export function isStale() {
  return receivedAt > 0 && Date.now() - receivedAt > STALE_AFTER;
}

/** The reason why the configuration cannot be edited now; empty if it can. */
export function editFault() {
  const state = latest();
  if (!state || state.writable) {
    return "";
  }
  return state.database
    ? "PostgreSQL is read-only: you can read everything, but not change it."
    : "PostgreSQL is unavailable: you can read everything, but not change it.";
}

/** Calls a function after each sample and when the stream becomes stale. Returns the function that ends it. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Also receives the traffic of one route, or of none. */
export function follow(id) {
  if (id !== route) {
    route = id;
    samples.forEach((sample) => delete sample.route);
    abort?.abort();
  }
}

/**
 * Reads the stream while the page is visible. Browsers open six connections to a node, and each stream takes one: hidden
 * tabs would block the others.
 */
export async function start() {
  setInterval(reportStaleness, 1_000);
  document.addEventListener("visibilitychange", () => document.hidden && abort?.abort());
  addEventListener("pagehide", () => abort?.abort());
  for (let pause = 1_000; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const before = receivedAt;
    await visible();
    await readOnce();
    if (receivedAt !== before) {
      pause = 500;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function visible() {
  return document.hidden
    ? new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true })).then(visible)
    : Promise.resolve();
}

async function readOnce() {
  abort = new AbortController();
  const query = route ? `?route=${encodeURIComponent(route)}` : "";
  try {
    const response = await send("GET", `/api/v1/live${query}`, { background: true, signal: abort.signal });
    if (response.ok) {
      await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    }
  } catch {
    // The next attempt follows; the page says that its state is stale.
  }
}

async function read(reader) {
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const events = (rest + part.value).split("\n\n");
    rest = events.pop();
    events.forEach(receive);
  }
}

function receive(event) {
  const data = event.split("\n").find((line) => line.startsWith("data: "));
  if (data) {
    samples.push(JSON.parse(data.slice("data: ".length)));
    samples.splice(0, samples.length - KEPT);
    receivedAt = Date.now();
    notify();
  }
}

function reportStaleness() {
  if (isStale() && reported !== "stale") {
    notify();
  }
}

function notify() {
  reported = isStale() ? "stale" : "current";
  listeners.forEach((listener) => listener());
}
