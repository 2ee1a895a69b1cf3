/** The template functions of lit-html that the console uses. Texts in templates never become markup. */
export { html, nothing, render } from "../vendor/lit-html.js";
export { live } from "../vendor/directives/live.js";
export { repeat } from "../vendor/directives/repeat.js";
