package dev.pintle.routing.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.KnownNames;
import dev.pintle.config.Reference;
import dev.pintle.config.Specs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the documents that a change of consumers or identity providers would leave with an unknown name. */
public record ReferenceGuard(DocumentCache documents) {
    /**
     * Returns the ids of the routes that refer to a name which the change removes. The id of the defaults is {@code defaults}.
     *
     * @param after the names after the change
     * @param rewritten the documents that the same change replaces or removes; they do not count
     */
    public List<String> orphaned(Configuration latest, KnownNames after, Set<DocumentKey> rewritten) {
        KnownNames before = KnownNames.of(latest);
        List<String> orphaned = new ArrayList<>();
        if (!rewritten.contains(DocumentKey.DEFAULTS)
                && isOrphaned(references(latest.defaults().json(), true), before, after)) {
            orphaned.add(DocumentKey.DEFAULTS.id());
        }
        latest.routes().forEach((id, stored) -> {
            if (!rewritten.contains(DocumentKey.route(id))
                    && isOrphaned(references(stored.json(), false), before, after)) {
                orphaned.add(id);
            }
        });
        return orphaned;
    }

    private static boolean isOrphaned(List<Reference> references, KnownNames before, KnownNames after) {
        return references.stream().anyMatch(reference -> before.contains(reference) && !after.contains(reference));
    }

    /** A stored document that violates a newer rule is not active, so that its names do not count. */
    private List<Reference> references(JsonNode json, boolean defaults) {
        try {
            Specs settings = defaults
                    ? documents.defaults(json).settings()
                    : documents.route(json).settings();
            return settings.references();
        } catch (InvalidSpecException e) {
            return List.of();
        }
    }
}
