package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two matches are equal when they select the same requests. */
class MatchSpecTest {
    @Test
    void orderAndCaseOfHostsAndHeadersDoNotMatter() {
        MatchSpec one = new MatchSpec(
                "/a",
                false,
                null,
                List.of("A.com", "b.com"),
                List.of("GET", "PUT"),
                Map.of("X-One", "1", "X-Two", "2"),
                Map.of());
        MatchSpec other = new MatchSpec(
                "/a",
                null,
                null,
                List.of("b.com", "a.COM"),
                List.of("PUT", "GET"),
                Map.of("x-two", "2", "x-one", "1"),
                null);

        assertThat(one.canonical()).isEqualTo(other.canonical());
    }

    @Test
    void allOtherDifferencesMatter() {
        assertThat(List.of(
                        new MatchSpec("/a", null, null, null, null, null, null),
                        new MatchSpec("/A", null, null, null, null, null, null),
                        new MatchSpec("/a", true, null, null, null, null, null),
                        new MatchSpec("/a", null, null, List.of("a.com"), null, null, null),
                        new MatchSpec("/a", null, null, null, List.of("GET"), null, null),
                        new MatchSpec("/a", null, null, null, null, Map.of("a", "1"), null),
                        new MatchSpec("/a", null, null, null, null, Map.of("a", "A"), null),
                        new MatchSpec("/a", null, null, null, null, Map.of("a", "a"), null),
                        new MatchSpec("/a", null, null, null, null, null, Map.of("a", "1")),
                        new MatchSpec("/a", null, null, null, null, null, Map.of("A", "1"))))
                .extracting(MatchSpec::canonical)
                .doesNotHaveDuplicates();
    }

    @Test
    void aValueCannotImitateASeparator() {
        MatchSpec one = new MatchSpec("/a", null, null, null, null, null, Map.of("a", "1, b=2"));
        MatchSpec two = new MatchSpec("/a", null, null, null, null, null, Map.of("a", "1", "b", "2"));
        MatchSpec three = new MatchSpec("/a", null, null, null, null, null, Map.of("a", "1\",\"b\":\"2"));

        assertThat(List.of(one.canonical(), two.canonical(), three.canonical())).doesNotHaveDuplicates();
    }
}
