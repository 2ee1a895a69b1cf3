package dev.pintle.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.exchange.TraceId;
import java.util.Map;

/**
 * A refusal of the control desk as problem details (RFC 9457).
 *
 * @param detail what was wrong this time, and what to do
 * @param fields header fields of the answer
 * @param members further members of the details
 */
record DeskProblem(Reason reason, String detail, Map<String, String> fields, Map<String, JsonNode> members) {
    static final String MEDIA_TYPE = "application/problem+json";

    DeskProblem {
        fields = Map.copyOf(fields);
        members = Map.copyOf(members);
    }

    static DeskProblem of(Reason reason, String detail) {
        return new DeskProblem(reason, detail, Map.of(), Map.of());
    }

    static DeskProblem withField(Reason reason, String detail, String name, String value) {
        return new DeskProblem(reason, detail, Map.of(name, value), Map.of());
    }

    static DeskProblem withMember(Reason reason, String detail, String name, JsonNode value) {
        return new DeskProblem(reason, detail, Map.of(), Map.of(name, value));
    }

    ObjectNode json(TraceId trace) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:pintle:problem:" + reason.code())
                .put("title", reason.title())
                .put("status", reason.status())
                .put("detail", detail)
                .put("code", reason.code())
                .put("traceId", trace.hex());
        json.setAll(members);
        return json;
    }
}
