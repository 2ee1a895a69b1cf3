package dev.pintle.identity;

import dev.pintle.config.Configuration;
import dev.pintle.config.ConsumerSpec;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.EntityKind;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.VersionedDocument;
import dev.pintle.http.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The active consumers. Safe for all threads. */
public final class ConsumerDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerDirectory.class);

    private final DocumentCache reader;
    private volatile SortedMap<String, VersionedDocument> documents = Configuration.EMPTY.entities(EntityKind.CONSUMER);
    /** The identities of consumers without a token; of disabled ones too. */
    private volatile Map<String, Consumer> consumers = Map.of();

    private record Consumer(boolean isEnabled, Identity identity) {
        static Consumer of(String id, ConsumerSpec spec) {
            Set<String> groups = Set.copyOf(Objects.requireNonNullElse(spec.groups(), List.of()));
            return new Consumer(Objects.requireNonNullElse(spec.enabled(), true), new Identity(id, groups, Map.of()));
        }
    }

    public ConsumerDirectory(DocumentCache reader) {
        this.reader = reader;
    }

    void publish(Configuration configuration) {
        SortedMap<String, VersionedDocument> next = configuration.entities(EntityKind.CONSUMER);
        if (next.equals(documents)) {
            return;
        }
        Map<String, Consumer> read = new HashMap<>();
        next.forEach((id, stored) -> {
            try {
                Record spec = reader.entity(EntityKind.CONSUMER, stored.json()).spec();
                read.put(id, Consumer.of(id, (ConsumerSpec) spec));
            } catch (InvalidSpecException e) {
                LOG.warn("Consumer {} is rejected, and so are its credentials: {}", id, e.getMessage());
            }
        });
        consumers = read;
        documents = next;
    }

    /** Returns whether a consumer exists; it may be disabled or rejected. */
    boolean has(String id) {
        return documents.containsKey(id);
    }

    /** Returns whether a consumer exists but may not be used. */
    public boolean isDisabled(String id) {
        Consumer consumer = consumers.get(id);
        return consumer != null && !consumer.isEnabled();
    }

    /** The identity of an enabled consumer. */
    public Optional<Identity> identity(String id, Map<String, Object> claims) {
        Consumer consumer = consumers.get(id);
        if (consumer == null || !consumer.isEnabled()) {
            return Optional.empty();
        }
        Identity identity = consumer.identity();
        return Optional.of(claims.isEmpty() ? identity : new Identity(id, identity.groups(), claims));
    }
}
