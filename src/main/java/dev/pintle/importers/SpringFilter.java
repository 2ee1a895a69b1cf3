package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Applies a filter of Spring Cloud Gateway to a route. A route whose filter may control access and has no counterpart is
 * closed.
 */
final class SpringFilter {
    /** Filters that transform, and admit every request. */
    private static final Set<String> HARMLESS = Set.of(
            "AddRequestHeadersIfNotPresent",
            "AddRequestParameter",
            "CacheRequestBody",
            "DedupeResponseHeader",
            "FallbackHeaders",
            "JsonToGrpc",
            "LocalResponseCache",
            "MapRequestHeader",
            "ModifyRequestBody",
            "ModifyResponseBody",
            "RemoveJsonAttributesResponseBody",
            "RewriteLocationResponseHeader",
            "RewriteRequestParameter",
            "RewriteResponseHeader",
            "SaveSession",
            "SecureHeaders",
            "SetStatus",
            "TokenRelay");

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final String where;
    private final ObjectNode route;
    private final ImportDraft draft;

    SpringFilter(String where, ObjectNode route, ImportDraft draft) {
        this.where = where;
        this.route = route;
        this.draft = draft;
    }

    void apply(SpringStep filter) {
        switch (filter.name()) {
            case "AddRequestHeader" -> header("/headers/request/add", filter);
            case "SetRequestHeader" -> header("/headers/request/set", filter);
            case "AddResponseHeader" -> header("/headers/response/add", filter);
            case "SetResponseHeader" -> header("/headers/response/set", filter);
            case "RemoveRequestHeader" ->
                route.withArray("/headers/request/remove").add(filter.value(0));
            case "RemoveResponseHeader" ->
                route.withArray("/headers/response/remove").add(filter.value(0));
            case "RemoveRequestParameter" ->
                route.withArray("/rewrite/query/remove").add(filter.value(0));
            case "PreserveHostHeader" -> route.withObject("/rewrite").put("preserveHost", true);
            case "SetRequestHostHeader" -> route.withObject("/rewrite").put("host", filter.value(0));
            case "RequestSize" -> route.put("maxRequestBody", size(filter.value(0)));
            case "RedirectTo" -> redirect(filter);
            case "Retry" -> new SpringRetry(filter, draft, where).apply(route);
            case "CircuitBreaker" -> circuitBreaker(filter);
            case "RequestRateLimiter" -> rateLimiter(filter);
            default -> unknown(filter);
        }
    }

    private void lose(SpringStep filter, String message) {
        draft.lose(where, "the filter " + filter.name() + filter.values() + ' ' + message);
    }

    private void unknown(SpringStep filter) {
        if (HARMLESS.contains(filter.name())) {
            lose(filter, "has no counterpart and was left out");
        } else {
            lose(filter, "has no counterpart and may control access; the route was closed");
            ImportDraft.close(route);
        }
    }

    /** A variable of the path becomes one of the template; other braces are literal. */
    private void header(String place, SpringStep filter) {
        String template = route.at("/match/template").asText();
        String value = String.join(
                ",",
                filter.values()
                        .subList(
                                Math.min(1, filter.values().size()),
                                filter.values().size()));
        String converted = VARIABLE.matcher(value.replace("{", "{{")).replaceAll(found -> {
            boolean isKnown = template.contains('{' + found.group(1));
            return isKnown ? "{path." + found.group(1) + "}" : found.group();
        });
        route.withObject(place).put(filter.value(0), converted.replace("{{path.", "{path."));
    }

    private static String size(String text) {
        return text.matches("\\d+") ? text + "B" : text.replaceFirst("(?i)\\s*([KMG])B$", "$1iB");
    }

    private void redirect(SpringStep filter) {
        if (!filter.value(1).startsWith("https://")) {
            lose(filter, "leads to no https URL; the route was closed");
            ImportDraft.close(route);
            return;
        }
        route.remove(List.of("upstream", "respond"));
        route.withObject("/redirect").put("to", filter.value(1)).put("status", number(filter.value(0), 302));
        route.withObject("/redirect").put("keepQuery", false);
    }

    private void circuitBreaker(SpringStep filter) {
        route.withObject("/circuitBreaker").put("consecutiveFailures", 5);
        if (filter.named().size() > 1) {
            lose(filter, "has a fallback, which has no counterpart");
        }
    }

    private void rateLimiter(SpringStep filter) {
        ObjectNode limit = route.withArray("/rateLimits").addObject();
        long requests = number(filter.text("redis-rate-limiter.replenishRate", 0), 1);
        limit.put("requests", requests).put("per", "1s");
        limit.put("burst", number(filter.text("redis-rate-limiter.burstCapacity", 1), requests))
                .put("key", "client");
        if (filter.named().containsKey("key-resolver")) {
            lose(filter, "has a key resolver in code; the limit counts by client");
        }
    }

    private static long number(String text, long otherwise) {
        return text.matches("\\d{1,9}") ? Long.parseLong(text) : otherwise;
    }
}
