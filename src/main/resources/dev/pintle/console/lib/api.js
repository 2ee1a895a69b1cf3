/** Calls of the admin API with the session of the browser. */
import { learn } from "./clock.js";

/** A response with an error: a problem of the admin API, or a node that cannot be reached. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The node answered with status ${status}.`);
    this.status = status;
    this.code = problem.code ?? "";
    this.problem = problem;
  }
}

let signIn = () => Promise.reject(new Error("the console has no sign-in yet"));

/** Sets the function that lets the operator sign in again, while a call waits. */
export function onSessionEnd(ask) {
  signIn = ask;
}

/** Calls the admin API. The result has status, headers and body: JSON, or text if the response has none. */
export async function call(method, path, options = {}) {
  const response = await send(method, path, options);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("Content-Type") ?? "");
  const body = isJson && text ? JSON.parse(text) : text;
  if (response.status === 401 && options.signIn !== false) {
    await signIn();
    return call(method, path, options);
  }
  if (!response.ok && response.status !== 304) {
    throw new ApiError(response.status, isJson ? body : {});
  }
  return { status: response.status, headers: response.headers, body };
}

/** Sends a request and learns the time of the node. */
export async function send(method, path, { body, headers = {}, background = false, signal } = {}) {
  const all = { "X-Pintle-Console": "1", ...headers };
  if (background) {
    all["X-Pintle-Background"] = "1";
  }
  if (body !== undefined) {
    all["Content-Type"] ??= "application/json";
  }
  try {
    const response = await fetch(path, {
      method, headers: all, signal, credentials: "same-origin", cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    learn(response.headers.get("Date"));
    return response;
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new ApiError(0, { code: "unreachable", detail: "The node does not answer. It may be restarting." });
  }
}

/** The JSON of a GET. */
export async function get(path, options) {
  return (await call("GET", path, options)).body;
}
