package dev.pintle.identity;

import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.EntityKind;
import dev.pintle.config.IdentityProviderSpec;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.VersionedDocument;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active identity providers. A thread fetches their keys again when they are due, so that requests rarely wait. Safe for
 * all threads.
 */
public final class IdentityProviders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityProviders.class);

    private final DocumentCache reader;
    private final DocumentSource documents;
    private final Ticker ticker;
    private final InstantSource clock;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("jwks").daemon().factory());
    private volatile Map<String, IdentityProvider> providers = Map.of();
    private volatile Runnable onChange = () -> {};
    private List<SavedKeySet> saved = List.of();

    /**
     * @param reader reads the documents that describe the providers
     * @param documents fetches from the providers
     */
    public IdentityProviders(DocumentCache reader, DocumentSource documents, Ticker ticker, InstantSource clock) {
        this.reader = reader;
        this.documents = documents;
        this.ticker = ticker;
        this.clock = clock;
        var _ = refresher.scheduleWithFixedDelay(this::refresh, 1, 1, TimeUnit.SECONDS);
    }

    /** Called after each change of the keys of a provider. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** The active provider with this id. */
    public Optional<IdentityProvider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /** An edit of a provider keeps its keys, as long as they come from the same source. */
    synchronized void publish(Configuration configuration) {
        Map<String, IdentityProvider> next = new HashMap<>();
        configuration.entities(EntityKind.IDENTITY_PROVIDER).forEach((id, stored) -> {
            IdentityProviderSpec spec = read(id, stored);
            IdentityProvider known = providers.get(id);
            if (spec != null) {
                next.put(id, known != null && known.spec().equals(spec) ? known : successor(id, spec, known));
            }
        });
        Map<String, IdentityProvider> before = providers;
        providers = next;
        next.values().stream()
                .filter(provider -> before.get(provider.id()) != provider)
                .forEach(provider -> Thread.ofVirtual().start(provider::refresh));
    }

    private IdentityProvider successor(String id, IdentityProviderSpec spec, @Nullable IdentityProvider known) {
        IdentityProvider provider = new IdentityProvider(id, spec, documents, ticker, clock, () -> onChange.run());
        if (known != null) {
            known.saved().ifPresent(provider::restore);
        }
        saved.stream().filter(keys -> keys.provider().equals(id)).forEach(provider::restore);
        return provider;
    }

    private @Nullable IdentityProviderSpec read(String id, VersionedDocument stored) {
        try {
            return (IdentityProviderSpec)
                    reader.entity(EntityKind.IDENTITY_PROVIDER, stored.json()).spec();
        } catch (InvalidSpecException e) {
            LOG.warn("Identity provider {} is rejected, and so are its tokens: {}", id, e.getMessage());
            return null;
        }
    }

    /** The keys of all providers, for the next start. */
    public List<SavedKeySet> saved() {
        return providers.values().stream()
                .flatMap(provider -> provider.saved().stream())
                .toList();
    }

    /** Uses the keys of an earlier start for providers that are published from now on, until these answer. */
    public synchronized void restore(List<SavedKeySet> keys) {
        saved = List.copyOf(keys);
    }

    /** The age of the keys of each provider that publishes keys. */
    public Map<String, Duration> ages() {
        Map<String, Duration> ages = new TreeMap<>();
        providers.forEach((id, provider) -> provider.age().ifPresent(age -> ages.put(id, age)));
        return ages;
    }

    /** One slow provider must not delay the others. */
    private void refresh() {
        providers.values().stream()
                .filter(IdentityProvider::isDue)
                .forEach(provider -> Thread.ofVirtual().start(provider::refresh));
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
