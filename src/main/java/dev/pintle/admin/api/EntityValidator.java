package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityChange;
import dev.pintle.config.EntityDocument;
import dev.pintle.config.EntityKind;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.KnownNames;
import dev.pintle.config.Specs;
import dev.pintle.routing.table.EffectiveRouteValidator;
import dev.pintle.routing.table.ReferenceGuard;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.EditRejectedException.Reason;
import java.util.List;
import java.util.Set;

/** Validates consumers and identity providers individually and with the routes that refer to them. */
public final class EntityValidator {
    private final EffectiveRouteValidator node;

    public EntityValidator(EffectiveRouteValidator node) {
        this.node = node;
    }

    /**
     * Reads a document that is written under an id.
     *
     * @throws InvalidSpecException with all violations; another id in the document is one
     */
    EntityDocument read(EntityKind kind, JsonNode json, String id) throws InvalidSpecException {
        EntityDocument document = node.under(Specs.NONE).entity(kind, DocumentIds.withId(json, id));
        if (!document.id().equals(id)) {
            throw new InvalidSpecException(List.of(DocumentIds.mismatch(id)));
        }
        return document;
    }

    /**
     * Requires that no route loses a name.
     *
     * @param rewritten the documents that the same write replaces or removes
     * @throws EditRejectedException with the routes that refer to a name which the change removes
     */
    void requireUnused(EntityChange change, Configuration latest, Set<DocumentKey> rewritten)
            throws EditRejectedException {
        if (change.isEmpty()) {
            return;
        }
        List<String> routes =
                new ReferenceGuard(node.documents()).orphaned(latest, KnownNames.of(change.applied(latest)), rewritten);
        if (!routes.isEmpty()) {
            throw new EditRejectedException(
                    Reason.IN_USE,
                    routes,
                    "The change removes a name that routes refer to: " + String.join(", ", routes)
                            + ". Change these routes first, or in the same batch.");
        }
    }
}
