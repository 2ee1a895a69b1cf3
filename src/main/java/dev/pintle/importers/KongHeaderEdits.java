package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Translates the plugin response-transformer into edits of response headers. Kong's conditional edits are reported,
 * because Pintle's edits have no condition.
 */
final class KongHeaderEdits {
    private final ObjectNode route;
    private final ImportDraft draft;

    KongHeaderEdits(ObjectNode route, ImportDraft draft) {
        this.route = route;
        this.draft = draft;
    }

    void apply(SourceObject config) {
        SourceObject remove = config.object("remove");
        remove.texts("headers")
                .forEach(name -> route.withArray("/headers/response/remove").add(name));
        remove.reportUnread(draft);
        SourceObject append = config.object("append");
        append.texts("headers").forEach(edit -> add(edit, append));
        append.reportUnread(draft);
        reportConditional(
                config.object("add"), "only where the upstream sent none; headers.response.set always sets them");
        reportConditional(
                config.object("replace"), "only where the upstream sent one; headers.response.set always sets them");
        reportConditional(
                config.object("rename"), "under another name; headers.response can remove and set, but not rename");
    }

    /** @param edit a name, a colon and a value */
    private void add(String edit, SourceObject append) {
        int colon = edit.indexOf(':');
        String name = edit.substring(0, Math.max(colon, 0)).strip();
        if (name.isEmpty() || route.at("/headers/response/add").has(name)) {
            draft.lose(append.where(), "the header \"" + edit + "\" has no name or a second value and was left out");
        } else {
            route.withObject("/headers/response/add")
                    .put(name, edit.substring(colon + 1).strip().replace("{", "{{"));
        }
    }

    private void reportConditional(SourceObject edits, String meaning) {
        if (edits.has("headers")) {
            draft.lose(edits.where(), "Kong sends these headers " + meaning + ". They were left out");
        }
        edits.reportUnread(draft);
    }
}
