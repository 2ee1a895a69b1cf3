package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.TestRoutes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Over random documents: a valid one is read without changes, and every violation of an invalid one has a pointer into
 * it.
 */
class DocumentsFuzzTest {
    @Example
    void theMutatedRouteIsValidAndUsesEveryKeyExceptOtherOutcomes() throws Exception {
        DocumentCache documents = new DocumentCache(RouteSchema.SCHEMA);
        RouteDocument route = documents.route(Mutations.ROUTE);
        assertThat(RouteSchema.SCHEMA.ofRoutes())
                .extracting(SettingsType::key)
                .filteredOn(key -> !route.json().has(key))
                .containsExactlyInAnyOrder("redirect", "respond");
        assertThat((JsonNode) documents.defaults(Mutations.DEFAULTS).json()).isEqualTo(Mutations.DEFAULTS);
    }

    @Property
    void aRandomRouteIsReadUnchangedOrEachViolationHasAPointer(@ForAll long seed) {
        JsonNode written = Mutations.of(Mutations.ROUTE, new Random(seed));
        JsonNode before = written.deepCopy();
        try {
            RouteDocument route = new DocumentCache(RouteSchema.SCHEMA).route(written);
            assertThat((JsonNode) route.json()).isEqualTo(JsonNulls.withoutNulls((ObjectNode) before));
            assertThat(written).isEqualTo(before);
            assertThat(new DocumentCache(RouteSchema.SCHEMA).route(Mutations.read(before.toString())))
                    .isEqualTo(route);
        } catch (InvalidSpecException e) {
            assertPlaced(e, before);
        } catch (Exception e) {
            throw new AssertionError(before.toString(), e);
        }
    }

    @Property
    void randomDefaultsAreReadUnchangedOrEachViolationHasAPointer(@ForAll long seed) {
        JsonNode written = Mutations.of(Mutations.DEFAULTS, new Random(seed));
        try {
            assertThat(new DocumentCache(RouteSchema.SCHEMA).defaults(written).json())
                    .isEqualTo(JsonNulls.withoutNulls((ObjectNode) written));
        } catch (InvalidSpecException e) {
            assertPlaced(e, written);
        }
    }

    @Property
    void aRandomImportIsReadOrEachViolationHasAPointer(@ForAll long seed) {
        Random random = new Random(seed);
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.putArray("routes").add(Mutations.ROUTE.deepCopy()).add(Mutations.of(Mutations.ROUTE, random));
        JsonNode written = random.nextBoolean() ? file : Mutations.of(file, random);
        try {
            List<JsonNode> routes = written.path("routes")
                    .valueStream()
                    .filter(JsonNode::isObject)
                    .<JsonNode>map(route -> JsonNulls.withoutNulls((ObjectNode) route))
                    .toList();
            ImportFile.of(written, TestRoutes.VALIDATOR.under(Specs.NONE))
                    .routes()
                    .forEach(route -> assertThat(routes).contains(route.json()));
        } catch (InvalidSpecException e) {
            assertPlaced(e, written);
        }
    }

    @Property
    void aRandomSimpleRouteFileIsReadOrEachViolationHasAPointer(@ForAll long seed) {
        JsonNode written = Mutations.of(Mutations.FLAT, new Random(seed));
        try {
            ImportFile.of(written, TestRoutes.VALIDATOR.under(Specs.NONE));
        } catch (InvalidSpecException e) {
            assertPlaced(e, written);
        }
    }

    @Property
    void randomBytesAreJsonOrTheErrorHasAPosition(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] octets = Mutations.ROUTE.toString().getBytes(StandardCharsets.UTF_8);
        for (int left = random.nextInt(5); left >= 0; left--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        try {
            StrictJson.read(new ByteArrayInputStream(octets, 0, random.nextInt(octets.length) + 1));
        } catch (MalformedJsonException e) {
            assertThat(e).hasMessageMatching("(?s)cannot be read as JSON at line [1-9][0-9]*, column [1-9][0-9]*: .*");
        }
    }

    /** The value at the pointer exists, or is missing in an object that exists or should exist. */
    private static void assertPlaced(InvalidSpecException refused, JsonNode written) {
        assertThat(refused.violations()).isNotEmpty();
        for (Violation violation : refused.violations()) {
            JsonPointer pointer = JsonPointer.compile(violation.pointer());
            JsonNode place = written.at(pointer);
            JsonNode parent = pointer.matches() ? written : written.at(pointer.head());
            assertThat(!place.isMissingNode() || parent.isObject() || !written.isObject())
                    .as("%s in %s", violation, written)
                    .isTrue();
        }
    }
}
