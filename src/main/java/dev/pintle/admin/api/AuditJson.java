package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.store.AuditEntry;
import dev.pintle.store.AuditRow;
import dev.pintle.store.AuditVerdict;
import dev.pintle.store.AuditedCall;
import org.jspecify.annotations.Nullable;

/** Rows of the audit table as JSON. */
final class AuditJson {
    private AuditJson() {}

    static ObjectNode row(AuditRow row) {
        AuditEntry entry = row.entry();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("number", row.number())
                .put("at", row.at().toString())
                .put("author", entry.author().name());
        addCall(entry.author().call(), json);
        json.put("outcome", entry.outcome());
        if (entry.status() != null) {
            json.put("status", entry.status());
        }
        optional(json, "code", entry.code());
        if (entry.revision() != null) {
            json.put("revision", entry.revision());
        }
        ArrayNode routes = json.putArray("routes");
        entry.routes().forEach(routes::add);
        optional(json, "reason", entry.author().reason());
        return json.put("hash", row.hash());
    }

    private static void addCall(@Nullable AuditedCall call, ObjectNode json) {
        if (call != null) {
            json.put("role", call.role())
                    .put("peer", call.peer())
                    .put("traceId", call.traceId())
                    .put("method", call.method())
                    .put("path", call.path());
            optional(json, "query", call.query());
        }
    }

    static ObjectNode verdict(AuditVerdict verdict) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("intact", verdict.isIntact())
                .put("entries", verdict.entries());
        return json.put("firstBroken", verdict.firstBroken()).put("hash", verdict.head());
    }

    private static void optional(ObjectNode json, String key, @Nullable String text) {
        if (text != null) {
            json.put(key, text);
        }
    }
}
