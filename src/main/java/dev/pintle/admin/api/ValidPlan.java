package dev.pintle.admin.api;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityDocument;
import dev.pintle.config.RouteDocument;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The valid documents that a plan leaves.
 *
 * @param deleted the documents that it removes
 * @param defaults the new defaults; null when the plan does not change them
 */
record ValidPlan(
        List<RouteDocument> routes,
        List<EntityDocument> entities,
        List<DocumentKey> deleted,
        @Nullable DefaultsDocument defaults) {
    private static final Precondition NONE = new Precondition.None();

    ValidPlan {
        routes = List.copyOf(routes);
        entities = List.copyOf(entities);
        deleted = List.copyOf(deleted);
    }

    /** Returns edits that write new documents. */
    List<Edit> edits() {
        List<Edit> edits = deletions();
        routes.forEach(route -> edits.add(new Edit.Put(route, NONE)));
        entities.forEach(entity -> edits.add(new Edit.Put(entity, NONE)));
        if (defaults != null) {
            edits.add(new Edit.Put(defaults, NONE));
        }
        return edits;
    }

    /** Returns edits that restore earlier documents byte for byte. */
    List<Edit> restoringEdits() {
        List<Edit> edits = deletions();
        routes.forEach(route -> edits.add(new Edit.Restore(route)));
        entities.forEach(entity -> edits.add(new Edit.Restore(entity)));
        if (defaults != null) {
            edits.add(new Edit.Restore(defaults));
        }
        return edits;
    }

    private List<Edit> deletions() {
        List<Edit> edits = new ArrayList<>();
        deleted.forEach(key -> edits.add(new Edit.Delete(key, NONE)));
        return edits;
    }
}
