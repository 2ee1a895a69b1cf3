package dev.pintle.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long lists are read in parts. */
class PageRequestTest {
    private static PageRequest.Ids slice(String query) {
        return PageRequest.of(query).of(Stream.of("d", "b", "c", "b", "a"));
    }

    @Test
    void withoutAQueryThereIsEverything() {
        for (String query : new String[] {null, "", "other=1", "limit", "x&y=z"}) {
            assertThat(slice(query).ids()).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(slice(query).next()).isNull();
        }
    }

    @Test
    void partsFollowOneAnotherToTheEnd() {
        assertThat(slice("limit=2").ids()).containsExactlyInAnyOrder("a", "b");
        assertThat(slice("limit=2").next()).isEqualTo("b");
        assertThat(slice("after=b&limit=2").ids()).containsExactlyInAnyOrder("c", "d");
        assertThat(slice("after=b&limit=2").next()).isNull();
        assertThat(slice("after=d&limit=2").ids()).isEmpty();
    }

    @Test
    void aRouteThatIsGoneMeanwhileIsNoObstacle() {
        assertThat(slice("after=bb").ids()).containsExactlyInAnyOrder("c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "1.5", "99999999999"})
    void aLimitThatIsNoneIsRefused(String limit) {
        assertThatThrownBy(() -> PageRequest.of("limit=" + limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit");
    }
}
