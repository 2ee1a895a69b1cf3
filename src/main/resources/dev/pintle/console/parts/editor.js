/** The state of a document that an operator edits: as an object, as text, and with the violations of the node. */
import { call } from "../lib/api.js";
import { equal, ordered, withValue } from "../lib/document.js";
import { pretty } from "../lib/text.js";
import { update } from "./update.js";

const PAUSE = 400;

/** An editor of one document. */
export class Editor {
  /** The tag is null for a new document. The kind says how the node checks and stores it; the order is that of its keys. */
  constructor(kind, order, id, document, tag) {
    this.kind = kind;
    this.order = order;
    this.id = id;
    this.base = ordered(document, order);
    this.tag = tag;
    this.document = this.base;
    this.json = pretty(this.document);
    this.jsonFault = "";
    this.violations = [];
    /** The texts of fields as typed, by pointer, and the fields that cannot be read. */
    this.drafts = new Map();
    this.unreadable = new Set();
    /** The rows of maps as typed, by pointer. */
    this.rows = new Map();
    this.openGroups = new Map();
  }

  get isChanged() {
    return this.jsonFault !== "" || this.unreadable.size > 0 || !equal(this.base, this.document);
  }

  /** Why the document cannot be reviewed yet; empty if it can. */
  get fault() {
    return this.jsonFault || (this.unreadable.size > 0 ? "A field has no valid JSON, or a name twice." : "");
  }

  /** Takes over a document from the form. */
  change(document) {
    this.document = ordered(document, this.order);
    this.json = pretty(this.document);
    this.jsonFault = "";
    this.check();
  }

  /** Takes over the text of the whole document. */
  setText(text) {
    this.json = text;
    try {
      this.document = JSON.parse(text);
      this.jsonFault = "";
      this.drafts.clear();
      this.unreadable.clear();
      this.check();
    } catch (error) {
      this.jsonFault = `This is no JSON: ${error.message}`;
      update();
    }
  }

  /** Takes over the text of one field. */
  setJson(pointer, text) {
    this.unreadable.delete(pointer);
    try {
      this.change(withValue(this.document, pointer, text.trim() === "" ? undefined : JSON.parse(text)) ?? {});
    } catch {
      this.unreadable.add(pointer);
      this.violations = [...this.violations, { pointer, message: "is no JSON" }];
      update();
    }
  }

  /** Keeps the rows of a map as typed. A name that occurs twice makes the map unreadable. */
  setRows(pointer, rows, repeated) {
    this.rows.set(pointer, rows);
    if (repeated === undefined) {
      this.unreadable.delete(pointer);
    } else {
      this.unreadable.add(pointer);
    }
  }

  /** A field shows its value again, unless its text cannot be read. */
  settle(pointer) {
    if (!this.unreadable.has(pointer)) {
      this.drafts.delete(pointer);
      update();
    }
  }

  isOpen(pointer, byDefault) {
    return this.openGroups.get(pointer) ?? byDefault;
  }

  toggle(pointer, open) {
    this.openGroups.set(pointer, open);
  }

  /** Asks the node for violations when the operator pauses. */
  check() {
    update();
    clearTimeout(this.timer);
    if (this.kind.validate) {
      this.timer = setTimeout(() => this.validate(), PAUSE);
    }
  }

  async validate() {
    const checked = this.document;
    try {
      const { body } = await call("POST", this.kind.validate, { body: { ...checked, id: this.id || checked.id } });
      if (checked === this.document) {
        this.violations = body.violations;
        update();
      }
    } catch {
      // The review reports what prevents it.
    }
  }

  /** The edit of a batch that stores the document. */
  edit() {
    return this.kind.edit({ ...this.document, ...(this.id ? { id: this.id } : {}) });
  }

  /** Shows the violations of a refused batch at their fields. */
  refuse(violations) {
    this.violations = violations.map((each) => ({ ...each, pointer: each.pointer.replace(/^\/edits\/0\/[a-z]+/, "") }));
  }

  /** The call that stores the document. */
  store(headers) {
    const condition = this.tag === null ? { "If-None-Match": "*" } : { "If-Match": this.tag };
    const path = this.kind.path(this.id || this.document.id);
    return ["PUT", path, { body: this.document, headers: { ...condition, ...headers } }];
  }
}
