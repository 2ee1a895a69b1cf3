package dev.pintle.routing.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The readings of a path, and their cost for the longest path that fits into a head. */
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

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/", "/a.b/c..d", "/~!$&'()*+,=:@"})
    void aPlainPathHasOneInterpretation(String path) throws AmbiguousPathException {
        assertThat(PathInterpretations.isPlain(path)).isTrue();
        assertThat(PathInterpretations.of(path)).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%61", "/a;b", "/a\\b", "/a b", "/a\u007f", "/a\u00fc", "//", "/a//b", "/.", "/a/.b"})
    void aPathWithAnotherReadingIsNotPlain(String path) {
        assertThat(PathInterpretations.isPlain(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%c0%af",
                "%c1%81",
                "%c0",
                "%e0%80%af",
                "%e0%9f%bf",
                "%f0%80",
                "%f0%8f",
                "%f8%80",
                "%f8%87",
                "%fc%80",
                "%fc%83",
                "%25c0%25af",
                "%00",
                "%1f",
                "%7f"
            })
    void anEncodingThatHidesACharacterIsRefused(String encoded) {
        assertThatThrownBy(() -> PathInterpretations.of("/a" + encoded))
                .isInstanceOf(AmbiguousPathException.class)
                .hasMessageMatching("contains an overlong UTF-8 sequence|contains a control character");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%c2%80",
                "%e0%a0%80",
                "%e0",
                "%e0a",
                "%e1%80",
                "%f0%90",
                "%f0a",
                "%f8%88",
                "%f8a",
                "%fc%84",
                "%fca",
                "%20",
                "%7e",
                "%80"
            })
    void otherBytesMayBeEncoded(String encoded) throws AmbiguousPathException {
        assertThat(PathInterpretations.of("/a" + encoded)).contains("/a" + encoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/\u007f", "/\u00fc", "/%", "/%4", "/%4g"})
    void aByteThatMustBeEncodedIsRefused(String path) {
        assertThatThrownBy(() -> PathInterpretations.of(path))
                .isInstanceOf(AmbiguousPathException.class)
                .hasMessageMatching("contains a (byte|%) .*");
    }
}
