package dev.pintle.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Mutations;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\":1}; {\"a\":1}; []",
                "{\"a\":1,\"b\":2}; {\"b\":2,\"a\":1}; []",
                "{\"a\":1}; {\"a\":2}; [{\"op\":\"replace\",\"path\":\"/a\",\"value\":2}]",
                "{\"a\":1}; {}; [{\"op\":\"remove\",\"path\":\"/a\"}]",
                "{}; {\"a\":null}; [{\"op\":\"add\",\"path\":\"/a\",\"value\":null}]",
                "{\"a\":{\"b\":1}}; {\"a\":{\"b\":[]}}; [{\"op\":\"replace\",\"path\":\"/a/b\",\"value\":[]}]",
                "{\"x/y\":1,\"~\":2}; {}; [{\"op\":\"remove\",\"path\":\"/x~1y\"},{\"op\":\"remove\",\"path\":\"/~0\"}]",
                "[1,2,3]; [1,3]; [{\"op\":\"remove\",\"path\":\"/1\"}]",
                "[1,3]; [1,2,3]; [{\"op\":\"add\",\"path\":\"/1\",\"value\":2}]",
                "[1,2,3,4]; [1,9,4]; [{\"op\":\"replace\",\"path\":\"/1\",\"value\":9},{\"op\":\"remove\",\"path\":\"/2\"}]",
                "[1,1]; [1,1,1]; [{\"op\":\"add\",\"path\":\"/2\",\"value\":1}]",
                "[]; {}; [{\"op\":\"replace\",\"path\":\"\",\"value\":{}}]"
            })
    void aPatchContainsOnlyTheDifferences(String from, String to, String patch) {
        assertThat(JsonPatch.between(Mutations.read(from), Mutations.read(to)).toString())
                .isEqualTo(patch);
    }

    @Property
    void aPatchTransformsTheEarlierDocumentIntoTheLaterOne(@ForAll long seed) {
        Random random = new Random(seed);
        JsonNode from = Mutations.of(Mutations.ROUTE, random);
        JsonNode to = Mutations.of(from, random);
        JsonNode before = from.deepCopy();

        assertThat(apply(JsonPatch.between(from, to), from)).isEqualTo(to);
        assertThat(from).isEqualTo(before);
    }

    /** Applies the three operations that the patches consist of (RFC 6902 section 4). */
    private static JsonNode apply(ArrayNode patch, JsonNode document) {
        JsonNode patched = document.deepCopy();
        for (JsonNode operation : patch) {
            String path = operation.path("path").asText();
            if (path.isEmpty()) {
                patched = operation.get("value");
                continue;
            }
            String key =
                    path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
            JsonNode parent = patched.at(path.substring(0, path.lastIndexOf('/')));
            switch (operation.path("op").asText()) {
                case "add" -> add(parent, key, operation.get("value"));
                case "replace" -> replace(parent, key, operation.get("value"));
                case "remove" -> remove(parent, key);
                default -> throw new IllegalArgumentException(operation.toString());
            }
        }
        return patched;
    }

    private static void add(JsonNode parent, String key, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            assertThat(object.has(key)).isFalse();
            object.set(key, value);
        } else {
            ((ArrayNode) parent).insert(Integer.parseInt(key), value);
        }
    }

    private static void replace(JsonNode parent, String key, JsonNode value) {
        if (parent instanceof ObjectNode object) {
            assertThat(object.has(key)).isTrue();
            object.set(key, value);
        } else {
            ((ArrayNode) parent).set(Integer.parseInt(key), value);
        }
    }

    private static void remove(JsonNode parent, String key) {
        if (parent instanceof ObjectNode object) {
            assertThat(object.remove(key)).isNotNull();
        } else {
            assertThat(((ArrayNode) parent).remove(Integer.parseInt(key))).isNotNull();
        }
    }
}
