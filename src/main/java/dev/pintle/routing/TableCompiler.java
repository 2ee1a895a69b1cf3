package dev.pintle.routing;

import dev.pintle.route.Configuration;
import dev.pintle.route.DefaultsDocument;
import dev.pintle.route.DefaultsSpec;
import dev.pintle.route.InvalidSpecException;
import dev.pintle.route.RouteDocument;
import dev.pintle.route.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes tables of configurations. Routes that did not change keep the form they have; one that cannot run stops no other. */
final class TableCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(TableCompiler.class);

    private final Workshop workshop;
    private final RouteCompiler routes;

    TableCompiler(Workshop workshop) {
        this.workshop = workshop;
        this.routes = new RouteCompiler(workshop);
    }

    RouteTable compile(Configuration configuration, Source source, RouteTable previous) {
        DefaultsSpec defaults = defaults(configuration.defaults());
        boolean sameDefaults = configuration.defaults().equals(previous.defaults());
        Function<String, @Nullable Route> known = sameDefaults ? previous::route : id -> null;
        List<Route> running = new ArrayList<>(configuration.routes().size());
        List<KeptOut> keptOut = new ArrayList<>();
        configuration.routes().forEach((id, stored) -> {
            Route same = known.apply(id);
            if (same != null && same.source().equals(stored)) {
                running.add(same);
            } else {
                compile(id, stored, defaults, running, keptOut);
            }
        });
        workshop.metrics().reloaded(configuration.revision(), keptOut.isEmpty());
        return new RouteTable(configuration.revision(), source, configuration.defaults(), running, keptOut);
    }

    private void compile(String id, Stored stored, DefaultsSpec defaults, List<Route> running, List<KeptOut> keptOut) {
        try {
            RouteDocument document = RouteDocument.read(stored.json());
            if (!Boolean.FALSE.equals(document.spec().enabled())) {
                running.add(routes.compile(document, stored, defaults));
            }
        } catch (InvalidSpecException | RuntimeException e) {
            keptOut.add(new KeptOut(id, String.valueOf(e.getMessage())));
        }
    }

    private static DefaultsSpec defaults(Stored stored) {
        try {
            return DefaultsDocument.read(stored.json()).spec();
        } catch (InvalidSpecException e) {
            LOG.error("The stored defaults are not used, as they break the rules: {}", e.getMessage());
            return DefaultsSpec.NONE;
        }
    }

    /** Ends what belongs to routes that are not in the table any more. */
    void retain(RouteTable table) {
        workshop.retain(table.ids());
    }
}
