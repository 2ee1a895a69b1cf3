package dev.pintle.telemetry;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Exchange;
import dev.pintle.telemetry.AccessLogConfiguration.ClientAddressPart;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Limits and redacts client data in the access log. Immutable. */
final class LogRedaction {
    private static final int MAX_METHOD = 64;
    private static final int MAX_PATH = 8 << 10;
    private static final int MAX_DETAIL = 1 << 10;
    private static final String ALL = "*";
    private static final String HIDDEN = "***";

    private final ClientAddressPart client;
    private final Set<String> parameters;

    /**
     * Creates the redaction.
     *
     * @param parameters the query parameters whose values are logged
     */
    LogRedaction(ClientAddressPart client, Set<String> parameters) {
        this.client = client;
        this.parameters = parameters;
    }

    @Nullable
    String client(Exchange exchange) {
        String address = exchange.client().address();
        return switch (client) {
            case ADDRESS -> address;
            case NETWORK -> CidrSet.network(address);
            case NONE -> null;
        };
    }

    String method(Exchange exchange) {
        return truncate(exchange.request().method(), MAX_METHOD);
    }

    String path(Exchange exchange) {
        return truncate(exchange.request().path(), MAX_PATH);
    }

    @Nullable
    String query(Exchange exchange) {
        String query = exchange.request().query();
        return query == null || parameters.isEmpty()
                ? null
                : truncate(parameters.contains(ALL) ? query : redacted(query), MAX_PATH);
    }

    @Nullable
    String detail(Exchange exchange) {
        String detail = exchange.context().detail();
        return detail == null ? null : truncate(detail, MAX_DETAIL);
    }

    /** Redacts values. Names compare byte by byte: an encoded name is a different name. */
    private String redacted(String query) {
        return Arrays.stream(query.split("&", -1)).map(this::redactedTerm).collect(Collectors.joining("&"));
    }

    private String redactedTerm(String term) {
        int equals = term.indexOf('=');
        if (equals < 0) {
            return parameters.contains(term) ? term : HIDDEN;
        }
        String name = term.substring(0, equals);
        return parameters.contains(name) ? term : name + '=' + HIDDEN;
    }

    private static String truncate(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
