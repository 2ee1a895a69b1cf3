package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.history.ChangeOp;
import dev.pintle.history.ChangedDocument;
import dev.pintle.history.ConfigurationComparison;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.EffectiveChange;
import dev.pintle.history.LaterChange;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionDetail;
import dev.pintle.history.RevisionEntry;
import java.util.List;

/** Formats revisions and differences as JSON of the admin API. */
final class HistoryJson {
    private HistoryJson() {}

    static ObjectNode entry(RevisionEntry entry) {
        ObjectNode json = revision(entry.revision());
        ArrayNode changes = json.putArray("changes");
        entry.changes().forEach(change -> changes.add(change(change)));
        return json.put("changeCount", entry.changeCount());
    }

    static ObjectNode detail(RevisionDetail detail) {
        ObjectNode json = revision(detail.revision());
        ArrayNode changes = json.putArray("changes");
        detail.changes().forEach(delta -> {
            ObjectNode change = change(ChangedDocument.of(delta));
            change.set("before", delta.before());
            change.set("after", delta.after());
            changes.add(change);
        });
        return json;
    }

    private static ObjectNode revision(Revision revision) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", revision.number())
                .put("at", revision.at().toString())
                .put("author", revision.author());
        if (revision.reason() != null) {
            json.put("reason", revision.reason());
        }
        json.put("cause", revision.cause().word());
        if (revision.cause().revision() != null) {
            json.put("causeRevision", revision.cause().revision());
        }
        return json.put("state", revision.state().word());
    }

    private static ObjectNode change(ChangedDocument change) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", change.kind())
                .put("id", change.id())
                .put("op", change.op().word());
    }

    /** The changes of a write. */
    static ArrayNode written(List<DocumentDelta> changes) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        changes.forEach(delta -> json.add(change(ChangedDocument.of(delta))));
        return json;
    }

    /** Adds the differences to a document. */
    static void add(ConfigurationComparison comparison, ObjectNode json) {
        ObjectNode summary = json.putObject("summary");
        for (ChangeOp op : ChangeOp.values()) {
            long count = comparison.changes().stream()
                    .filter(delta -> delta.op() == op)
                    .count();
            summary.put(op.word(), count);
        }
        summary.put("effective", comparison.effective().size());
        ArrayNode changes = json.putArray("changes");
        comparison
                .changes()
                .forEach(delta -> changes.add(change(ChangedDocument.of(delta)).set("patch", delta.patch())));
        ArrayNode effective = json.putArray("effective");
        comparison.effective().forEach(change -> effective.add(effective(change)));
    }

    private static JsonNode effective(EffectiveChange change) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("route", change.route())
                .put("pointer", change.pointer());
        json.set("from", change.from());
        json.set("to", change.to());
        return json.put("origin", change.origin());
    }

    static ArrayNode laterChanges(List<LaterChange> later) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        later.forEach(change -> {
            ObjectNode entry =
                    change(change.document()).put("revision", change.revision().number());
            json.add(entry.put("author", change.revision().author())
                    .put("at", change.revision().at().toString()));
        });
        return json;
    }
}
