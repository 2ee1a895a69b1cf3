package dev.pintle.routing;

import dev.pintle.route.Configuration;
import dev.pintle.route.Stored;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All routes that run, at one revision. Immutable. */
public final class RouteTable {
    /** Before the first configuration was read. */
    static final RouteTable NONE = new RouteTable(0, Source.NONE, Configuration.EMPTY.defaults(), List.of(), List.of());

    private final long revision;
    private final Source source;
    private final Stored defaults;
    private final List<Route> routes;
    private final List<KeptOut> keptOut;
    private final Map<String, Route> byId;
    private final Matcher matcher;

    RouteTable(long revision, Source source, Stored defaults, List<Route> routes, List<KeptOut> keptOut) {
        this.revision = revision;
        this.source = source;
        this.defaults = defaults;
        this.routes = List.copyOf(routes);
        this.keptOut = List.copyOf(keptOut);
        this.byId = routes.stream().collect(Collectors.toUnmodifiableMap(Route::id, Function.identity()));
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

    /** The route of that id; null when none runs. */
    @Nullable
    Route route(String id) {
        return byId.get(id);
    }

    Set<String> ids() {
        return byId.keySet();
    }
}
