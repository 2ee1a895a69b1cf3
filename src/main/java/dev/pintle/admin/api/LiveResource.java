package dev.pintle.admin.api;

import dev.pintle.admin.auth.SessionAuthenticator;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.console.Session;
import dev.pintle.introspection.LiveFeed;
import dev.pintle.introspection.LiveSample;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams the state of this node as server-sent events, one per second. */
@Path("/api/v1/live")
public final class LiveResource {
    private static final Logger LOG = LoggerFactory.getLogger(LiveResource.class);

    /** Jersey holds back the first 8 KiB of a response, so a comment fills them. */
    private static final String PREFIX = "retry: 1000\n:" + " ".repeat(8_192) + '\n';

    private final LiveFeed feed;
    private final SessionAuthenticator sessions;

    public LiveResource(LiveFeed feed, SessionAuthenticator sessions) {
        this.feed = feed;
        this.sessions = sessions;
    }

    /** Jersey would otherwise open a stream for HEAD without a reader. */
    @HEAD
    @Hidden
    public Response head() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "live",
            summary = "Stream the traffic, circuits, targets and nodes of this node as an event per second",
            parameters = {@Parameter(ref = "LiveRoute")})
    @ApiResponse(responseCode = "200", ref = "Live")
    public Response stream(
            @Parameter(hidden = true) @QueryParam("route") @Nullable String route,
            @Context ContainerRequestContext request) {
        LiveFeed.Listener listener = feed.listen()
                .orElseThrow(() -> new ApiException(
                        ApiErrorCode.TOO_MANY_LISTENERS,
                        "This node has " + LiveFeed.MAX_LISTENERS + " listeners. Close one, or ask another node."));
        Session session = SessionAuthenticator.session(request);
        StreamingOutput events = output -> {
            try (listener) {
                write(listener, session, route, output);
            }
        };
        return Response.ok(events).header("X-Accel-Buffering", "no").build();
    }

    /** Returns when the node stops, the session ends, or the listener leaves. */
    private void write(
            LiveFeed.Listener listener, @Nullable Session session, @Nullable String route, OutputStream output) {
        String prefix = PREFIX;
        try {
            for (Optional<LiveSample> next = listener.next(); next.isPresent(); next = listener.next()) {
                if (session != null && !sessions.isActive(session)) {
                    return;
                }
                LiveSample sample = next.get();
                String event = prefix + "id: " + sample.number() + "\ndata: " + sample.json(route) + "\n\n";
                output.write(event.getBytes(StandardCharsets.UTF_8));
                output.flush();
                prefix = "";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("A listener of the live stream left: {}.", e.toString());
        }
    }
}
