package dev.pintle.routing.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each step of the normalization of a path. */
class PathNormalizationTest {
    @Test
    void exactlyTheUnreservedCharactersAreDecoded() {
        StringBuilder decoded = new StringBuilder();
        for (int c = 0; c < 256; c++) {
            if (PathNormalization.isUnreserved(c)) {
                decoded.append((char) c);
            }
        }

        assertThat(decoded.toString()).isEqualTo("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    @ParameterizedTest
    @CsvSource({
        "%41, A",
        "/%41%42, /AB",
        "%, %",
        "%4, %4",
        "/a%4, /a%4",
        "%4g, %4g",
        "%g4, %g4",
        "%%41, %A",
        "%2541, %41",
    })
    void anIncompleteEncodingStays(String path, String decoded) {
        assertThat(PathNormalization.decoded(path, any -> true)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @CsvSource({"/a;b, /a", "/a;b/c;d;e/f, /a/c/f", ";a, ''", "/a/;b/, /a//", "/a, /a"})
    void parametersAreCutFromEachSegment(String path, String kept) {
        assertThat(PathNormalization.withoutParameters(path)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"//, /", "/a//b, /a/b", "///a///, /a/", "a//b, a/b", "/a/b, /a/b"})
    void consecutiveSlashesAreOne(String path, String merged) {
        assertThat(PathNormalization.merged(path)).isEqualTo(merged);
    }

    /** RFC 3986 section 5.2.4. */
    @ParameterizedTest
    @CsvSource({
        "/a/b/c/./../../g, /a/g",
        "/a/.., /",
        "/a/., /a/",
        "/a/../, /",
        "/../a, /a",
        "/.., /",
        "/a/..b/.c, /a/..b/.c",
        "/a/b/../.., /",
        "/./a, /a",
    })
    void dotSegmentsAreResolved(String path, String resolved) {
        assertThat(PathNormalization.resolved(path)).isEqualTo(resolved);
    }
}
