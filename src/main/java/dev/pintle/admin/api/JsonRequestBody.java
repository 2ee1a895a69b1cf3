package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bodies of requests: one JSON value within a bound. They are read before anything of a request is judged: whoever is refused with
 * a body still on its way may lose the connection, and the answer.
 */
final class JsonRequestBody {
    private static final int LONGEST = 1 << 20;
    /** What is read of a body that is too long, so that its sender gets to hear why instead of a reset connection. */
    private static final int HEARD_OUT = 16 << 20;

    private JsonRequestBody() {}

    static JsonNode read(InputStream body) throws MalformedJsonException, IOException {
        return read(body, LONGEST);
    }

    /** @param longest how many bytes it may have */
    static JsonNode read(InputStream body, int longest) throws MalformedJsonException, IOException {
        byte[] octets = body.readNBytes(longest + 1);
        if (octets.length > longest) {
            hearOut(body);
            throw new ApiException(
                    ApiErrorCode.BODY_TOO_LARGE,
                    "The body is longer than " + longest
                            + " octets; bring in many routes with \"pintle routes import\".");
        }
        return StrictJson.read(new ByteArrayInputStream(octets));
    }

    private static void hearOut(InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int left = HEARD_OUT;
        int length = body.read(buffer);
        while (length > 0 && left > 0) {
            left -= length;
            length = body.read(buffer);
        }
    }
}
