package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathSyntaxTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/users", "/users/v1", "/a.b/~c/!$&'()+,=:@-_", "/...", "/a..b/.c/d."})
    void anUnambiguousPathIsValid(String path) {
        assertThat(PathSyntax.fault(path, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users        | write "/users"
                    /users/*     | *
                    /a%2fb       | %
                    /a;b         | ;
                    /a\\b        | \\
                    /a?b         | "/a?b"
                    /a#b         | "/a#b"
                    /ä           | "/ä"
                    /a b         | "/a b"
                    //a          | empty segment
                    /a//b        | empty segment
                    /./a         | . or ..
                    /a/..        | . or ..
                    /users/      | "/users"
                    """)
    void anAmbiguousPathIsRejectedWithARemedy(String path, String hint) {
        assertThat(PathSyntax.fault(path, false))
                .hasValueSatisfying(fault -> assertThat(fault).contains(hint));
    }

    @Test
    void anExactPathMayEndWithASlash() {
        assertThat(PathSyntax.fault("/users/", true)).isEmpty();
        assertThat(PathSyntax.fault("/users//", true)).isPresent();
    }

    @Test
    void aPathHasAtMost1024Characters() {
        assertThat(PathSyntax.fault("/" + "x".repeat(1_023), false)).isEmpty();
        assertThat(PathSyntax.fault("/" + "x".repeat(1_024), false)).isPresent();
    }

    @Test
    void aMessageTruncatesALongPath() {
        assertThat(PathSyntax.fault("x".repeat(100_000), false))
                .hasValueSatisfying(fault -> assertThat(fault).hasSizeLessThan(200));
    }
}
