package dev.pintle.routing.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interpretation of the longest path that fits into a head has a bounded cost for every shape. */
class PathInterpretationsTest {
    private static final int LARGEST = 32 << 10;

    /** Three decodings of half a million characters each, plus one more interpretation. */
    private static final long MAX_CHARACTERS = 3 * ((512 << 10) + 6L * LARGEST);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "/a/..",
                "/..",
                "%61",
                "%2525",
                ";a",
                "//",
                "\\",
                "/a;b%2f..%5c//./%25%36%31",
                "a;b%2fc%5c//%25%36%31",
                "/a%255C;b/..%2F%3b//\\.;/%252e%2541",
                "/.%2e;/"
            })
    void theLongestPathOfEachShapeHasABoundedCost(String shape) {
        String path = "/" + shape.repeat(LARGEST / shape.length());
        long characters;
        try {
            Set<String> interpretations = PathInterpretations.of(path);
            characters = interpretations.stream().mapToLong(String::length).sum();
        } catch (AmbiguousPathException e) {
            assertThat(e).hasMessageMatching("has too many interpretations|contains .*");
            return;
        }
        assertThat(characters).isPositive().isLessThanOrEqualTo(MAX_CHARACTERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/npm/@scope%2Fname", "/a;v=1/b//c/../d", "/x/https:%2F%2Fexample.org%2Fa%20b;c=d/../e"})
    void anOrdinaryPathIsInterpretedInFull(String path) throws AmbiguousPathException {
        assertThat(PathInterpretations.of(path)).contains(path).hasSizeBetween(2, 40);
    }
}
