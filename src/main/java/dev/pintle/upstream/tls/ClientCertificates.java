package dev.pintle.upstream.tls;

import dev.pintle.tls.PemFiles;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /** The names of all certificates. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(byName.keySet()));
    }

    /** @throws IllegalArgumentException with a sentence, when there is none of that name */
    ClientCertificate named(String name) {
        ClientCertificate found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("/upstream/tls/clientCertificate: \"" + name
                    + "\" is not among the clientCertificates in config.yml of this node");
        }
        return found;
    }
}
