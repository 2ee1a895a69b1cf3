package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.peer.SnapshotOffer;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Gives the snapshot of this node to other nodes with the same admin token. Operators do not call it. */
@Hidden
@Path(SnapshotOffer.PATH)
public final class PeerResource {
    private final SnapshotOffer offer;

    public PeerResource(SnapshotOffer offer) {
        this.offer = offer;
    }

    @GET
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response snapshot(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        try {
            SnapshotOffer.Sealed sealed = offer.sealed(authorization)
                    .orElseThrow(() -> new ApiException(ApiErrorCode.NOT_FOUND, "This node has no configuration yet."));
            return Response.ok(sealed.content())
                    .header(HttpHeaders.CONTENT_LENGTH, sealed.content().length)
                    .header(SnapshotOffer.PROOF, sealed.proof())
                    .build();
        } catch (SecurityException e) {
            throw new ApiException(
                    ApiErrorCode.UNAUTHORIZED, "The peer does not prove that it has the admin token of this node.");
        }
    }
}
