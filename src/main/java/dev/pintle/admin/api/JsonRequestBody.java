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
 * Bodies of requests: one JSON value of at most 1 MiB. A body is read before anything of its request is refused: a client that
 * still sends may lose the connection and the answer.
 */
final class JsonRequestBody {
    private static final int LONGEST = 1 << 20;
    /** The part of a longer body that is read, so that its sender receives the answer instead of a reset. */
    private static final int DRAINED = 16 << 20;

    private JsonRequestBody() {}

    static JsonNode read(InputStream body) throws MalformedJsonException, InvalidSpecException, IOException {
        return read(body, LONGEST);
    }

    /** @param longest the number of bytes that the body may have */
    static JsonNode read(InputStream body, int longest)
            throws MalformedJsonException, InvalidSpecException, IOException {
        byte[] bytes = body.readNBytes(longest + 1);
        if (bytes.length > longest) {
            drain(body);
            throw new ApiException(
                    ApiErrorCode.BODY_TOO_LARGE,
                    "The body is longer than " + longest
                            + " bytes. Write many routes at once with \"pintle routes import\".");
        }
        return StrictJson.read(new ByteArrayInputStream(bytes));
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int left = DRAINED;
        int length = body.read(buffer);
        while (length > 0 && left > 0) {
            left -= length;
            length = body.read(buffer);
        }
    }
}
