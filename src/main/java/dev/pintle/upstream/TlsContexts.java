package dev.pintle.upstream;

import dev.pintle.pem.Pem;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One {@link Tls} for all routes that say the same of trust and identity, as long as there is such a route. Thread-safe. */
public final class TlsContexts {
    private final ClientCertificates certificates;
    private final Map<TlsSettings, WeakReference<Tls>> inUse = new HashMap<>();

    public TlsContexts(ClientCertificates certificates) {
        this.certificates = certificates;
    }

    public ClientCertificates certificates() {
        return certificates;
    }

    /**
     * The one for these settings, ready for use.
     *
     * @throws IllegalArgumentException with a sentence, when the node has no such client certificate or nothing can be read
     */
    public synchronized Tls of(TlsSettings settings) {
        if (settings.equals(TlsSettings.NONE)) {
            return Tls.SYSTEM;
        }
        inUse.values().removeIf(reference -> reference.get() == null);
        WeakReference<Tls> known = inUse.get(settings);
        Tls found = known == null ? null : known.get();
        return found == null ? made(settings) : found;
    }

    private Tls made(TlsSettings settings) {
        Tls made = new Tls(
                settings.caBundle() == null ? List.of() : Pem.certificates(settings.caBundle()),
                settings.clientCertificate() == null ? null : certificates.named(settings.clientCertificate()));
        made.context();
        inUse.put(settings, new WeakReference<>(made));
        return made;
    }
}
