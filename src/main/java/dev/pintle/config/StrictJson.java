package dev.pintle.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads JSON from operators and other tools strictly: exactly one value, no duplicate keys, no deep nesting. The caller
 * bounds the length of the stream. Safe for all threads.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;

    /** Excludes the text from messages, because it can be long or secret. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * Reads the only value of a stream.
     *
     * @throws MalformedJsonException when the stream is not exactly one JSON value
     * @throws InvalidSpecException when the value exceeds the limits on nesting and value length
     * @throws IOException when the stream cannot be read
     */
    public static JsonNode read(InputStream stream) throws MalformedJsonException, InvalidSpecException, IOException {
        try {
            JsonNode value = JSON.readTree(stream);
            if (value.isMissingNode()) {
                throw new MalformedJsonException("the text is empty", 1, 1);
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new InvalidSpecException(List.of(new Violation("", JsonFaults.limit(e, MAX_DEPTH))));
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw place == null
                    ? new MalformedJsonException(JsonFaults.describe(e), 1, 1)
                    : new MalformedJsonException(JsonFaults.describe(e), place.getLineNr(), place.getColumnNr());
        } catch (CharConversionException e) {
            throw new MalformedJsonException("the text is not in UTF-8", 1, 1);
        }
    }
}
