package dev.pintle.upstream.discovery;

import java.util.regex.Pattern;

/**
 * A DNS query for targets.
 *
 * @param port the port of every target; ignored for SRV
 */
public record DiscoveryQuery(String name, RecordType type, int port) {
    private static final Pattern SERVICE_LABELS = Pattern.compile("^(_[^.]+\\.)+|\\.$");

    /** The host of the service: the name without labels such as {@code _http._tcp}. */
    String host() {
        return SERVICE_LABELS.matcher(name).replaceAll("");
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
