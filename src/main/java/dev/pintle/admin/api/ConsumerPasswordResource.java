package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.JsonPointers;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.UnicodeText;
import dev.pintle.config.Violations;
import dev.pintle.credentials.Credential;
import dev.pintle.credentials.PasswordHash;
import dev.pintle.store.StoreUnavailableException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The password of a consumer, for basic authentication. It is not part of revisions. */
@Path("/api/v1/consumers/{consumer}/password")
@Produces(MediaType.APPLICATION_JSON)
public final class ConsumerPasswordResource {
    private static final String KEY = "password";
    private static final int MIN_LENGTH = 12;
    private static final int MAX_LENGTH = 200;

    private final ConsumerCredentials credentials;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random must be cryptographically strong */
    public ConsumerPasswordResource(ConsumerCredentials credentials, InstantSource clock, RandomGenerator random) {
        this.credentials = credentials;
        this.clock = clock;
        this.random = random;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setPassword", summary = "Set the password of a consumer, on every node")
    @ApiResponse(responseCode = "204", description = "It is set.")
    public Response set(@PathParam("consumer") String consumer, @RequestBody(ref = "Password") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, StoreUnavailableException {
        String hash = PasswordHash.of(password(JsonRequestBody.read(body)), random);
        credentials.put(Credential.password(consumer, hash, clock.instant()));
        return Response.noContent().build();
    }

    private static String password(JsonNode json) throws InvalidSpecException {
        Violations violations = new Violations();
        json.fieldNames().forEachRemaining(key -> {
            if (!key.equals(KEY)) {
                violations.add(JsonPointers.child("", key), "is not a known key; known here: " + KEY);
            }
        });
        String password = json.path(KEY).asText();
        if (!json.path(KEY).isTextual()
                || !UnicodeText.isStorable(password)
                || password.length() < MIN_LENGTH
                || password.length() > MAX_LENGTH) {
            violations.add(
                    '/' + KEY,
                    "must be a string of " + MIN_LENGTH + " to " + MAX_LENGTH
                            + " characters, without NUL and unpaired surrogates");
        }
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return password;
    }

    @DELETE
    @Operation(operationId = "removePassword", summary = "Remove the password of a consumer, on every node")
    @ApiResponse(responseCode = "204", description = "The password is removed.")
    public Response remove(@PathParam("consumer") String consumer) throws StoreUnavailableException {
        if (!credentials.revoke(
                consumer, Credential.password(consumer, "", clock.instant()).id())) {
            throw new ApiException(ApiErrorCode.NOT_FOUND, "Consumer \"" + consumer + "\" has no password.");
        }
        return Response.noContent().build();
    }
}
