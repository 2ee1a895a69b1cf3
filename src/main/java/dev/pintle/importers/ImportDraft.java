package dev.pintle.importers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A conversion that is not complete. Not safe for concurrent use. */
final class ImportDraft {
    private final List<ObjectNode> routes = new ArrayList<>();
    private final List<ObjectNode> consumers = new ArrayList<>();
    private final Set<String> losses = new LinkedHashSet<>();
    private final StableIds routeIds = new StableIds();
    private final StableIds consumerIds = new StableIds();

    /** Adds a part of the source without a counterpart, once. */
    void lose(String where, String message) {
        losses.add(where + ": " + message);
    }

    /**
     * Adds a route.
     *
     * @param name determines the id
     * @param match the conditions
     */
    ObjectNode route(String name, ObjectNode match) {
        ObjectNode route = JsonNodeFactory.instance.objectNode().put("id", routeIds.of(name));
        route.set("match", match);
        routes.add(route);
        return route;
    }

    /** Adds a consumer. */
    ObjectNode consumer(String name) {
        ObjectNode consumer = JsonNodeFactory.instance.objectNode().put("id", consumerIds.of(name));
        consumers.add(consumer);
        return consumer;
    }

    /** Lets a route answer every client with 403. A disabled route would leave its requests to a route with a shorter path. */
    static void close(ObjectNode route) {
        route.withObject("/ipFilter").putArray("deny").add("0.0.0.0/0").add("::/0");
    }

    Imported complete() {
        return new Imported(routes, consumers, List.copyOf(losses));
    }
}
