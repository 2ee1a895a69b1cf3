package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The names that documents may refer to. */
class KnownNamesTest {
    private static final Reference ACME = new Reference(Reference.Target.CONSUMER, "acme", "/authorization");
    private static final Reference GOLD = new Reference(Reference.Target.GROUP, "gold", "/authorization");

    @Test
    void twoSetsTogetherKnowTheNamesOfEither() {
        KnownNames consumers = reference -> reference.equals(ACME);
        KnownNames none = reference -> false;

        assertThat(consumers.or(none).contains(ACME)).isTrue();
        assertThat(none.or(consumers).contains(ACME)).isTrue();
        assertThat(consumers.or(none).contains(GOLD)).isFalse();
        assertThat(KnownNames.ANY.contains(GOLD)).isTrue();
    }
}
