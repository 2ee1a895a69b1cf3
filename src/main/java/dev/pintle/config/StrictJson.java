package dev.pintle.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the JSON of people and tools we do not know: one value and nothing behind it, no key twice in an object, no deep
 * nesting. Whoever hands over the stream bounds its length. Safe for all threads.
 */
public final class StrictJson {
    private static final int DEEPEST = 32;

    /** No place in messages shows the content: it may be long, and is not ours. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * The one value that the stream holds.
     *
     * @throws MalformedJsonException when it holds none, or more
     * @throws IOException when the stream cannot be read
     */
    public static JsonNode read(InputStream stream) throws MalformedJsonException, IOException {
        try {
            JsonNode value = JSON.readTree(stream);
            if (value.isMissingNode()) {
                throw new MalformedJsonException("there is nothing to read", 1, 1);
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw place == null
                    ? new MalformedJsonException(e.getOriginalMessage(), 1, 1)
                    : new MalformedJsonException(e.getOriginalMessage(), place.getLineNr(), place.getColumnNr());
        }
    }
}
