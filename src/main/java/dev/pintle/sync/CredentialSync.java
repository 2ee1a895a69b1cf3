package dev.pintle.sync;

import dev.pintle.credentials.Credential;
import dev.pintle.credentials.CredentialIndex;
import dev.pintle.identity.Identities;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the credentials of consumers to this node, and records which of them are used. While PostgreSQL is unavailable, the
 * node keeps the credentials that it has. Safe for all threads.
 */
public final class CredentialSync {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialSync.class);
    private static final Duration USAGE_INTERVAL = Duration.ofMinutes(1);
    private static final long NONE_YET = -1;

    private final CredentialStore store;
    private final Identities identities;
    private final Ticker ticker;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private long version = NONE_YET;
    private long recordedAt;
    private volatile Runnable onChange = () -> {};

    public CredentialSync(CredentialStore store, Identities identities, Ticker ticker) {
        this.store = store;
        this.identities = identities;
        this.ticker = ticker;
        this.recordedAt = ticker.nanos();
    }

    /** Called after each change, on the thread that found it. */
    void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Reads the credentials if they changed. Keeps the current ones when PostgreSQL does not answer. */
    public synchronized void catchUp() {
        try {
            store.read(version).ifPresent(contents -> {
                version = contents.version();
                identities.activate(new CredentialIndex(contents.credentials()));
                onChange.run();
            });
            recordUsage();
        } catch (StoreUnavailableException e) {
            LOG.debug("Cannot read the credentials; keeping the current ones: {}", e.getMessage());
        }
    }

    /** The credentials that are active. */
    List<Credential> current() {
        return identities.credentials().all();
    }

    /** Activates the credentials of the snapshot until PostgreSQL is available. */
    synchronized void begin(List<Credential> credentials) {
        identities.activate(new CredentialIndex(credentials));
    }

    private void recordUsage() throws StoreUnavailableException {
        used.addAll(identities.takeUsed());
        if (!used.isEmpty() && ticker.nanos() - recordedAt >= USAGE_INTERVAL.toNanos()) {
            recordedAt = ticker.nanos();
            store.used(used);
            used.clear();
        }
    }
}
