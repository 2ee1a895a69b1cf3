package dev.pintle.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans which documents return to what they were at an earlier revision. */
public final class RestorePlan {
    private RestorePlan() {}

    /**
     * The plan for a whole configuration. Its pointers lead into the configuration of that revision.
     *
     * @param since the changes from that revision to the latest
     * @param routes the ids of the routes that exist now
     */
    public static List<PlannedDocument> whole(List<DocumentDelta> since, Set<String> routes) {
        return plan(since, since, routes);
    }

    /** The plan for some routes only. */
    public static List<PlannedDocument> only(Set<String> chosen, List<DocumentDelta> since, Set<String> routes) {
        List<DocumentDelta> wanted = since.stream()
                .filter(delta -> delta.isRoute() && chosen.contains(delta.id()))
                .toList();
        return plan(wanted, since, routes);
    }

    private static List<PlannedDocument> plan(
            List<DocumentDelta> wanted, List<DocumentDelta> since, Set<String> routes) {
        Map<String, Integer> places = places(since, routes);
        return wanted.stream()
                .filter(delta -> !isSameText(delta.before(), delta.after()))
                .map(delta -> new PlannedDocument(
                        pointer(delta, places), delta.subject(), delta.kind(), delta.id(), delta.before()))
                .toList();
    }

    /** Where each route stands in the list of routes of that revision. */
    private static Map<String, Integer> places(List<DocumentDelta> since, Set<String> routes) {
        NavigableSet<String> then = new TreeSet<>(routes);
        since.stream().filter(DocumentDelta::isRoute).forEach(delta -> {
            if (delta.before() == null) {
                then.remove(delta.id());
            } else {
                then.add(delta.id());
            }
        });
        Map<String, Integer> places = new HashMap<>();
        then.forEach(id -> places.put(id, places.size()));
        return places;
    }

    private static String pointer(DocumentDelta delta, Map<String, Integer> places) {
        return delta.isRoute() ? "/routes/" + places.get(delta.id()) : "/defaults";
    }

    /** A restore brings back the text, so the order of keys counts. */
    private static boolean isSameText(@Nullable JsonNode one, @Nullable JsonNode other) {
        return Objects.toString(one, "").equals(Objects.toString(other, ""));
    }
}
