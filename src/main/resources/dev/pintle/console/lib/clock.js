/** The time of the node. The clock of the browser may be wrong, so responses correct it. */
let offset = 0;

/** Learns the time from the Date header of a response. */
export function learn(date) {
  const time = Date.parse(date ?? "");
  if (!Number.isNaN(time)) {
    offset = time - Date.now();
  }
}

/** The time of the node, in milliseconds since 1970. */
export function now() {
  return Date.now() + offset;
}

/** The seconds by which the browser's clock is off, if that is more than a request can take. */
export function skew() {
  return Math.abs(offset) > 30_000 ? Math.round(offset / 1000) : 0;
}
