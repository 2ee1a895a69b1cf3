package dev.pintle.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.Configuration;
import org.junit.jupiter.api.Test;

class ConfigurationDiffTest {
    private static ObjectNode route(String id, String path) {
        return Tables.document(id, "\"path\": \"" + path + '"');
    }

    private static Configuration of(ObjectNode... routes) {
        return Tables.configuration(1, "{}", routes);
    }

    @Test
    void equalConfigurationsHaveNoChanges() {
        assertThat(ConfigurationDiff.between(of(route("a", "/a")), of(route("a", "/a"))))
                .isEmpty();
    }

    @Test
    void addedRemovedAndChangedRoutesAreFound() {
        Configuration before = of(route("b", "/b"), route("c", "/c"), route("e", "/e"), route("g", "/g"));
        Configuration after = of(route("a", "/a"), route("c", "/other"), route("d", "/d"), route("e", "/e"));
        assertThat(ConfigurationDiff.between(before, after)).containsExactly("a", "b", "c", "d", "g");
        assertThat(ConfigurationDiff.between(after, before)).containsExactly("a", "b", "c", "d", "g");
    }

    @Test
    void changedDefaultsChangeEveryRoute() {
        Configuration before = of(route("a", "/a"), route("b", "/b"));
        Configuration after =
                Tables.configuration(2, "{\"maxRequestBody\": \"1KiB\"}", route("b", "/b"), route("c", "/c"));
        assertThat(ConfigurationDiff.between(before, after)).containsExactly("a", "b", "c");
    }
}
