package dev.pintle.routing.table;

import dev.pintle.config.Configuration;
import dev.pintle.config.VersionedDocument;
import dev.pintle.routing.RejectedRoute;
import dev.pintle.routing.Route;
import dev.pintle.routing.match.Matcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All routes that run, at one revision. Immutable. */
public final class RouteTable {
    /** Before the first configuration was read. */
    static final RouteTable NONE = new RouteTable(
            Configuration.EMPTY, ConfigurationSource.NONE, new TreeMap<>(), new TreeMap<>(), Matcher.EMPTY, null);

    private final Configuration configuration;
    private final ConfigurationSource source;
    private final NavigableMap<String, Route> running;
    private final NavigableMap<String, RejectedRoute> keptOut;
    private final Matcher matcher;
    private final @Nullable String defaultsFault;

    private RouteTable(
            Configuration configuration,
            ConfigurationSource source,
            NavigableMap<String, Route> running,
            NavigableMap<String, RejectedRoute> keptOut,
            Matcher matcher,
            @Nullable String defaultsFault) {
        this.configuration = configuration;
        this.source = source;
        this.running = running;
        this.keptOut = keptOut;
        this.matcher = matcher;
        this.defaultsFault = defaultsFault;
    }

    /**
     * The table of a later configuration.
     *
     * @param changed the ids of all routes that are not as they were
     * @param run those of them that run now
     * @param refused those of them that cannot
     * @param fault the reason that the stored defaults are rejected; null when they are used
     */
    RouteTable with(
            Configuration next,
            ConfigurationSource from,
            Set<String> changed,
            Map<String, Route> run,
            List<RejectedRoute> refused,
            @Nullable String fault) {
        NavigableMap<String, Route> routes = new TreeMap<>(running);
        List<Route> gone =
                changed.stream().map(routes::remove).flatMap(Stream::ofNullable).toList();
        routes.putAll(run);
        NavigableMap<String, RejectedRoute> out = new TreeMap<>(keptOut);
        out.keySet().removeAll(changed);
        refused.forEach(route -> out.put(route.id(), route));
        return new RouteTable(next, from, routes, out, matcher.with(gone, run.values()), fault);
    }

    public long revision() {
        return configuration.revision();
    }

    public ConfigurationSource source() {
        return source;
    }

    /** In the order of their ids. */
    public Collection<Route> routes() {
        return Collections.unmodifiableCollection(running.values());
    }

    /** The stored routes that could not be made to run. */
    public List<RejectedRoute> keptOut() {
        return new ArrayList<>(keptOut.values());
    }

    /** The reason that the stored defaults are rejected, so that the built-in values hold; null when they are used. */
    public @Nullable String defaultsFault() {
        return defaultsFault;
    }

    /** What the table was made of. */
    Configuration configuration() {
        return configuration;
    }

    /** The defaults that the routes were made with. */
    public VersionedDocument defaults() {
        return configuration.defaults();
    }

    public Matcher matcher() {
        return matcher;
    }

    /** The route of that id; null when none runs. */
    @Nullable
    Route route(String id) {
        return running.get(id);
    }
}
