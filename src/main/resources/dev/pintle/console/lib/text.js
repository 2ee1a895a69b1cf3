/** Texts for people: times, durations, numbers, and names that clients or operators chose. */
import { now } from "./clock.js";
import { html } from "./html.js";

/** Characters that are invisible or change the direction of the text around them. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Shows hidden characters as their code points, so that two different names look different. */
export function visible(text) {
  return String(text).replace(HIDDEN, (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** A name from outside, which cannot reorder the text around it. */
export function name(text) {
  return html`<bdi>${visible(text)}</bdi>`;
}

const UNITS = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];

/** A duration such as "3 min". */
export function duration(seconds) {
  const rounded = Math.max(0, Math.round(seconds));
  const [unit, size] = UNITS.find(([, each]) => rounded >= each) ?? UNITS.at(-1);
  return `${Math.floor(rounded / size)} ${unit}`;
}

/** The time left, such as "1:59". */
export function countdown(seconds) {
  const left = Math.max(0, Math.round(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** A moment as an element that shows the time since or until it. */
export function moment(iso) {
  if (!iso) {
    return "–";
  }
  const seconds = (now() - Date.parse(iso)) / 1000;
  const text = seconds >= 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
  return html`<time datetime=${iso} title=${iso}>${text}</time>`;
}

/** One word or its plural. */
export function count(number, singular, plural = `${singular}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? singular : plural}`;
}

/** A description with code between backticks. */
export function prose(text) {
  return text.split("`").map((part, at) => at % 2 === 1 ? html`<code>${part}</code>` : part);
}

/** JSON as an operator reads it. Hidden characters are escaped, so that nothing in it looks like something else. */
export function pretty(json) {
  return JSON.stringify(json, null, 2)
    .replace(HIDDEN, (c) => c === "\n" ? c : `\\u${c.codePointAt(0).toString(16).padStart(4, "0")}`);
}
