package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.history.RevisionState;
import dev.pintle.sync.ConfigurationSync;
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
 * Answers writes that are stored but not final with 202: those that wait for a confirmation, and with {@code ?wait=applied}
 * those that some nodes do not serve in time. Other answers stay as they are; a waited one has {@value #HEADER}. Reads the
 * parameters before anything is written.
 */
@ConfigurationWrite
@Priority(Priorities.USER + 1000)
public final class WriteAnswerFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "Pintle-Applied";

    private static final int ACCEPTED = 202;

    /** The property of a request that holds its {@link AppliedWait}. */
    private static final String WAIT = "appliedWait";

    private final ConfigurationSync sync;
    private final RolloutMonitor rollouts;
    private final Metrics metrics;
    private final Ticker ticker;

    public WriteAnswerFilter(ConfigurationSync sync, RolloutMonitor rollouts, Metrics metrics, Ticker ticker) {
        this.sync = sync;
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

    /** Whether the client waits until every node serves the write. */
    static boolean isAwaited(ContainerRequestContext request) {
        return request.getProperty(WAIT) != null;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < 300 && response.getHeaders().getFirst(Responses.REVISION) instanceof Long revision) {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("revision", revision);
            if (request.getHeaderString(WriteContext.CONFIRM) != null) {
                addConfirmation(revision, json);
            }
            if (request.getProperty(WAIT) instanceof AppliedWait wait) {
                addRollout(await(revision, wait, response), json);
            }
            if (json.size() > 1) {
                response.setStatus(ACCEPTED);
                response.setEntity(json.toString(), new Annotation[0], MediaType.APPLICATION_JSON_TYPE);
            }
        }
    }

    /** Adds nothing when the write changed nothing, so that nothing waits. */
    private void addConfirmation(long revision, ObjectNode json) {
        sync.pendingConfirmation()
                .filter(pending -> pending.revision() == revision)
                .ifPresent(pending -> {
                    json.put("state", RevisionState.UNCONFIRMED.word())
                            .put("revertsAt", pending.revertsAt().toString());
                    if (pending.guard() != null) {
                        json.put("guard", pending.guard().text());
                    }
                });
    }

    private Rollout await(long revision, AppliedWait wait, ContainerResponseContext response) {
        long start = ticker.nanos();
        Rollout rollout = rollouts.await(revision, wait.timeout());
        response.getHeaders().putSingle(HEADER, rollout.applied() + "/" + rollout.nodes());
        if (rollout.isComplete()) {
            metrics.configuration().applied(ticker.nanos() - start);
        }
        return rollout;
    }

    private static void addRollout(Rollout rollout, ObjectNode json) {
        if (rollout.isComplete() && json.size() == 1) {
            return;
        }
        json.put("applied", rollout.applied());
        ArrayNode lagging = json.putArray("lagging");
        rollout.lagging()
                .forEach(late -> lagging.addObject()
                        .put("node", Objects.requireNonNullElse(late.node().name(), ""))
                        .put("id", late.node().id().toString())
                        .put("revision", late.node().revision())
                        .put("state", late.state().word()));
    }
}
