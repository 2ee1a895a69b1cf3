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
    private volatile Map<String, ConsumerSpec> consumers = Map.of();

    public ConsumerDirectory(DocumentCache reader) {
        this.reader = reader;
    }

    void publish(Configuration configuration) {
        SortedMap<String, VersionedDocument> next = configuration.entities(EntityKind.CONSUMER);
        if (next.equals(documents)) {
            return;
        }
        Map<String, ConsumerSpec> read = new HashMap<>();
        next.forEach((id, stored) -> {
            try {
                read.put(id, (ConsumerSpec)
                        reader.entity(EntityKind.CONSUMER, stored.json()).spec());
            } catch (InvalidSpecException e) {
                LOG.warn("Consumer {} is rejected, and so are its credentials: {}", id, e.getMessage());
            }
        });
        consumers = read;
        documents = next;
    }

    /** Returns whether a consumer exists but may not be used. */
    public boolean isDisabled(String id) {
        ConsumerSpec consumer = consumers.get(id);
        return consumer != null && !Objects.requireNonNullElse(consumer.enabled(), true);
    }

    /** The identity of an enabled consumer. */
    public Optional<Identity> identity(String id, Map<String, Object> claims) {
        ConsumerSpec consumer = consumers.get(id);
        if (consumer == null || isDisabled(id)) {
            return Optional.empty();
        }
        Set<String> groups = Set.copyOf(Objects.requireNonNullElse(consumer.groups(), List.of()));
        return Optional.of(new Identity(id, groups, claims));
    }
}
