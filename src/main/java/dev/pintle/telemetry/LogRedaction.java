package dev.pintle.telemetry;

import dev.pintle.http.CidrSet;
import dev.pintle.http.Exchange;
import dev.pintle.telemetry.AccessLogConfiguration.ClientShown;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bounds and redacts client data in the access log. Immutable. */
final class LogRedaction {
    private static final int LONGEST_METHOD = 64;
    private static final int LONGEST_PATH = 8 << 10;
    private static final int LONGEST_DETAIL = 1 << 10;
    private static final String ALL = "*";
    private static final String HIDDEN = "***";

    private final ClientShown client;
    private final Set<String> terms;

    /** @param terms of a query, whose values are shown */
    LogRedaction(ClientShown client, Set<String> terms) {
        this.client = client;
        this.terms = terms;
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
        return cut(exchange.request().method(), LONGEST_METHOD);
    }

    String path(Exchange exchange) {
        return cut(exchange.request().path(), LONGEST_PATH);
    }

    @Nullable
    String query(Exchange exchange) {
        String query = exchange.request().query();
        return query == null || terms.isEmpty() ? null : cut(terms.contains(ALL) ? query : veiled(query), LONGEST_PATH);
    }

    @Nullable
    String detail(Exchange exchange) {
        String detail = exchange.context().detail();
        return detail == null ? null : cut(detail, LONGEST_DETAIL);
    }

    /** Terms compare byte by byte: an encoded name is a different name, and its value is redacted. */
    private String veiled(String query) {
        return Arrays.stream(query.split("&", -1)).map(this::veiledTerm).collect(Collectors.joining("&"));
    }

    private String veiledTerm(String term) {
        int equals = term.indexOf('=');
        if (equals < 0) {
            return terms.contains(term) ? term : HIDDEN;
        }
        String name = term.substring(0, equals);
        return terms.contains(name) ? term : name + '=' + HIDDEN;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
