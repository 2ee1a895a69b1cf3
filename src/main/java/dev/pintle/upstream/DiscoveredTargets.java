package dev.pintle.upstream;

import dev.pintle.upstream.discovery.DiscoveryQuery;
import dev.pintle.upstream.discovery.DiscoveryStatus;
import dev.pintle.upstream.discovery.Endpoint;
import dev.pintle.upstream.discovery.TargetDiscovery;
import dev.pintle.upstream.state.TargetState;
import java.time.Duration;
import java.util.List;

/** The targets that DNS names for a route. They outlive its revisions as long as the query stays. Thread-safe. */
final class DiscoveredTargets implements TargetList, AutoCloseable {
    /** How long the first requests wait for the first answer. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final TargetDiscovery discovery;
    private volatile List<TargetState> current = List.of();

    DiscoveredTargets(TargetDiscovery discovery) {
        this.discovery = discovery;
    }

    boolean answers(DiscoveryQuery query) {
        return discovery.query().equals(query);
    }

    List<Endpoint> endpoints() {
        return discovery.endpoints();
    }

    void publish(List<TargetState> targetStates) {
        current = List.copyOf(targetStates);
    }

    void start(Runnable changed) {
        discovery.start(changed);
    }

    @Override
    public List<TargetState> now() {
        List<TargetState> now = current;
        if (now.isEmpty()) {
            discovery.awaitFirstLook(FIRST_WAIT);
            now = current;
        }
        return now;
    }

    @Override
    public String whyEmpty() {
        String fault = discovery.fault();
        return "discovery of " + discovery.query() + " found no target"
                + (fault == null ? ": the resolver has not answered yet" : ": " + fault);
    }

    DiscoveryStatus status() {
        return discovery.status(
                current.stream().map(targetState -> targetState.target().url()).toList());
    }

    @Override
    public void close() {
        discovery.close();
    }
}
