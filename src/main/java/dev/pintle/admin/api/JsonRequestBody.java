package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads request bodies: one JSON value of at most 1 MiB. Reads the body before any other check, because a client that
 * is still sending may lose the connection and the response.
 */
final class JsonRequestBody {
    private static final int MAX_BYTES = 1 << 20;
    /** The bytes of a longer body to read, so that the client receives the response instead of a reset. */
    private static final int DRAINED = 16 << 20;

    private JsonRequestBody() {}

    static JsonNode read(InputStream body) throws MalformedJsonException, InvalidSpecException, IOException {
        return read(body, MAX_BYTES);
    }

    /** @param maxBytes the maximum size of the body in bytes */
    static JsonNode read(InputStream body, int maxBytes)
            throws MalformedJsonException, InvalidSpecException, IOException {
        byte[] bytes = body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            drain(body);
            throw new ApiException(
                    ApiErrorCode.BODY_TOO_LARGE,
                    "The body is longer than " + maxBytes + " bytes. Use \"pintle routes import\" for many routes.");
        }
        return StrictJson.read(new ByteArrayInputStream(bytes));
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int remaining = DRAINED;
        int length = body.read(buffer);
        while (length > 0 && remaining > 0) {
            remaining -= length;
            length = body.read(buffer);
        }
    }
}
