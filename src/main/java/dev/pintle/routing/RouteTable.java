package dev.pintle.routing;

import dev.pintle.route.Configuration;
import dev.pintle.route.Stored;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All routes that run, at one revision. Immutable. */
public final class RouteTable {
    /** Before the first configuration was read. */
    static final RouteTable NONE = new RouteTable(0, Source.NONE, Configuration.EMPTY.defaults(), List.of(), List.of());

    private final long revision;
    private final Source source;
    private final Stored defaults;
    private final List<Route> routes;
    private final List<KeptOut> keptOut;
    private final Matcher matcher;

    RouteTable(long revision, Source source, Stored defaults, List<Route> routes, List<KeptOut> keptOut) {
        this.revision = revision;
        this.source = source;
        this.defaults = defaults;
        this.routes = List.copyOf(routes);
        this.keptOut = List.copyOf(keptOut);
        this.matcher = new Matcher(routes);
    }

    public long revision() {
        return revision;
    }

    public Source source() {
        return source;
    }

    /** In the order of their ids. */
    public List<Route> routes() {
        return routes;
    }

    /** The stored routes that could not be made to run. */
    public List<KeptOut> keptOut() {
        return keptOut;
    }

    /** The defaults that the routes were made with. */
    Stored defaults() {
        return defaults;
    }

    Matcher matcher() {
        return matcher;
    }

    Map<String, Route> byId() {
        return routes.stream().collect(Collectors.toMap(Route::id, Function.identity()));
    }
}
