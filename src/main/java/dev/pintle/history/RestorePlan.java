package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.EntityKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans the restore of documents of an earlier revision. */
public final class RestorePlan {
    private RestorePlan() {}

    /**
     * Plans the restore of a whole configuration. The pointers refer to the configuration of that revision.
     *
     * @param since the changes from that revision to the latest
     * @param routes the ids of the current routes
     */
    public static List<PlannedDocument> whole(List<DocumentDelta> since, Set<String> routes) {
        return plan(since, since, routes);
    }

    /** Plans the restore of some routes only. */
    public static List<PlannedDocument> only(Set<String> chosen, List<DocumentDelta> since, Set<String> routes) {
        List<DocumentDelta> selected = since.stream()
                .filter(delta -> delta.isRoute() && chosen.contains(delta.id()))
                .toList();
        return plan(selected, since, routes);
    }

    private static List<PlannedDocument> plan(
            List<DocumentDelta> selected, List<DocumentDelta> since, Set<String> routes) {
        Map<String, Integer> indexes = indexes(since, routes);
        return selected.stream()
                .filter(delta -> !isSameText(delta.before(), delta.after()))
                .map(delta -> new PlannedDocument(
                        pointer(delta, indexes), delta.subject(), delta.kind(), delta.id(), delta.before()))
                .toList();
    }

    /** Returns the index of each route in the list of routes of that revision. */
    private static Map<String, Integer> indexes(List<DocumentDelta> since, Set<String> routes) {
        NavigableSet<String> idsAtRevision = new TreeSet<>(routes);
        since.stream().filter(DocumentDelta::isRoute).forEach(delta -> {
            if (delta.before() == null) {
                idsAtRevision.remove(delta.id());
            } else {
                idsAtRevision.add(delta.id());
            }
        });
        Map<String, Integer> indexes = new HashMap<>();
        idsAtRevision.forEach(id -> indexes.put(id, indexes.size()));
        return indexes;
    }

    private static String pointer(DocumentDelta delta, Map<String, Integer> indexes) {
        if (delta.isRoute()) {
            return "/routes/" + indexes.get(delta.id());
        }
        return EntityKind.of(delta.kind())
                .map(kind -> '/' + kind.listKey() + '/' + delta.id())
                .orElse("/defaults");
    }

    /** Compares the texts, because a restore includes the order of keys. */
    private static boolean isSameText(@Nullable JsonNode one, @Nullable JsonNode other) {
        return Objects.toString(one, "").equals(Objects.toString(other, ""));
    }
}
