package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.credentials.ApiKey;
import dev.pintle.credentials.Credential;
import dev.pintle.crypto.Sha256;
import dev.pintle.store.CredentialStore;
import dev.pintle.store.StoreUnavailableException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The API keys of a consumer. They are not part of revisions. A key is shown once, when it is created. */
@Path("/api/v1/consumers/{consumer}/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class ConsumerKeysResource {
    private final ConsumerCredentials credentials;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random must be cryptographically strong */
    public ConsumerKeysResource(ConsumerCredentials credentials, InstantSource clock, RandomGenerator random) {
        this.credentials = credentials;
        this.clock = clock;
        this.random = random;
    }

    @GET
    @Operation(operationId = "listKeys", summary = "The keys of a consumer, without their secrets")
    @ApiResponse(responseCode = "200", ref = "Keys")
    public String list(@PathParam("consumer") String consumer) throws StoreUnavailableException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode keys = json.putArray("keys");
        for (CredentialStore.Listed listed : credentials.of(consumer)) {
            Credential credential = listed.credential();
            if (credential.kind() == Credential.Kind.KEY || credential.kind() == Credential.Kind.FOREIGN_KEY) {
                ObjectNode key = describe(credential);
                if (listed.lastUsed() != null) {
                    key.put("lastUsed", listed.lastUsed().toString());
                }
                keys.add(key);
            }
        }
        return json.toString();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "addKey", summary = "Create a key, or take over the key of another gateway")
    @ApiResponse(responseCode = "201", ref = "NewKey")
    public Response add(@PathParam("consumer") String consumer, @RequestBody(ref = "Key") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, StoreUnavailableException {
        KeyRequest request = KeyRequest.read(JsonRequestBody.read(body));
        if (request.sha256() != null) {
            return created(foreign(consumer, request, request.sha256()));
        }
        if (request.plain() != null) {
            return created(foreign(consumer, request, Sha256.hex(request.plain())));
        }
        ApiKey key = ApiKey.create(random);
        Credential credential = credential(consumer, key.id(), Credential.Kind.KEY, request, key.hash());
        credentials.put(credential);
        ObjectNode json = describe(credential).put("key", key.text());
        return Response.status(Response.Status.CREATED).entity(json.toString()).build();
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "revokeKey", summary = "Revoke a key for good, on every node")
    @ApiResponse(responseCode = "204", description = "It is revoked.")
    public Response revoke(@PathParam("consumer") String consumer, @PathParam("id") String id)
            throws StoreUnavailableException {
        if (!credentials.revoke(consumer, id)) {
            throw new ApiException(ApiErrorCode.NOT_FOUND, "Consumer \"" + consumer + "\" has no key \"" + id + "\".");
        }
        return Response.noContent().build();
    }

    private Response created(Credential credential) throws StoreUnavailableException {
        credentials.put(credential);
        return Response.status(Response.Status.CREATED)
                .entity(describe(credential).toString())
                .build();
    }

    private Credential foreign(String consumer, KeyRequest request, String hash) {
        return credential(consumer, ApiKey.newId(random), Credential.Kind.FOREIGN_KEY, request, hash);
    }

    private Credential credential(String consumer, String id, Credential.Kind kind, KeyRequest request, String hash) {
        return new Credential(consumer, id, kind, request.name(), hash, clock.instant(), request.expires());
    }

    static ObjectNode describe(Credential credential) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", credential.id())
                .put("name", credential.name())
                .put("created", credential.created().toString());
        return credential.expires() == null
                ? json
                : json.put("expires", credential.expires().toString());
    }
}
