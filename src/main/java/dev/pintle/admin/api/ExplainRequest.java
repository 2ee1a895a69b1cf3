package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import dev.pintle.http.Body;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that an operator asks about.
 *
 * @param clientAddress of whoever would send it; empty when that does not matter
 */
record ExplainRequest(GatewayRequest request, String clientAddress) {
    private static final Set<String> KEYS = Set.of("method", "url", "headers", "clientAddress");
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern URL = Pattern.compile(
            "(?:(?<scheme>https?)://(?<authority>[^/?#\\s]+))?(?<path>/[\\x21-\\x7e&&[^?#]]*)?(?:\\?(?<query>[\\x21-\\x7e&&[^#]]*))?");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /** @throws InvalidSpecException with every fault */
    static ExplainRequest read(JsonNode json) throws InvalidSpecException {
        List<Violation> faults = new ArrayList<>();
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                faults.add(new Violation(
                        "/" + key, "is not a known key; known here: method, url, headers, clientAddress"));
            }
        });
        String method = json.path("method").asText();
        if (!METHOD.matcher(method).matches()) {
            faults.add(new Violation("/method", "must be a method such as \"GET\""));
        }
        Matcher url = URL.matcher(json.path("url").asText());
        if (!url.matches() || (url.group("authority") == null && url.group("path") == null)) {
            faults.add(new Violation(
                    "/url",
                    "must be a path such as \"/users/1?v=2\", or a URL such as \"http://api.example.com/users\", as it is sent:"
                            + " percent-encoded and without a fragment"));
        }
        Headers headers = headers(json.path("headers"), faults);
        if (!faults.isEmpty()) {
            throw new InvalidSpecException(faults);
        }
        return new ExplainRequest(
                request(method, url, headers), json.path("clientAddress").asText(""));
    }

    private static GatewayRequest request(String method, Matcher url, Headers headers) {
        String host = headers.first("Host");
        String authority = url.group("authority");
        String named = host == null ? "" : host;
        return new GatewayRequest(
                method,
                url.group("scheme") == null ? "http" : url.group("scheme"),
                authority == null ? named : authority,
                url.group("path") == null ? "/" : url.group("path"),
                url.group("query"),
                headers.without(name -> name.equalsIgnoreCase("Host")),
                Body.EMPTY);
    }

    private static Headers headers(JsonNode json, List<Violation> faults) {
        Headers.Builder headers = Headers.builder();
        json.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode values = field.getValue();
            for (JsonNode value : values.isArray() ? values : List.of(values)) {
                if (METHOD.matcher(name).matches()
                        && value.isTextual()
                        && VALUE.matcher(value.textValue()).matches()) {
                    headers.add(name, value.textValue());
                } else {
                    faults.add(new Violation(
                            "/headers/" + name,
                            "must be the name of a field with a string, or a list of strings, as value"));
                }
            }
        });
        return headers.build();
    }
}
