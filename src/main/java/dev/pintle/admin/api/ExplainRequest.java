package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.JsonPointers;
import dev.pintle.config.Violations;
import dev.pintle.http.Body;
import dev.pintle.http.CidrSet;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.HttpToken;
import dev.pintle.http.RemoteAddress;
import dev.pintle.routing.explain.ExplainedClient;
import dev.pintle.tls.Pem;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for an explanation of how the node would handle a request.
 *
 * @param client as far as the operator describes it
 */
record ExplainRequest(GatewayRequest request, ExplainedClient client) {
    private static final List<String> KEYS = List.of("method", "url", "headers", "clientAddress", "clientCertificate");
    private static final int MAX_TOKEN = 64;
    private static final Pattern URL = Pattern.compile(
            "(?:(?<scheme>https?)://(?<authority>[^/?#\\s]+))?(?<path>/[\\x21-\\x7e&&[^?#]]*)?(?:\\?(?<query>[\\x21-\\x7e&&[^#]]*))?");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /** @throws InvalidSpecException with all violations */
    static ExplainRequest read(JsonNode json) throws InvalidSpecException {
        Violations violations = new Violations();
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                violations.add(
                        JsonPointers.child("", key), "is not a known key; known here: " + String.join(", ", KEYS));
            }
        });
        String method = text(json, "method");
        if (!isToken(method)) {
            violations.add("/method", "must be a method such as \"GET\"");
        }
        Matcher url = URL.matcher(text(json, "url"));
        if (!url.matches() || (url.group("authority") == null && url.group("path") == null)) {
            violations.add(
                    "/url",
                    "must be a path such as \"/users/1?v=2\" or a URL such as \"http://api.example.com/users\","
                            + " percent-encoded and without a fragment");
        }
        Headers headers = headers(json.path("headers"), violations.at("/headers"));
        ExplainedClient client = new ExplainedClient(clientAddress(json, violations), certificate(json, violations));
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return new ExplainRequest(request(method, url, headers), client);
    }

    /** The text of a key; empty when the key is absent or not a string. */
    private static String text(JsonNode json, String key) {
        return json.path(key).isTextual() ? json.path(key).textValue() : "";
    }

    private static String clientAddress(JsonNode json, Violations violations) {
        String address = text(json, "clientAddress");
        if (json.hasNonNull("clientAddress") && CidrSet.canonical(address) == null) {
            violations.add("/clientAddress", "must be an IP address such as \"203.0.113.7\" or \"2001:db8::1\"");
        }
        return RemoteAddress.canonical(address);
    }

    private static @Nullable X509Certificate certificate(JsonNode json, Violations violations) {
        if (!json.hasNonNull("clientCertificate")) {
            return null;
        }
        try {
            return Pem.certificates(text(json, "clientCertificate")).getFirst();
        } catch (IllegalArgumentException e) {
            violations.add("/clientCertificate", "must be a certificate in PEM; it " + e.getMessage());
            return null;
        }
    }

    private static GatewayRequest request(String method, Matcher url, Headers headers) {
        String host = headers.first("Host");
        String authority = url.group("authority");
        String hostHeader = host == null ? "" : host;
        return new GatewayRequest(
                method,
                url.group("scheme") == null ? "http" : url.group("scheme"),
                authority == null ? hostHeader : authority,
                url.group("path") == null ? "/" : url.group("path"),
                url.group("query"),
                headers.without(name -> name.equalsIgnoreCase("Host")),
                Body.EMPTY);
    }

    private static Headers headers(JsonNode json, Violations violations) {
        if (!json.isMissingNode() && !json.isNull() && !json.isObject()) {
            violations.add("", "must be an object of headers, such as {\"X-Beta\": \"1\"}");
        }
        Headers.Builder headers = Headers.builder();
        json.properties().forEach(header -> {
            String name = header.getKey();
            JsonNode values = header.getValue();
            for (JsonNode value : values.isArray() ? values : List.of(values)) {
                if (isToken(name)
                        && value.isTextual()
                        && VALUE.matcher(value.textValue()).matches()) {
                    headers.add(name, value.textValue());
                } else {
                    violations.add(
                            JsonPointers.child("", name),
                            "must be the name of a header with a string, or a list of strings, as its value");
                }
            }
        });
        return headers.build();
    }

    private static boolean isToken(String text) {
        return text.length() <= MAX_TOKEN && HttpToken.matches(text);
    }
}
