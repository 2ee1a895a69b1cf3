package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.CodePointLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference of identity providers and consumers matches the annotations of their records. */
class IdentityReferenceTest {
    private static final Path PAGE = Path.of("docs/reference/identity.md");

    private static final String INTRODUCTION = """
            # Identity providers and consumers

            For operators who identify clients: every key of the two documents that routes refer to. This page is generated;
            `make reference` writes it again.

            Durations are a whole number and `ms`, `s`, `m`, `h` or `d`. Unknown keys are refused, and a key whose value is null is
            absent. The documents are revisioned like routes. [The admin API](admin-api.md#consumers-and-identity-providers) has their
            calls, and the calls for keys, passwords and certificates, which are no part of a document.
            """;

    private static final Map<EntityKind, String> MEANING =
            Map.of(EntityKind.IDENTITY_PROVIDER, """
            A route accepts its tokens with `"jwt:ID"` in [`authentication.anyOf`](policies.md#authentication), as
            [Protect a route with JWT](../how-to/protect-a-route-with-jwt.md) shows. The keys come from one place: `jwks`, `jwksUri`, or
            discovery at `issuer`. Without `jwks` and `jwksUri`, `issuer` is required and must be an `http` or `https` URL. The URLs pass
            the [egress policy](egress-policy.md).
            """, EntityKind.CONSUMER, """
            `consumerClaim` of a token, an API key, a password or a client certificate leads to a consumer. Its groups select
            [limits](policies.md#ratelimits) and pass [`authorization`](policies.md#authorization), as
            [API keys with plans](../how-to/api-keys-with-plans.md) shows.
            """);

    private static final Map<EntityKind, String> EXAMPLE =
            Map.of(EntityKind.IDENTITY_PROVIDER, """
            {
              "id": "main",
              "description": "Keycloak, realm shop",
              "issuer": "https://id.example.com/realms/shop",
              "audiences": ["api"],
              "algorithms": ["RS256", "ES256"],
              "clockSkew": "10s",
              "consumerClaim": "azp"
            }
            """, EntityKind.CONSUMER, """
            {
              "id": "acme",
              "description": "Acme, contract 4711",
              "groups": ["gold"],
              "labels": {"region": "eu"}
            }
            """);

    /** {@code make reference} sets the property: then the test writes the page. */
    @Test
    void thePageMatchesTheAnnotations() throws IOException {
        if (Boolean.getBoolean("pintle.reference.write")) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE)
                .as("%s is stale: run `make reference` and commit the page", PAGE)
                .hasContent(page());
    }

    @ParameterizedTest
    @EnumSource
    void theExampleIsValid(EntityKind kind) throws Exception {
        ObjectNode example = (ObjectNode) new ObjectMapper().readTree(EXAMPLE.get(kind));

        assertThat(EntityReader.read(kind, example).id())
                .isEqualTo(example.path("id").asText());
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyHasADescription(EntityKind kind) {
        assertThat(SpecShape.of(kind.spec()).components())
                .allSatisfy(component ->
                        assertThat(component.description()).as(component.name()).endsWith("."));
    }

    private static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        Stream.of(EntityKind.IDENTITY_PROVIDER, EntityKind.CONSUMER).forEach(kind -> section(kind, page));
        return page.toString();
    }

    private static void section(EntityKind kind, StringBuilder page) {
        SpecShape<?> shape = SpecShape.of(kind.spec());
        page.append("\n## ").append(kind.listKey()).append("\n\n");
        page.append(shape.description()).append('\n').append(MEANING.get(kind)).append('\n');
        page.append("| key | type | default | bounds | meaning |\n|---|---|---|---|---|\n");
        shape.components()
                .forEach(component -> page.append("| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                                component.name(),
                                type(component),
                                BuiltInText.of(component.builtIn()),
                                bounds(component),
                                component.description())));
        page.append("\n`PUT /api/v1/").append(kind.path()).append("/ID` takes such a document:\n\n");
        EXAMPLE.get(kind)
                .lines()
                .forEach(line -> page.append("    ").append(line).append('\n'));
    }

    private static String type(SpecComponent component) {
        Type element = component.elementType();
        if (element == null) {
            return word(component.type());
        }
        return (component.type().getTypeName().startsWith(Map.class.getName()) ? "object of " : "list of ")
                + word(element);
    }

    private static String word(Type type) {
        return type == Boolean.class
                ? "boolean"
                : type == Duration.class ? "duration" : type == ObjectNode.class ? "object" : "text";
    }

    private static String bounds(SpecComponent component) {
        return Stream.of(
                        component.annotation(Required.class).map(required -> "required"),
                        component.annotation(DurationRange.class).map(range -> range.min() + " to " + range.max()),
                        component.annotation(CodePointLength.class).map(length -> length.max() + " characters at most"),
                        component.annotation(Size.class).map(size -> size(size, component.elementType() == null)),
                        component.annotation(Pattern.class).map(IdentityReferenceTest::syntax),
                        component.elementAnnotation(Pattern.class).map(pattern -> "each " + syntax(pattern)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static String size(Size size, boolean isText) {
        String unit = isText ? " characters" : " entries";
        return size.min() == 0 ? size.max() + unit + " at most" : size.min() + " to " + size.max() + unit;
    }

    private static String syntax(Pattern pattern) {
        return pattern.message().replaceFirst("^must be ", "");
    }
}
