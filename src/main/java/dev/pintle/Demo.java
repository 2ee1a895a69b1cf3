package dev.pintle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.local.DemoUpstream;
import dev.pintle.route.Configuration;
import dev.pintle.route.InvalidSpecException;
import dev.pintle.route.RouteDocument;
import dev.pintle.route.Stored;
import dev.pintle.store.Author;
import dev.pintle.store.Edit;
import dev.pintle.store.Precondition;
import dev.pintle.store.RefusedEditException;
import dev.pintle.store.RouteStore;
import dev.pintle.store.StoreUnavailableException;
import dev.pintle.sync.Sync;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route {@code /demo} and its upstream, so that a first request answers at once. Only where PostgreSQL is embedded. */
final class Demo {
    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final String ID = "demo";

    private Demo() {}

    /** Installs the route where nothing was ever written; later starts only bring its upstream back, if it is still there. */
    static void install(RouteStore store, Sync sync, OpenThings things)
            throws IOException, InvalidSpecException, RefusedEditException, StoreUnavailableException {
        Configuration current = sync.current();
        Stored stored = current.routes().get(ID);
        if (current.revision() == 0) {
            DemoUpstream upstream = things.opened(DemoUpstream.start(0));
            RouteDocument route = RouteDocument.read(route(upstream.port()));
            store.write(
                    new Author("pintle", "a route to try"), List.of(new Edit.PutRoute(route, new Precondition.None())));
            sync.catchUp();
        } else if (stored != null) {
            bringBack(stored.json(), things);
        }
    }

    private static void bringBack(JsonNode route, OpenThings things) {
        URI target = URI.create(route.at("/upstream/targets/0/url").asText());
        try {
            things.opened(DemoUpstream.start(target.getPort()));
        } catch (IOException | IllegalArgumentException e) {
            LOG.info("The demo's upstream {} is not there: {}", target, e.getMessage());
        }
    }

    private static ObjectNode route(int port) {
        ObjectNode route = JsonNodeFactory.instance
                .objectNode()
                .put("id", ID)
                .put("description", "A small upstream inside the gateway, to try things on");
        route.putObject("match").put("path", "/demo");
        route.putObject("upstream").putArray("targets").addObject().put("url", "http://127.0.0.1:" + port);
        route.putObject("rewrite").put("stripPrefix", true);
        return route;
    }
}
