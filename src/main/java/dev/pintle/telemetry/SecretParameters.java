package dev.pintle.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of query parameters that carry credentials. The access log never has their values, on any route: a client may send its
 * key to a path that no route matches. A name stays for the life of the process. Safe for all threads.
 */
public final class SecretParameters {
    /** RFC 6750 section 2.3. The gateway takes no token from it, but clients may send one. */
    private static final String ACCESS_TOKEN = "access_token";

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    public SecretParameters() {
        names.add(ACCESS_TOKEN);
    }

    /** Adds a decoded name. */
    public void add(String name) {
        names.add(name);
    }

    boolean contains(String name) {
        return names.contains(name);
    }
}
