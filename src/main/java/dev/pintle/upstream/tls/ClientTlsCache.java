package dev.pintle.upstream.tls;

import dev.pintle.tls.Pem;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shares one {@link ClientTls} among all routes with equal TLS settings, while such a route exists. Thread-safe. */
public final class ClientTlsCache {
    private final ClientCertificates certificates;
    private final Map<TlsSettings, WeakReference<ClientTls>> inUse = new HashMap<>();

    public ClientTlsCache(ClientCertificates certificates) {
        this.certificates = certificates;
    }

    public ClientCertificates certificates() {
        return certificates;
    }

    /**
     * Returns the instance for these settings, ready for use.
     *
     * @throws IllegalArgumentException with a message when the node has no such client certificate or cannot read it
     */
    public synchronized ClientTls of(TlsSettings settings) {
        if (settings.equals(TlsSettings.NONE)) {
            return ClientTls.SYSTEM;
        }
        inUse.values().removeIf(reference -> reference.get() == null);
        WeakReference<ClientTls> known = inUse.get(settings);
        ClientTls found = known == null ? null : known.get();
        return found == null ? made(settings) : found;
    }

    private ClientTls made(TlsSettings settings) {
        ClientTls made = new ClientTls(
                settings.caBundle() == null ? List.of() : Pem.certificates(settings.caBundle()),
                settings.clientCertificate() == null ? null : certificates.named(settings.clientCertificate()));
        made.context();
        inUse.put(settings, new WeakReference<>(made));
        return made;
    }
}
