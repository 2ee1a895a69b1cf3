package dev.pintle.routing.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path that fills the largest head is interpreted at a cost that is bounded, whatever it is made of. */
class PathInterpretationsTest {
    private static final int LARGEST = 32 << 10;

    /** Three rounds of decoding, each with half a million characters and what one more interpretation adds. */
    private static final long MOST_CHARACTERS = 3 * ((512 << 10) + 6L * LARGEST);

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
    void theLargestPathOfOneShapeCostsNoMore(String shape) {
        String path = "/" + shape.repeat(LARGEST / shape.length());
        long characters;
        try {
            Set<String> interpretations = PathInterpretations.of(path);
            characters = interpretations.stream().mapToLong(String::length).sum();
        } catch (AmbiguousPathException e) {
            assertThat(e).hasMessageMatching("can be read in too many ways|holds .*");
            return;
        }
        assertThat(characters).isPositive().isLessThanOrEqualTo(MOST_CHARACTERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/npm/@scope%2Fname", "/a;v=1/b//c/../d", "/x/https:%2F%2Fexample.org%2Fa%20b;c=d/../e"})
    void anOrdinaryPathIsInterpretedInFull(String path) throws AmbiguousPathException {
        assertThat(PathInterpretations.of(path)).contains(path).hasSizeBetween(2, 40);
    }
}
