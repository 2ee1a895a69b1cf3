package dev.pintle.server;

import dev.pintle.tls.PemFiles;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The files of a TLS connector.
 *
 * @param certificates the first one is for clients that ask for no name, or for an unknown name
 * @param clients null when the connector asks clients for no certificate
 */
record TlsFiles(List<PemFiles> certificates, @Nullable ClientAuthorities clients) {
    TlsFiles {
        certificates = List.copyOf(certificates);
    }

    /** The content of all files at one time. */
    record Contents(List<PemFiles.Contents> certificates, ClientAuthorities.@Nullable Contents clients) {
        boolean isSame(Contents other) {
            return IntStream.range(0, certificates.size())
                            .allMatch(i -> certificates.get(i).isSame(other.certificates.get(i)))
                    && (clients == null || clients.equals(other.clients));
        }
    }

    /** The certificates of the server, and the verification of its clients. */
    record Material(KeyStore certificates, @Nullable X509TrustManager clients) {
        void applyTo(ServerTls tls) {
            tls.setKeyStore(certificates);
            tls.setKeyStorePassword(PemFiles.NO_PASSWORD);
            tls.setCertAlias(PemFiles.ALIAS);
            tls.verifyClients(clients);
        }
    }

    /** @throws IllegalArgumentException when a file is unreadable */
    Contents read() {
        return new Contents(
                certificates.stream().map(PemFiles::read).toList(), clients == null ? null : clients.read());
    }

    /** @throws IllegalArgumentException when a file is unusable */
    Material material(Contents contents) {
        KeyStore store =
                certificates.getFirst().keyStore(contents.certificates().getFirst());
        for (int i = 1; i < certificates.size(); i++) {
            certificates
                    .get(i)
                    .addTo(store, "certificate-" + i, contents.certificates().get(i));
        }
        return new Material(
                store, clients == null ? null : clients.trustManager(Objects.requireNonNull(contents.clients())));
    }

    /** Lists the files for the log. */
    String names() {
        return certificates.stream().map(file -> file.certificate().toString()).collect(Collectors.joining(", "))
                + (clients == null ? "" : ", " + clients.authorities());
    }
}
