package dev.pintle.admin.api;

import dev.pintle.config.DefaultsDocument;
import dev.pintle.config.RouteDocument;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Documents that a plan leaves, all of which keep the rules.
 *
 * @param deleted the ids of routes that it removes
 * @param defaults null when the plan leaves them as they are
 */
record ValidPlan(
        List<RouteDocument> routes,
        List<String> deleted,
        @Nullable DefaultsDocument defaults) {
    private static final Precondition NONE = new Precondition.None();

    ValidPlan {
        routes = List.copyOf(routes);
        deleted = List.copyOf(deleted);
    }

    /** Edits that write what an operator wrote now. */
    List<Edit> edits() {
        List<Edit> edits = new ArrayList<>();
        deleted.forEach(id -> edits.add(new Edit.DeleteRoute(id, NONE)));
        routes.forEach(route -> edits.add(new Edit.PutRoute(route, NONE)));
        if (defaults != null) {
            edits.add(new Edit.PutDefaults(defaults, NONE));
        }
        return edits;
    }

    /** Edits that bring back what was written before, byte for byte. */
    List<Edit> restoringEdits() {
        List<Edit> edits = new ArrayList<>();
        deleted.forEach(id -> edits.add(new Edit.DeleteRoute(id, NONE)));
        routes.forEach(route -> edits.add(new Edit.RestoreRoute(route)));
        if (defaults != null) {
            edits.add(new Edit.RestoreDefaults(defaults));
        }
        return edits;
    }
}
