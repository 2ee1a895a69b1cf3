package dev.pintle.routing.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The terms of a query that routes ask for. */
class QueryParametersTest {
    private static final QueryTerm WANTED = new QueryTerm("a", "b c");

    @ParameterizedTest
    @CsvSource({
        "a=b+c, true",
        "a=b%20c, true",
        "%61=b+c, true",
        "x&a=b+c, true",
        "a=b+c&x, true",
        "x=1&a=b+c&, true",
        "&&a=b+c, true",
        "a=b+c=, false",
        "a=b, false",
        "a, false",
        "A=b+c, false",
        "b+c=a, false",
        "'', false",
    })
    void aTermIsDecodedLikeAForm(String query, boolean found) {
        assertThat(QueryParameters.of(query, Set.of(WANTED)).has(WANTED)).isEqualTo(found);
    }

    @Test
    void aMalformedEncodingIsTheTextItself() {
        QueryTerm malformed = new QueryTerm("a", "%zz");

        assertThat(QueryParameters.of("a=%zz", Set.of(malformed)).has(malformed))
                .isTrue();
    }

    @Test
    void onlyTermsThatRoutesAskForAreStored() {
        assertThat(QueryParameters.of("a=b+c&a=b+c&x=1", Set.of(WANTED)).size()).isEqualTo(1);
        assertThat(QueryParameters.of("a=b+c", Set.of()).size()).isZero();
        assertThat(QueryParameters.of(null, Set.of(WANTED)).size()).isZero();
    }
}
