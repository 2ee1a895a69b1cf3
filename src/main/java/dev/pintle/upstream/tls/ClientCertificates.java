package dev.pintle.upstream.tls;

import dev.pintle.tls.PemFiles;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The certificates of config.yml that routes may name. No other place holds private keys. Thread-safe. */
public final class ClientCertificates {
    private final SortedMap<String, ClientCertificate> byName = new TreeMap<>();

    /**
     * Reads all certificates.
     *
     * @throws IllegalArgumentException with a message when one is unusable
     */
    public ClientCertificates(Map<String, PemFiles> files) {
        files.forEach((name, its) -> byName.put(name, ClientCertificate.read(name, its)));
    }

    /** The names of all certificates. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(byName.keySet()));
    }

    /** @throws IllegalArgumentException with a message when the name is unknown */
    ClientCertificate named(String name) {
        ClientCertificate found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("/upstream/tls/clientCertificate: \"" + name
                    + "\" is not among the clientCertificates in config.yml of this node");
        }
        return found;
    }
}
