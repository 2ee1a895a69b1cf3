/** Actions of the console as commands for a shell. */

/** The curl command of a call. It reads the token from $TOKEN and holds none itself. */
export function curl(method, path, { body, headers = {} } = {}) {
  const parts = ["curl", "-X", method, '-H "Authorization: Bearer $TOKEN"'];
  for (const [name, value] of Object.entries(headers)) {
    parts.push("-H", quote(`${name}: ${value}`));
  }
  if (body !== undefined) {
    parts.push("-H", quote("Content-Type: application/json"), "-d", quote(JSON.stringify(body)));
  }
  parts.push(quote(location.origin + path));
  return parts.join(" ");
}

function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Reads the method, URL and headers of a curl command. */
export function parse(command) {
  const words = split(command.replace(/\\\r?\n/g, " "));
  const request = { method: "", url: "", headers: {} };
  for (let at = words[0] === "curl" ? 1 : 0; at < words.length; at++) {
    const word = words[at];
    if (word === "-X" || word === "--request") {
      request.method = words[++at] ?? "";
    } else if (word === "-H" || word === "--header") {
      const [name, ...value] = (words[++at] ?? "").split(":");
      request.headers[name.trim()] = value.join(":").trim();
    } else if (WITH_DATA.has(word)) {
      at++;
      request.method ||= "POST";
    } else if (word === "-I" || word === "--head") {
      request.method ||= "HEAD";
    } else if (word === "--url" || !word.startsWith("-")) {
      request.url = word === "--url" ? words[++at] ?? "" : word;
    } else if (WITH_VALUE.has(word)) {
      at++;
    }
  }
  request.method ||= "GET";
  return request;
}

const WITH_DATA = new Set(["-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--json", "-F", "--form"]);
const WITH_VALUE = new Set(["-o", "--output", "-u", "--user", "-A", "--user-agent", "-b", "--cookie", "-e",
  "--referer", "-m", "--max-time", "--connect-timeout", "--resolve", "--cacert", "-w", "--write-out", "-x", "--proxy"]);

/** Splits a command into words as a shell does, without variables. */
function split(command) {
  const words = [];
  const pattern = /\s*((?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+)/gsy;
  for (let match = pattern.exec(command); match; match = pattern.exec(command)) {
    words.push(match[1].replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
      (_, single, double, escaped) => single ?? escaped ?? double.replace(/\\(.)/gs, "$1")));
  }
  return words;
}
