/** Edit: a form beside the JSON of a document, then a review of its effect, then the change. */
import { call } from "../lib/api.js";
import { html, live, nothing } from "../lib/html.js";
import { go, guard } from "../lib/router.js";
import { schema } from "../lib/schema.js";
import { name } from "../lib/text.js";
import { conflictView, openConflict } from "../parts/conflict.js";
import { changeButton, faultNote } from "../parts/edit-guard.js";
import { Editor } from "../parts/editor.js";
import { fields } from "../parts/form.js";
import { kinds } from "../parts/kinds.js";
import { load, shown } from "../parts/load.js";
import { reviewView } from "../parts/review.js";
import { announce, announceFailure, clear } from "../parts/status.js";
import { update } from "../parts/update.js";

export default {
  title: "Edit",
  open: ({ kind: wanted = "route", id = "" }) => {
    const kind = kinds[wanted] ?? kinds.route;
    const page = { phase: "edit", plan: null, conflict: null };
    const editor = load(async () => {
      page.schema = await schema(kind.schema);
      return start(kind, Object.keys(page.schema.properties), id);
    });
    guard((unloading) => !editor.value?.isChanged || (!unloading && confirm("Leave without the change?")));
    return {
      heading: () => id || wanted === "defaults" ? html`Edit ${kind.label} ${name(id)}` : `Create a ${kind.label}`,
      view: () => shown(editor, (edited) => PHASES[page.phase](page, edited)),
    };
  },
};

async function start(kind, order, id) {
  if (!id && kind.hasId) {
    return new Editor(kind, order, "", kind.start, null);
  }
  const { body, headers } = await call("GET", kind.path(id));
  const { id: _, ...document } = body;
  return new Editor(kind, order, id, document, headers.get("ETag"));
}

const PHASES = {
  edit: editView,
  review: (page, editor) => reviewView(page.plan, editor, {
    back: () => enter(page, "edit"),
    apply: (headers) => apply(page, editor, headers),
  }),
  conflict: (page, editor) => conflictView(page.conflict, {
    back: () => enter(page, "edit"),
    take: (document) => {
      editor.id ||= editor.document.id;
      editor.base = page.conflict.theirs;
      editor.tag = page.conflict.tag;
      editor.change(document);
      return review(page, editor);
    },
  }),
};

function enter(page, phase) {
  page.phase = phase;
  update();
}

function editView(page, editor) {
  const lost = editor.violations.filter((each) => each.pointer === "");
  return html`
    ${faultNote()}
    ${editor.violations.length > 0 ? html`<p role="status" class="error">To correct: ${editor.violations.length}.
      ${lost.map((each) => name(each.message))}</p>` : nothing}
    <div class="beside">
      <form class="stack" aria-label="Form" @submit=${(event) => event.preventDefault()}>
        ${fields(visibleSchema(page.schema, editor), "", editor)}
      </form>
      <div class="json">
        <label for="json">JSON</label>
        <textarea id="json" spellcheck="false" rows="30" .value=${live(editor.json)} aria-describedby="json-fault"
          aria-invalid=${editor.jsonFault ? "true" : "false"} @input=${(event) => editor.setText(event.target.value)}></textarea>
        <p id="json-fault" class="error">${editor.jsonFault}</p>
      </div>
    </div>
    <p class="actions sticky">
      ${changeButton("Review", () => review(page, editor), { primary: true })}
      <span class="help">The review shows the effect. It changes nothing.</span>
    </p>
  `;
}

/** A new document needs an id; that of an existing one cannot change. */
function visibleSchema(all, editor) {
  if (!editor.id) {
    return { ...all, required: [...(all.required ?? []), "id"] };
  }
  const { id: _, ...properties } = all.properties;
  return { ...all, properties };
}

async function review(page, editor) {
  clear();
  if (editor.fault) {
    announceFailure({ message: editor.fault });
    return;
  }
  try {
    const body = { edits: [editor.edit()] };
    page.plan = (await call("POST", "/api/v1/changes?dryRun=true", { body })).body;
    editor.violations = [];
    enter(page, "review");
    document.getElementById("main").focus();
    scrollTo(0, 0);
  } catch (error) {
    editor.refuse(error.problem?.violations ?? []);
    announceFailure(error);
    document.querySelector("[aria-invalid=true]")?.focus();
  }
}

async function apply(page, editor, headers) {
  const [method, path, options] = editor.store(headers);
  try {
    const { body, headers: answer } = await call(method, path, options);
    guard(() => true);
    const revision = body.revision ?? answer.get("Pintle-Revision");
    go(editor.kind.page, { id: editor.id || editor.document.id || body.id || "" });
    announce(body.state === "unconfirmed"
      ? `Revision ${revision} is active. Confirm it, or it reverts on its own.`
      : `Revision ${revision} is active.`);
  } catch (error) {
    if (error.status === 412) {
      page.conflict = await openConflict(editor);
      enter(page, "conflict");
    } else {
      editor.refuse(error.problem?.violations ?? []);
      announceFailure(error);
    }
  }
}
