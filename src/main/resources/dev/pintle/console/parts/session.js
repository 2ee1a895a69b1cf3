/** The operator who signed in. */
import { call } from "../lib/api.js";

let session = null;

/** Takes over the session that the node described. */
export function adopt(described) {
  session = described || null;
}

/** The session, or null before the sign-in. */
export function current() {
  return session;
}

/** The reason why the role cannot change anything; empty for editors. */
export function roleFault() {
  return session?.role === "editor" ? "" : `The role ${session?.role} reads only. Sign in as an editor to change it.`;
}

/** Asks the node whether this browser has a session. */
export async function load() {
  try {
    adopt((await call("GET", "/console/session", { signIn: false })).body);
  } catch (error) {
    if (error.status !== 401) {
      throw error;
    }
    adopt(null);
  }
}

/** Ends the session on every node. */
export async function signOut() {
  await call("DELETE", "/console/session", { signIn: false });
  location.assign("/console/");
}
