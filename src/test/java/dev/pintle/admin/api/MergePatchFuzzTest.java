package dev.pintle.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Mutations;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties of every merge patch (RFC 7396). */
class MergePatchFuzzTest {
    @Property
    void aRepeatedPatchHasNoFurtherEffect(@ForAll long seed) {
        Random random = new Random(seed);
        JsonNode target = Mutations.of(Mutations.ROUTE, random);
        JsonNode patch = Mutations.of(Mutations.ROUTE, random);
        JsonNode targetBefore = target.deepCopy();
        JsonNode patchBefore = patch.deepCopy();
        JsonNode patched = MergePatch.apply(target, patch);
        assertThat(MergePatch.apply(patched, patch)).isEqualTo(patched);
        assertThat(target).isEqualTo(targetBefore);
        assertThat(patch).isEqualTo(patchBefore);
    }

    @Property
    void unnamedMembersAreUnchanged(@ForAll long seed) {
        JsonNode target = Mutations.of(Mutations.ROUTE, new Random(seed));
        JsonNode patched =
                MergePatch.apply(target, JsonNodeFactory.instance.objectNode().put("id", "other"));
        target.properties().stream()
                .filter(property -> !property.getKey().equals("id"))
                .forEach(property -> assertThat(patched.get(property.getKey())).isEqualTo(property.getValue()));
    }
}
