package dev.pintle.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.RouteDocument;
import dev.pintle.store.EditRejectedException.Reason;
import dev.pintle.store.WriteResult.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies edits in memory, before the store writes their revision. Used by one thread, which holds the lock on the
 * latest revision.
 */
final class RevisionDraft {
    private static final String DEFAULTS = "defaults";

    private final long revision;
    private final Map<String, StoredRow> routesBefore;
    private final Map<String, StoredRow> routes;
    private final Map<String, String> matchKeys = new LinkedHashMap<>();
    private final StoredRow defaultsBefore;
    private StoredRow defaults;

    /**
     * @param revision the number of the new revision
     * @param routes the stored rows of the routes that the edits name, by id
     */
    RevisionDraft(long revision, Map<String, StoredRow> routes, StoredRow defaults) {
        this.revision = revision;
        this.routesBefore = Map.copyOf(routes);
        this.routes = new LinkedHashMap<>(routes);
        this.defaultsBefore = defaults;
        this.defaults = defaults;
    }

    /** @throws EditRejectedException when the route does not exist or the precondition fails */
    Outcome apply(Edit edit) throws EditRejectedException {
        return switch (edit) {
            case Edit.PutRoute(var route, var precondition) -> put(route, precondition);
            case Edit.DeleteRoute(var id, var precondition) -> delete(id, precondition);
            case Edit.PutDefaults(var document, var precondition) -> putDefaults(document.json(), precondition);
            case Edit.RestoreRoute(var route) -> restore(route);
            case Edit.RestoreDefaults(var document) -> restoreDefaults(document.json());
        };
    }

    /** Returns the net changes in the order of ids, without documents that end as they began. */
    List<DocumentChange> changes() {
        List<DocumentChange> changes = new ArrayList<>();
        SortedSet<String> ids = new TreeSet<>(routesBefore.keySet());
        ids.addAll(routes.keySet());
        for (String id : ids) {
            StoredRow before = routesBefore.get(id);
            StoredRow after = routes.get(id);
            if (!Objects.equals(text(before), text(after))) {
                changes.add(new DocumentChange.OfRoute(id, text(before), text(after), matchKeys.get(id)));
            }
        }
        if (!defaultsBefore.text().equals(defaults.text())) {
            changes.add(new DocumentChange.OfDefaults(defaultsBefore.text(), defaults.text()));
        }
        return changes;
    }

    /** Returns the match keys of the routes that the edits put and do not delete again, by id. */
    Map<String, String> matchKeys() {
        return matchKeys;
    }

    private Outcome put(RouteDocument route, Precondition precondition) throws EditRejectedException {
        StoredRow current = routes.get(route.id());
        require(precondition, "Route \"" + route.id() + '"', route.id(), current);
        matchKeys.put(route.id(), MatchKey.of(route));
        if (current != null && current.holds(route.json())) {
            return Outcome.UNCHANGED;
        }
        routes.put(route.id(), StoredRow.of(revision, route.json()));
        return current == null ? Outcome.CREATED : Outcome.REPLACED;
    }

    private Outcome delete(String id, Precondition precondition) throws EditRejectedException {
        StoredRow current = routes.get(id);
        if (current == null) {
            // RFC 9110 section 13.2.1: a request that fails without its precondition fails the same way with it.
            throw new EditRejectedException(Reason.ABSENT, id, "No route has the id \"" + id + "\".");
        }
        require(precondition, "Route \"" + id + '"', id, current);
        matchKeys.remove(id);
        routes.remove(id);
        return Outcome.DELETED;
    }

    private Outcome putDefaults(ObjectNode document, Precondition precondition) throws EditRejectedException {
        require(precondition, "The defaults document", DEFAULTS, defaults);
        if (defaults.holds(document)) {
            return Outcome.UNCHANGED;
        }
        defaults = StoredRow.of(revision, document);
        return Outcome.REPLACED;
    }

    private Outcome restore(RouteDocument route) {
        StoredRow current = routes.get(route.id());
        StoredRow restored = StoredRow.of(revision, route.json());
        matchKeys.put(route.id(), MatchKey.of(route));
        if (current != null && current.text().equals(restored.text())) {
            return Outcome.UNCHANGED;
        }
        routes.put(route.id(), restored);
        return current == null ? Outcome.CREATED : Outcome.REPLACED;
    }

    private Outcome restoreDefaults(ObjectNode document) {
        StoredRow restored = StoredRow.of(revision, document);
        if (defaults.text().equals(restored.text())) {
            return Outcome.UNCHANGED;
        }
        defaults = restored;
        return Outcome.REPLACED;
    }

    private static void require(Precondition precondition, String subject, String id, @Nullable StoredRow current)
            throws EditRejectedException {
        boolean holds = switch (precondition) {
            case Precondition.None() -> true;
            case Precondition.Exists() -> current != null;
            case Precondition.Absent() -> current == null;
            case Precondition.WrittenBy(var revisions) -> current != null && revisions.contains(current.revision());
        };
        if (!holds) {
            String state = current == null
                    ? " does not exist; omit the precondition to create it."
                    : " was last written by revision " + current.revision() + "; read it again and repeat the edit"
                            + " with the new ETag.";
            throw new EditRejectedException(Reason.PRECONDITION, id, subject + state);
        }
    }

    private static @Nullable String text(@Nullable StoredRow row) {
        return row == null ? null : row.text();
    }
}
