package dev.pintle.admin.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.http.TraceId;
import java.util.Map;

/**
 * An error of the admin API as problem details (RFC 9457).
 *
 * @param detail the cause of this occurrence and the remedy
 * @param fields headers of the response
 * @param members extension members of the problem
 */
public record ApiProblem(
        ApiErrorCode reason, String detail, Map<String, String> fields, Map<String, JsonNode> members) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public ApiProblem {
        fields = Map.copyOf(fields);
        members = Map.copyOf(members);
    }

    public static ApiProblem of(ApiErrorCode reason, String detail) {
        return new ApiProblem(reason, detail, Map.of(), Map.of());
    }

    public static ApiProblem withField(ApiErrorCode reason, String detail, String name, String value) {
        return new ApiProblem(reason, detail, Map.of(name, value), Map.of());
    }

    public static ApiProblem withMember(ApiErrorCode reason, String detail, String name, JsonNode value) {
        return new ApiProblem(reason, detail, Map.of(), Map.of(name, value));
    }

    public ObjectNode json(TraceId trace) {
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
