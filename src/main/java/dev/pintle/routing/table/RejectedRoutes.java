package dev.pintle.routing.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.LayeredSettings;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.Specs;
import dev.pintle.config.VersionedDocument;
import dev.pintle.policy.concurrency.RouteConcurrency;
import dev.pintle.routing.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates routes that take the requests of rejected ones, so that no route with a shorter path answers them. */
record RejectedRoutes(RouteRuntime runtime) {
    /** Returns the route that takes the requests of a rejected one; null when it is disabled or its match is invalid. */
    @Nullable
    Route refusing(String id, VersionedDocument stored) {
        if (!stored.json().path("enabled").asBoolean(true)) {
            return null;
        }
        ObjectNode matching = stored.json().objectNode().put("id", id);
        matching.set("match", stored.json().path("match"));
        matching.putObject("upstream").putArray("targets").addObject().put("url", "http://127.0.0.1:9");
        try {
            // A cache of its own: the active document of this id stays the stored one.
            RouteDocument document = new DocumentCache(runtime.documents().schema()).route(matching);
            return new Route(
                    id,
                    stored,
                    document.spec(),
                    document.match().compiledTemplate(),
                    new LayeredSettings(Specs.NONE, Specs.NONE),
                    List.of(),
                    exchange -> {
                        throw new IllegalStateException("the table refuses requests of the rejected route " + id);
                    },
                    new RouteConcurrency(),
                    runtime.metrics().route(id));
        } catch (InvalidSpecException | RuntimeException e) {
            return null;
        }
    }
}
