package dev.pintle.upstream.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The identity of a target is its URL, so that its state survives a change of its weight. */
class TargetTest {
    @Test
    void targetsWithEqualUrlsAreEqual() {
        Target target = Target.of("http://users:8080/v1", 1);

        assertThat(target)
                .isEqualTo(Target.of("http://users:8080/v1", 5))
                .hasSameHashCodeAs(Target.of("http://users:8080/v1", 5));
        assertThat(target).isNotEqualTo(Target.of("http://users:8080/v2", 1)).isNotEqualTo("http://users:8080/v1");
    }

    @Test
    void onlyTlsNegotiatesTheProtocol() {
        assertThat(Target.of("http://users", 1, UpstreamProtocol.AUTO).protocol())
                .isEqualTo(UpstreamProtocol.HTTP1);
        assertThat(Target.of("https://users", 1, UpstreamProtocol.AUTO).protocol())
                .isEqualTo(UpstreamProtocol.AUTO);
        assertThat(Target.of("http://users", 1, UpstreamProtocol.H2C).protocol())
                .isEqualTo(UpstreamProtocol.H2C);
    }

    @Test
    void thePathOfTheTargetPrecedesThatOfTheRequest() {
        assertThat(Target.of("http://users/v1/", 1).join("/ada")).isEqualTo("/v1/ada");
        assertThat(Target.of("http://users", 1).join("/ada")).isEqualTo("/ada");
    }
}
