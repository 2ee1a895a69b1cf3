package dev.pintle.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes JSON on one line of printable ASCII and escapes all other characters, so that no client can forge a line. */
public final class AsciiJson {
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(new WithDelete())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

    private AsciiJson() {}

    /** Returns the object as a line, without a line end. */
    public static String line(ObjectNode object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an object to a string", e);
        }
    }

    /** JSON permits DEL, the last control character of ASCII, unescaped. */
    private static final class WithDelete extends CharacterEscapes {
        private static final int DELETE = 0x7f;

        private final int[] escapes = standardAsciiEscapesForJSON();

        WithDelete() {
            escapes[DELETE] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }
}
