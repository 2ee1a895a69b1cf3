package dev.pintle.telemetry;

import dev.pintle.http.ByteText;
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
    private final SecretParameters secrets;

    /**
     * Creates the redaction.
     *
     * @param parameters the query parameters whose values are logged
     * @param secrets parameters whose values are never logged
     */
    LogRedaction(ClientAddressPart client, Set<String> parameters, SecretParameters secrets) {
        this.secrets = secrets;
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
        return query == null || parameters.isEmpty() ? null : truncate(redacted(query), MAX_PATH);
    }

    @Nullable
    String detail(Exchange exchange) {
        String detail = exchange.context().detail();
        return detail == null ? null : truncate(detail, MAX_DETAIL);
    }

    /** Redacts values. Names of logged values compare byte by byte; names of secrets compare as the gateway reads them. */
    private String redacted(String query) {
        return Arrays.stream(query.split("&", -1)).map(this::redactedTerm).collect(Collectors.joining("&"));
    }

    private String redactedTerm(String term) {
        int equals = term.indexOf('=');
        String name = equals < 0 ? term : term.substring(0, equals);
        if (!secrets.contains(ByteText.formDecoded(name)) && (parameters.contains(ALL) || parameters.contains(name))) {
            return term;
        }
        return equals < 0 ? HIDDEN : name + '=' + HIDDEN;
    }

    private static String truncate(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }
}
