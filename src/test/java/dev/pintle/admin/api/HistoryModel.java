package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.ExportFile;
import dev.pintle.config.Mutations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A model of the history, with every state as a plain map. The defaults are the document without an id. */
final class HistoryModel {
    private static final String DEFAULTS = "";

    private final long first;
    private final List<Map<String, String>> states = new ArrayList<>();

    /** @param first the number of the first state, in which the configuration is empty */
    HistoryModel(long first) {
        this.first = first;
        states.add(new TreeMap<>(Map.of(DEFAULTS, "{}")));
    }

    long first() {
        return first;
    }

    long latest() {
        return first + states.size() - 1;
    }

    Set<String> routes() {
        Set<String> ids = new HashSet<>(states.getLast().keySet());
        ids.remove(DEFAULTS);
        return ids;
    }

    void putRoute(String id, String json) {
        write(id, json);
    }

    void putDefaults(String json) {
        write(DEFAULTS, json);
    }

    /** Writes several documents in one revision; null removes one. Equal documents do not change. */
    void write(Map<String, @Nullable String> documents) {
        Map<String, String> next = new TreeMap<>(states.getLast());
        documents.forEach((id, json) -> {
            if (json == null) {
                next.remove(id);
            } else if (!next.containsKey(id) || !Mutations.read(next.get(id)).equals(Mutations.read(json))) {
                next.put(id, Mutations.read(json).toString());
            }
        });
        add(next);
    }

    private void write(String id, String json) {
        write(Map.of(id, json));
    }

    /** Returns the route after a merge patch. */
    String patched(String id, String patch) {
        return MergePatch.apply(Mutations.read(states.getLast().get(id)), Mutations.read(patch))
                .toString();
    }

    void restore(long number) {
        add(state(number));
    }

    void restore(long number, Set<String> ids) {
        Map<String, String> next = new TreeMap<>(states.getLast());
        for (String id : ids) {
            next.remove(id);
            if (state(number).containsKey(id)) {
                next.put(id, state(number).get(id));
            }
        }
        add(next);
    }

    /** Whether a revision can be reverted, because no later one changed the same documents. */
    boolean isRevertible(long number) {
        Set<String> changed = changed(number);
        for (long later = number + 1; later <= latest(); later++) {
            if (changed(later).stream().anyMatch(changed::contains)) {
                return false;
            }
        }
        return true;
    }

    void revert(long number) {
        Map<String, String> next = new TreeMap<>(states.getLast());
        for (String id : changed(number)) {
            next.remove(id);
            if (state(number - 1).containsKey(id)) {
                next.put(id, state(number - 1).get(id));
            }
        }
        add(next);
    }

    private Set<String> changed(long number) {
        Set<String> ids = new HashSet<>(state(number).keySet());
        ids.addAll(state(number - 1).keySet());
        ids.removeIf(
                id -> Objects.equals(state(number).get(id), state(number - 1).get(id)));
        return ids;
    }

    private Map<String, String> state(long number) {
        return states.get(Math.toIntExact(number - first));
    }

    private void add(Map<String, String> next) {
        if (!next.equals(states.getLast())) {
            states.add(next);
        }
    }

    /** Returns the expected output of {@code routes export}, under another number. */
    String export(long number, long shownNumber) {
        Map<String, String> routes = new TreeMap<>(state(number));
        JsonNode defaults = Mutations.read(routes.remove(DEFAULTS));
        return ExportFile.text(
                shownNumber,
                defaults,
                routes.values().stream()
                        .map(json -> (ObjectNode) Mutations.read(json))
                        .toList());
    }
}
