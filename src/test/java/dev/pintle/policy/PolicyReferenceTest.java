package dev.pintle.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.SpecComponent;
import dev.pintle.config.SpecShape;
import dev.pintle.routing.RouteSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyReferenceTest {
    private static final Path PAGE = Path.of("docs/reference/policies.md");

    /** {@code make reference} sets this property to write the page. */
    @Test
    void thePageMatchesTheAnnotations() throws IOException {
        if (Boolean.getBoolean("pintle.reference.write")) {
            Files.writeString(PAGE, PolicyReference.page());
        }

        assertThat(PAGE)
                .as("%s is stale: run `make reference` and commit the page", PAGE)
                .hasContent(PolicyReference.page());
    }

    @Test
    void everyKeyHasADescription() {
        assertThat(RouteSchema.SCHEMA.ofRoutes()).allSatisfy(type -> {
            SpecShape<?> shape = SpecShape.of(type.spec());
            assertThat(shape.description()).as(type.key()).endsWith(".");
            assertThat(shape.components())
                    .allSatisfy(component -> assertThat(describes(component))
                            .as("%s.%s", type.key(), component.name())
                            .isTrue());
        });
    }

    private static boolean describes(SpecComponent component) {
        return component.description().endsWith(".")
                || (component.type() instanceof Class<?> nested
                        && nested.isRecord()
                        && SpecShape.of(nested.asSubclass(Record.class))
                                .description()
                                .endsWith("."));
    }
}
