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

/** The client certificates of a consumer, by a name in them. They are not part of revisions. */
@Path("/api/v1/consumers/{consumer}/certificates")
@Produces(MediaType.APPLICATION_JSON)
public final class ConsumerCertificatesResource {
    private final ConsumerCredentials credentials;
    private final InstantSource clock;
    private final RandomGenerator random;

    public ConsumerCertificatesResource(ConsumerCredentials credentials, InstantSource clock, RandomGenerator random) {
        this.credentials = credentials;
        this.clock = clock;
        this.random = random;
    }

    @GET
    @Operation(operationId = "listCertificates", summary = "The client certificates of a consumer")
    @ApiResponse(responseCode = "200", ref = "Certificates")
    public String list(@PathParam("consumer") String consumer) throws StoreUnavailableException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode certificates = json.putArray("certificates");
        for (CredentialStore.Listed listed : credentials.of(consumer)) {
            if (listed.credential().kind() == Credential.Kind.CERTIFICATE) {
                ObjectNode certificate = describe(listed.credential());
                if (listed.lastUsed() != null) {
                    certificate.put("lastUsed", listed.lastUsed().toString());
                }
                certificates.add(certificate);
            }
        }
        return json.toString();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "addCertificate", summary = "Give the client certificates with a name to a consumer")
    @ApiResponse(responseCode = "201", ref = "Certificate")
    public Response add(@PathParam("consumer") String consumer, @RequestBody(ref = "Certificate") InputStream body)
            throws MalformedJsonException, IOException, InvalidSpecException, StoreUnavailableException {
        CertificateRequest request = CertificateRequest.read(JsonRequestBody.read(body));
        Credential credential = new Credential(
                consumer,
                ApiKey.newId(random),
                Credential.Kind.CERTIFICATE,
                request.name(),
                request.identifier(),
                clock.instant(),
                request.expires());
        credentials.put(credential);
        return Response.status(Response.Status.CREATED)
                .entity(describe(credential).toString())
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "removeCertificate", summary = "Take a client certificate from a consumer, on every node")
    @ApiResponse(responseCode = "204", description = "The certificate is removed.")
    public Response remove(@PathParam("consumer") String consumer, @PathParam("id") String id)
            throws StoreUnavailableException {
        if (!credentials.revoke(consumer, id)) {
            throw new ApiException(
                    ApiErrorCode.NOT_FOUND, "Consumer \"" + consumer + "\" has no certificate \"" + id + "\".");
        }
        return Response.noContent().build();
    }

    private static ObjectNode describe(Credential credential) {
        String[] kindAndName = credential.hash().split(":", 2);
        return ConsumerKeysResource.describe(credential).put(kindAndName[0], kindAndName[1]);
    }
}
