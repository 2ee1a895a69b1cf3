package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.routing.RouteSchema;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDictionaryTest {
    private static final KeyDictionary ALL = KeyDictionary.of(RouteSchema.SCHEMA);
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            route             | {"id": "a", "match": {"path": "/", "headers": {"X-Any": "1"}}, "upstream": {"targets": [{"url": "http://a", "weight": 2}], "protocol": "h2c"}}
            route             | {"rateLimits": [{"requests": 1, "per": "1s", "groups": {"gold": 2}}], "headers": {"request": {"set": {"X-Any": "v"}}}}
            route             | {"grpcWeb": true, "upgrade": [], "maxRequestBody": "1MiB", "lint": {"accept": {"any-rule": "why"}}}
            defaults          | {"timeout": {"total": "3s"}, "retry": {"on": ["connect"]}}
            consumer          | {"groups": ["gold"], "labels": {"any": "text"}}
            identity-provider | {"issuer": "https://id.test", "jwks": {"keys": [{"kty": "RSA"}]}}
            """)
    void everyKeyOfThisVersionIsKnown(String kind, String json) throws Exception {
        assertThat(ALL.firstUnknown(new DocumentKey(kind, "a"), read(json))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            route/upstream/discovery     | route             | {"upstream": {"discovery": {"dns": "users"}}}           | route/upstream/discovery
            route/upstream/discovery     | route             | {"upstream": {"targets": [{"url": "http://a"}]}}        | -
            route/upstream/targets/weight | route            | {"upstream": {"targets": [{"url": "http://a"}, {"weight": 2}]}} | route/upstream/targets/weight
            route/upstream/protocol=h2c  | route             | {"upstream": {"protocol": "h2c"}}                       | route/upstream/protocol=h2c
            route/upstream/protocol=h2c  | route             | {"upstream": {"protocol": "h2"}}                        | -
            route/rateLimits/groups      | route             | {"rateLimits": [{"groups": {"gold": 1}}]}               | route/rateLimits/groups
            defaults/retry               | defaults          | {"retry": {"max": 1}}                                   | defaults/retry
            identity-provider            | identity-provider | {"issuer": "https://id.test"}                           | identity-provider
            """)
    void aKeyThatAnOlderVersionLacksIsFound(String lacks, String kind, String json, String found) throws Exception {
        KeyDictionary older = KeyDictionary.parse(
                ALL.text().lines().filter(path -> !path.startsWith(lacks)).collect(Collectors.joining("\n")));
        assertThat(older.digest()).isNotEqualTo(ALL.digest());
        assertThat(older.firstUnknown(new DocumentKey(kind, "a"), read(json)).orElse(null))
                .isEqualTo(found);
    }

    private static ObjectNode read(String json) throws Exception {
        return (ObjectNode) JSON.readTree(json);
    }
}
