/** Pages by their URL: /console/PAGE?parameters. */
const BASE = "/console/";

let show = () => {};
let mayLeave = () => true;

/** The URL of a page. */
export function url(page, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return BASE + page + (query ? `?${query}` : "");
}

/** The page and the parameters of the current URL. */
export function current() {
  return {
    page: location.pathname.slice(BASE.length) || "now",
    parameters: Object.fromEntries(new URLSearchParams(location.search)),
  };
}

/** Opens a page. */
export function go(page, parameters = {}) {
  open(url(page, parameters));
}

/** Sets the function that asks before the operator loses what they typed. */
export function guard(check) {
  mayLeave = check;
}

/** Shows the current page, and each page that the operator opens. */
export function start(showPage) {
  show = showPage;
  addEventListener("popstate", () => show());
  addEventListener("beforeunload", (event) => mayLeave(true) || event.preventDefault());
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (link && plain && link.origin === location.origin && link.pathname.startsWith(BASE)) {
      event.preventDefault();
      open(link.href);
    }
  });
  show();
}

function open(target) {
  if (mayLeave(false)) {
    mayLeave = () => true;
    history.pushState(null, "", target);
    show();
  }
}
