package dev.pintle.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** The names that routes may refer to. */
@FunctionalInterface
public interface KnownNames {
    /** Knows every name, for checks without a database. */
    KnownNames ANY = reference -> true;

    boolean contains(Reference reference);

    /** The names that this one or the other knows. */
    default KnownNames or(KnownNames other) {
        return reference -> contains(reference) || other.contains(reference);
    }

    /** The names that the documents of a configuration define. */
    static KnownNames of(Configuration configuration) {
        Set<String> consumers = configuration.entityIds(EntityKind.CONSUMER);
        Set<String> providers = configuration.entityIds(EntityKind.IDENTITY_PROVIDER);
        Set<String> groups = new HashSet<>();
        configuration.entities(EntityKind.CONSUMER).values().forEach(stored -> addGroups(stored.json(), groups));
        return reference -> switch (reference.target()) {
            case CONSUMER -> consumers.contains(reference.name());
            case GROUP -> groups.contains(reference.name());
            case IDENTITY_PROVIDER -> providers.contains(reference.name());
        };
    }

    private static void addGroups(ObjectNode consumer, Set<String> groups) {
        consumer.path("groups").forEach(group -> groups.add(group.asText()));
    }
}
