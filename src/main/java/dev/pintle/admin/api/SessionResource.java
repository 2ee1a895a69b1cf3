package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.admin.auth.AdminToken;
import dev.pintle.admin.auth.AuthResult;
import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.auth.ReadOnly;
import dev.pintle.admin.auth.SameOrigin;
import dev.pintle.admin.auth.SessionAuthenticator;
import dev.pintle.admin.auth.SessionCookie;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.console.Session;
import dev.pintle.http.ClientNetwork;
import dev.pintle.sync.OperatorOverrides;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** Signs operators in to the console, and out on every node. */
@Hidden
@Path("/console/session")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
    private static final int MAX_BYTES = 4_096;

    private final SessionAuthenticator sessions;
    private final OperatorOverrides overrides;

    public SessionResource(SessionAuthenticator sessions, OperatorOverrides overrides) {
        this.sessions = sessions;
        this.overrides = overrides;
    }

    @POST
    @ReadOnly
    @Consumes(MediaType.APPLICATION_JSON)
    public Response signIn(InputStream body, @Context ContainerRequestContext request)
            throws MalformedJsonException, InvalidSpecException, IOException {
        JsonNode json = JsonRequestBody.read(body, MAX_BYTES);
        SameOrigin.require(request);
        AuthResult result = authenticate(json, ClientNetwork.of(AuthenticationFilter.peer(request)));
        AuthenticationFilter.require(request, result);
        AdminToken token = AuthenticationFilter.token(request);
        Session session = sessions.start(token);
        return Response.ok(json(session, token))
                .cookie(sessions.cookie(session, request))
                .build();
    }

    private AuthResult authenticate(JsonNode json, ClientNetwork network) {
        if (json.path("token").isTextual()) {
            return sessions.byToken(network, json.path("token").textValue().strip());
        }
        if (json.path("code").isTextual()) {
            return sessions.byCode(network, json.path("code").textValue());
        }
        throw new ApiException(
                ApiErrorCode.BAD_REQUEST, "Send {\"token\": \"…\"} with an admin token, or {\"code\": \"…\"}.");
    }

    /** The session of the browser; no content before the sign-in. */
    @GET
    public Response get(@Context ContainerRequestContext request) {
        Session session = SessionAuthenticator.session(request);
        return session == null
                ? Response.noContent().build()
                : Response.ok(json(session, AuthenticationFilter.token(request)))
                        .build();
    }

    @DELETE
    @ReadOnly
    public Response signOut(@Context ContainerRequestContext request) {
        Session session = SessionAuthenticator.session(request);
        if (session != null) {
            overrides.signOut(session.id());
        }
        return Response.noContent().cookie(SessionCookie.removal(request)).build();
    }

    private static String json(Session session, AdminToken token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("token", token.name())
                .put("role", token.role().word())
                .put("endsAt", session.endsAt().toString())
                .put("latestEnd", session.latestEnd().toString())
                .toString();
    }
}
