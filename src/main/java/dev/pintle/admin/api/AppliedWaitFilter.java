package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.sync.Rollout;
import dev.pintle.sync.RolloutMonitor;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Ticker;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.annotation.Annotation;
import java.util.Objects;

/**
 * Lets a write with {@code ?wait=applied} wait until every node serves it. The answer is that of the write, with {@value
 * #HEADER}; or 202 with the nodes that do not serve it in time. Reads the parameters before anything is written.
 */
@ConfigurationWrite
@Priority(Priorities.USER + 1000)
public final class AppliedWaitFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "Pintle-Applied";

    private static final int ACCEPTED = 202;

    /** The property of a request that holds its {@link AppliedWait}. */
    private static final String WAIT = "appliedWait";

    private final RolloutMonitor rollouts;
    private final Metrics metrics;
    private final Ticker ticker;

    public AppliedWaitFilter(RolloutMonitor rollouts, Metrics metrics, Ticker ticker) {
        this.rollouts = rollouts;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        AppliedWait.of(query.getFirst("wait"), query.getFirst("timeout"))
                .ifPresent(wait -> request.setProperty(WAIT, wait));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(WAIT) instanceof AppliedWait wait
                && response.getStatus() < 300
                && response.getHeaders().getFirst(Responses.REVISION) instanceof Long revision) {
            long start = ticker.nanos();
            Rollout rollout = rollouts.await(revision, wait.timeout());
            response.getHeaders().putSingle(HEADER, rollout.applied() + "/" + rollout.nodes());
            if (rollout.isComplete()) {
                metrics.configurationApplied(ticker.nanos() - start);
            } else {
                response.setStatus(ACCEPTED);
                response.setEntity(json(rollout).toString(), new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
            }
        }
    }

    private static ObjectNode json(Rollout rollout) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("revision", rollout.revision())
                .put("applied", rollout.applied());
        ArrayNode lagging = json.putArray("lagging");
        rollout.lagging()
                .forEach(late -> lagging.addObject()
                        .put("node", Objects.requireNonNullElse(late.node().name(), ""))
                        .put("id", late.node().id().toString())
                        .put("revision", late.node().revision())
                        .put("state", late.state().word()));
        return json;
    }
}
