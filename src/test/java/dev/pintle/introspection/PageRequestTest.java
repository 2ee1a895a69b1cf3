package dev.pintle.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients read long lists page by page. */
class PageRequestTest {
    private static PageRequest.Ids page(String query) {
        return PageRequest.of(query).of(Stream.of("d", "b", "c", "b", "a"));
    }

    @Test
    void aRequestWithoutAQueryReturnsAllRoutes() {
        for (String query : new String[] {null, "", "other=1", "limit", "x&y=z"}) {
            assertThat(page(query).ids()).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(page(query).next()).isNull();
        }
    }

    @Test
    void pagesFollowEachOtherToTheEnd() {
        assertThat(page("limit=2").ids()).containsExactlyInAnyOrder("a", "b");
        assertThat(page("limit=2").next()).isEqualTo("b");
        assertThat(page("after=b&limit=2").ids()).containsExactlyInAnyOrder("c", "d");
        assertThat(page("after=b&limit=2").next()).isNull();
        assertThat(page("after=d&limit=2").ids()).isEmpty();
    }

    @Test
    void aDeletedRouteMayBeThePositionOfTheNextPage() {
        assertThat(page("after=bb").ids()).containsExactlyInAnyOrder("c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "1.5", "99999999999"})
    void anInvalidLimitIsRefused(String limit) {
        assertThatThrownBy(() -> PageRequest.of("limit=" + limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit");
    }
}
