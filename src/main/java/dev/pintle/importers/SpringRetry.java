package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The filter Retry of Spring Cloud Gateway. It retries the statuses of its series and its further statuses. */
final class SpringRetry {
    private static final Map<String, String> STATUSES = Map.of(
            "TOO_MANY_REQUESTS",
            "429",
            "INTERNAL_SERVER_ERROR",
            "500",
            "NOT_IMPLEMENTED",
            "501",
            "BAD_GATEWAY",
            "502",
            "SERVICE_UNAVAILABLE",
            "503",
            "GATEWAY_TIMEOUT",
            "504",
            "HTTP_VERSION_NOT_SUPPORTED",
            "505",
            "INSUFFICIENT_STORAGE",
            "507",
            "LOOP_DETECTED",
            "508",
            "NETWORK_AUTHENTICATION_REQUIRED",
            "511");

    private static final String SERVER_ERROR = "SERVER_ERROR";
    private static final Set<String> CONVERTED = Set.of("retries", "statuses", "methods", "series");
    private static final int MAX_RETRIES = 10;

    private final SpringStep filter;
    private final ImportDraft draft;
    private final String where;

    SpringRetry(SpringStep filter, ImportDraft draft, String where) {
        this.filter = filter;
        this.draft = draft;
        this.where = where;
    }

    void apply(ObjectNode route) {
        ObjectNode retry = route.withObject("/retry").put("max", retries());
        ArrayNode on = retry.putArray("on");
        failures().forEach(on::add);
        ArrayNode methods = retry.putArray("methods");
        List<String> named = filter.texts("methods", 2);
        (named.isEmpty() ? List.of("GET") : named).forEach(methods::add);
        filter.named().keySet().stream()
                .filter(key -> !CONVERTED.contains(key))
                .sorted()
                .forEach(this::lose);
    }

    private int retries() {
        String text = filter.text("retries", 0);
        return text.matches("\\d{1,9}") ? Math.min(MAX_RETRIES, Integer.parseInt(text)) : 3;
    }

    private List<String> failures() {
        List<String> on = new ArrayList<>(List.of("connect", "reset", "timeout"));
        List<String> series = filter.named().containsKey("series")
                ? filter.texts("series", Integer.MAX_VALUE)
                : List.of(SERVER_ERROR);
        for (String each : series) {
            if (each.equals(SERVER_ERROR)) {
                on.addAll(List.of("500", "502", "503", "504"));
            } else {
                lose("the series " + each);
            }
        }
        for (String status : filter.texts("statuses", 1)) {
            String number = STATUSES.getOrDefault(status, status);
            if (number.matches("429|5\\d\\d")) {
                on.add(number);
            } else {
                lose("the status " + status);
            }
        }
        return on.stream().distinct().toList();
    }

    private void lose(String part) {
        draft.lose(where, "the filter Retry: " + part + " has no counterpart and was left out");
    }
}
