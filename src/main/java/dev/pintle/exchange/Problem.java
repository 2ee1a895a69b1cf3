package dev.pintle.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The answers that the gateway makes by itself: problem details (RFC 9457) with {@code Proxy-Status} (RFC 9209). */
public final class Problem {
    private Problem() {}

    /** The answer for {@code code}; the facts of the exchange keep it for the observers. */
    public static Answer answer(Facts facts, Code code, String detail) {
        return answer(facts, code, detail, Headers.EMPTY);
    }

    /** The same, with further fields such as {@code Retry-After}. */
    public static Answer answer(Facts facts, Code code, String detail, Headers further) {
        return answer(facts, code, code.status(), detail, further);
    }

    /** The same with another status, for the codes that have several. */
    public static Answer answer(Facts facts, Code code, int status, String detail, Headers further) {
        facts.failed(code, detail);
        byte[] json = json(facts, code, status, detail).toString().getBytes(StandardCharsets.UTF_8);
        Headers.Builder headers = Headers.builder()
                .add("Content-Type", "application/problem+json")
                .add("Content-Length", Integer.toString(json.length))
                .add("Proxy-Status", "pintle; error=" + code.proxyError());
        further.forEach(headers::add);
        return new Answer(status, headers.build(), Body.of(json));
    }

    private static ObjectNode json(Facts facts, Code code, int status, String detail) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:pintle:problem:" + code.text())
                .put("title", code.title())
                .put("status", status)
                .put("detail", detail)
                .put("code", code.text())
                .put("traceId", facts.trace().id().hex());
    }
}
