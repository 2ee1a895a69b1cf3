package dev.pintle.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.RouteDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.embedded.DemoUpstream;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.EditRejectedException;
import dev.pintle.store.Precondition;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.ConfigurationSync;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Installs the route {@code /demo} with an upstream for the first request. Only with embedded PostgreSQL. */
final class DemoRoute {
    private static final Logger LOG = LoggerFactory.getLogger(DemoRoute.class);
    private static final String ID = "demo";

    private DemoRoute() {}

    /** Installs the route at revision 0. Later starts only start its upstream, if the route still exists. */
    static void install(DocumentCache documents, ConfigurationSync sync, Closer resources)
            throws IOException, InvalidSpecException, EditRejectedException, StoreUnavailableException {
        Configuration current = sync.current();
        VersionedDocument stored = current.routes().get(ID);
        if (current.revision() == 0) {
            DemoUpstream upstream = resources.opened(DemoUpstream.start(0));
            RouteDocument route = documents.route(route(upstream.port()));
            sync.write(new Author("pintle", "demo route"), List.of(new Edit.Put(route, new Precondition.None())));
        } else if (stored != null) {
            startUpstream(stored.json(), resources);
        }
    }

    private static void startUpstream(JsonNode route, Closer resources) {
        URI target = URI.create(route.at("/upstream/targets/0/url").asText());
        try {
            resources.opened(DemoUpstream.start(target.getPort()));
        } catch (IOException | IllegalArgumentException e) {
            LOG.info(
                    "Cannot start the demo upstream {}: {}. The route /demo fails until the next start.",
                    target,
                    e.getMessage());
        }
    }

    private static ObjectNode route(int port) {
        ObjectNode route = JsonNodeFactory.instance
                .objectNode()
                .put("id", ID)
                .put("description", "A small upstream inside the gateway for first requests");
        route.putObject("match").put("path", "/demo");
        route.putObject("upstream").putArray("targets").addObject().put("url", "http://127.0.0.1:" + port);
        route.putObject("rewrite").put("stripPrefix", true);
        return route;
    }
}
