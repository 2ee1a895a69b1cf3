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

/** All active and rejected routes at one revision. Immutable. */
public final class RouteTable {
    /** The table before the first configuration. */
    static final RouteTable EMPTY = new RouteTable(
            Configuration.EMPTY,
            ConfigurationSource.NONE,
            new TreeMap<>(),
            new TreeMap<>(),
            Map.of(),
            Matcher.EMPTY,
            TableDigest.EMPTY,
            ActiveDefaults.NONE);

    private final Configuration configuration;
    private final ConfigurationSource source;
    private final NavigableMap<String, Route> running;
    private final NavigableMap<String, RejectedRoute> rejected;
    private final Map<String, Route> refusing;
    private final Matcher matcher;
    private final TableDigest digest;
    private final ActiveDefaults activeDefaults;

    private RouteTable(
            Configuration configuration,
            ConfigurationSource source,
            NavigableMap<String, Route> running,
            NavigableMap<String, RejectedRoute> rejected,
            Map<String, Route> refusing,
            Matcher matcher,
            TableDigest digest,
            ActiveDefaults activeDefaults) {
        this.configuration = configuration;
        this.source = source;
        this.running = running;
        this.rejected = rejected;
        this.refusing = refusing;
        this.matcher = matcher;
        this.digest = digest;
        this.activeDefaults = activeDefaults;
    }

    /**
     * Returns the table of a later configuration.
     *
     * @param changed the ids of all routes that differ
     * @param activated the changed routes that compile
     * @param rejectedNow the changed routes that do not
     * @param refusals the routes that answer for rejected ones
     * @param applied the defaults of all routes
     */
    RouteTable with(
            Configuration next,
            ConfigurationSource from,
            Set<String> changed,
            Map<String, Route> activated,
            List<RejectedRoute> rejectedNow,
            Map<String, Route> refusals,
            ActiveDefaults applied) {
        NavigableMap<String, Route> routes = new TreeMap<>(running);
        List<Route> removed = Stream.concat(
                        refusing.values().stream(),
                        changed.stream().map(routes::remove).flatMap(Stream::ofNullable))
                .toList();
        List<Route> added = Stream.concat(refusals.values().stream(), activated.values().stream())
                .toList();
        routes.putAll(activated);
        NavigableMap<String, RejectedRoute> rejectedNext = new TreeMap<>(rejected);
        rejectedNext.keySet().removeAll(changed);
        rejectedNow.forEach(route -> rejectedNext.put(route.id(), route));
        return new RouteTable(
                next,
                from,
                routes,
                rejectedNext,
                Map.copyOf(refusals),
                matcher.with(removed, added),
                digest(next, changed, rejectedNext.keySet()),
                applied);
    }

    private TableDigest digest(Configuration next, Set<String> changed, Set<String> rejectedNext) {
        TableDigest result = digest;
        for (String id : changed) {
            result = result.minus(id, configuration.routes().get(id), rejected.containsKey(id))
                    .plus(id, next.routes().get(id), rejectedNext.contains(id));
        }
        return result;
    }

    /** The digest of the documents that this table serves, equal on all nodes that serve the same ones. */
    public String digest() {
        return digest.served(
                defaultsFault() == null
                        ? defaults().json()
                        : activeDefaults.document().json());
    }

    /** The digest of a table that serves all documents of this revision. */
    String completeDigest() {
        return digest.stored(defaults());
    }

    public long revision() {
        return configuration.revision();
    }

    public ConfigurationSource source() {
        return source;
    }

    /** Returns the active routes in the order of their ids. */
    public Collection<Route> routes() {
        return Collections.unmodifiableCollection(running.values());
    }

    /** Returns the stored routes that this node rejects. */
    public List<RejectedRoute> rejected() {
        return new ArrayList<>(rejected.values());
    }

    /** Returns whether this node rejects the stored route. */
    boolean isRejected(String id) {
        return rejected.containsKey(id);
    }

    /** Returns why the stored defaults are rejected and the last valid ones apply; null when the stored ones are valid. */
    public @Nullable String defaultsFault() {
        return activeDefaults.fault();
    }

    /** Returns whether the stored defaults are rejected and no valid ones apply: no route may answer a request. */
    public boolean lacksDefaults() {
        return activeDefaults.areMissing();
    }

    /** Returns why no request of a route is answered, as a detail of a problem; null when the route answers. */
    public @Nullable String refusal(Route route) {
        if (isRejected(route.id())) {
            return "this node rejects the document of the route; see /__health on the admin port";
        }
        return activeDefaults.areUnknownTo(route.source().revision())
                ? "this node rejects the stored defaults, so the protection of the route is not known; see /__health on"
                        + " the admin port"
                : null;
    }

    ActiveDefaults activeDefaults() {
        return activeDefaults;
    }

    /** Returns the configuration that the table was compiled from. */
    Configuration configuration() {
        return configuration;
    }

    /** Returns the stored defaults. */
    public VersionedDocument defaults() {
        return configuration.defaults();
    }

    public Matcher matcher() {
        return matcher;
    }

    /** Returns the active route with this id, or null. */
    @Nullable
    Route route(String id) {
        return running.get(id);
    }
}
