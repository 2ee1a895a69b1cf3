package dev.pintle.upstream.tls;

import dev.pintle.tls.PemFiles;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The certificates of config.yml that routes may name. Private keys stand nowhere else. Safe for all threads. */
public final class ClientCertificates {
    private final SortedMap<String, ClientCertificate> byName = new TreeMap<>();

    /**
     * Reads them all.
     *
     * @throws IllegalArgumentException with a sentence, when one cannot be used
     */
    public ClientCertificates(Map<String, PemFiles> files) {
        files.forEach((name, its) -> byName.put(name, ClientCertificate.read(name, its)));
    }

    /** What is wrong with a name that a route gives; empty when there is such a certificate. */
    public Optional<String> fault(String name) {
        if (byName.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of("is \"" + name + "\", which is not among the clientCertificates of this node's config.yml; "
                + (byName.isEmpty() ? "there are none" : "there are: " + String.join(", ", byName.keySet())));
    }

    /** @throws IllegalArgumentException with a sentence, when there is none of that name */
    ClientCertificate named(String name) {
        ClientCertificate found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "/upstream/tls/clientCertificate " + fault(name).orElseThrow());
        }
        return found;
    }
}
