package dev.pintle.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Responses that the gateway generates: problem details (RFC 9457) with {@code Proxy-Status} (RFC 9209). */
public final class ProblemResponses {
    private static final int MAX_METHOD = 32;
    private static final int MAX_TARGET = 200;

    private ProblemResponses() {}

    /** Creates the response for a failure and records its code in the context. */
    public static FinalResponse answer(ExchangeContext context, ExchangeException failure) {
        ErrorCode code = failure.kind().code();
        return answer(context, code, code.status(), failure.proxyError(), failure.sentence(), Headers.EMPTY);
    }

    /** Creates the response for {@code code} and records the code in the context. */
    public static FinalResponse answer(ExchangeContext context, ErrorCode code, String detail) {
        return answer(context, code, detail, Headers.EMPTY);
    }

    /** Creates the response with further headers such as {@code Retry-After}. */
    public static FinalResponse answer(ExchangeContext context, ErrorCode code, String detail, Headers further) {
        return answer(context, code, code.status(), detail, further);
    }

    /** Creates the response with a status other than the default of the code. */
    public static FinalResponse answer(
            ExchangeContext context, ErrorCode code, int status, String detail, Headers further) {
        return answer(context, code, status, code.proxyError(), detail, further);
    }

    /**
     * Creates the response for a request that no route matches. It names the values that were looked up, and no route. It
     * omits the query, which can have secrets.
     */
    public static FinalResponse noRoute(ExchangeContext context, GatewayRequest request) {
        String host =
                request.authority().isEmpty() ? "without a host" : "on host " + shown(request.authority(), MAX_TARGET);
        return answer(
                context,
                ErrorCode.NO_ROUTE,
                "no route matches " + shown(request.method(), MAX_METHOD) + ' ' + shown(request.path(), MAX_TARGET)
                        + ' '
                        + host
                        + "; on the admin port, /__routes lists the routes of this node, and POST /api/v1/explain"
                        + " says why they do not match");
    }

    /** Text of the client, without characters that end a line or a string. */
    private static String shown(String text, int max) {
        return text.length() <= max ? ByteText.uriSafe(text) : ByteText.uriSafe(text.substring(0, max)) + "...";
    }

    private static FinalResponse answer(
            ExchangeContext context,
            ErrorCode code,
            int status,
            ProxyStatusError error,
            String detail,
            Headers further) {
        context.failed(code, detail);
        byte[] json = json(context, code, status, detail).toString().getBytes(StandardCharsets.UTF_8);
        Headers.Builder headers = Headers.builder()
                .add("Content-Type", "application/problem+json")
                .add("Content-Length", Integer.toString(json.length))
                .add("Proxy-Status", proxyStatus(context, code, error));
        further.forEach(headers::add);
        return new FinalResponse(status, headers.build(), Body.of(json));
    }

    /** Puts the code and the number of attempts into {@code details}, because RFC 9209 has no parameters for them. */
    private static String proxyStatus(ExchangeContext context, ErrorCode code, ProxyStatusError error) {
        StringBuilder status = new StringBuilder("pintle; error=").append(error.word());
        String target = context.target();
        if (target != null) {
            status.append("; next-hop=\"")
                    .append(URI.create(target).getRawAuthority())
                    .append('"');
        }
        return status.append("; details=\"")
                .append(code.text())
                .append(", attempts ")
                .append(context.attempts())
                .append('"')
                .toString();
    }

    private static ObjectNode json(ExchangeContext context, ErrorCode code, int status, String detail) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "urn:pintle:problem:" + code.text())
                .put("title", code.title())
                .put("status", status)
                .put("detail", detail)
                .put("code", code.text())
                .put("traceId", context.trace().id().hex());
    }
}
