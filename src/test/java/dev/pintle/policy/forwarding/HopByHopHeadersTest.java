package dev.pintle.policy.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.Headers;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Removing the headers that Connection names costs time in proportion to the head, not to its square. */
class HopByHopHeadersTest {
    private static final int HEADERS = 150;
    private static final int OPTIONS = 6_000;

    private static Headers.Builder headers() {
        Headers.Builder headers = Headers.builder();
        IntStream.range(0, HEADERS).forEach(i -> headers.add("X-" + i, "v"));
        return headers;
    }

    @Test
    void eachHeaderIsLookedUpOnce() {
        String options = String.join(
                ",",
                IntStream.range(0, OPTIONS)
                        .mapToObj(i -> i % 2 == 0 ? "x-" + i : "other-" + i)
                        .toList());
        CountingSet named = new CountingSet();
        Headers kept = HopByHopHeaders.stripped(
                        headers().add("Connection", options).build(), name -> false, 0, named)
                .build();
        assertThat(kept.size()).isEqualTo(HEADERS / 2);
        assertThat(kept.has("X-1")).isTrue();
        assertThat(kept.has("X-2")).isFalse();
        assertThat(named.lookups).isLessThanOrEqualTo(HEADERS + 1);
        assertThat(named).hasSize(HEADERS / 2);
    }

    @Test
    void aRepeatedConnectionOptionIsStoredOnce() {
        CountingSet named = new CountingSet();
        Headers kept = HopByHopHeaders.stripped(
                        headers().add("Connection", "x-1, ".repeat(OPTIONS)).build(), name -> false, 0, named)
                .build();
        assertThat(kept.size()).isEqualTo(HEADERS - 1);
        assertThat(named).containsExactly("x-1");
    }

    @Test
    void optionsInSeveralHeadersAreOneList() {
        Headers.Builder headers = headers();
        Stream.of("X-1", " X-2 ,,\tx-3", "").forEach(value -> headers.add("connection", value));
        assertThat(HopByHopHeaders.stripped(headers.build(), name -> false, 0)
                        .build()
                        .size())
                .isEqualTo(HEADERS - 3);
    }

    /** Counts the lookups. */
    private static final class CountingSet extends HashSet<String> {
        private static final long serialVersionUID = 1L;

        private int lookups;

        CountingSet() {
            super(Set.of());
        }

        @Override
        public boolean contains(Object name) {
            lookups++;
            return super.contains(name);
        }
    }
}
