package dev.pintle.admin.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens in config.yml, which holds their hashes. */
class AdminTokensTest {
    /** The output of {@code printf %s a-token-of-somebody | sha256sum}. */
    private static final String HASH = "1d257f58f21dd2bb10dd092f2a0f81a124b373f17f415a43b4d3ffb6f44d6923";

    private final AdminToken admin = AdminToken.admin("a-token-for-the-test", "the test");

    @Test
    void aSecretMatchesTheTokenOfItsHash() {
        AdminTokens tokens =
                new AdminTokens(List.of(admin, entry("ci", "viewer", HASH).token()));

        assertThat(tokens.find("a-token-of-somebody")).hasValueSatisfying(token -> {
            assertThat(token.name()).isEqualTo("ci");
            assertThat(token.role()).isEqualTo(Role.VIEWER);
        });
        assertThat(tokens.find("a-token-for-the-test")).contains(admin);
        assertThat(tokens.find(HASH)).isEmpty();
        assertThat(tokens.find("")).isEmpty();
    }

    @Test
    void theHashMayBeWrittenInUpperCase() {
        AdminToken token =
                entry("ci", "editor", HASH.toUpperCase(java.util.Locale.ROOT)).token();

        assertThat(new AdminTokens(List.of(token)).find("a-token-of-somebody")).contains(token);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            ci    | root   | HASH                                     | has the role "root"; use viewer or auditor or editor
            ci    | null   | HASH                                     | has the role "null"; use viewer or auditor or editor
            ci    | EDITOR | HASH                                     | has the role "EDITOR"
            null  | viewer | HASH                                     | has the name null
            C I   | viewer | HASH                                     | has the name "C I"
            ci    | viewer | null                                     | 64 hex digits
            ci    | viewer | the-secret-itself                        | 64 hex digits
            ci    | viewer | abcd                                     | 64 hex digits
            ci    | viewer | HASH00                                   | 64 hex digits
            """)
    void anInvalidEntryIsReportedInOneSentence(String name, String role, String sha256, String sentence) {
        TokenConfiguration entry = entry(name, role, sha256 == null ? null : sha256.replace("HASH", HASH));

        assertThatThrownBy(entry::token)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("the-secret-itself"));
    }

    @Test
    void twoTokensOfOneNameAreRefused() {
        AdminToken other = entry("admin", "viewer", HASH).token();

        assertThatThrownBy(() -> new AdminTokens(List.of(admin, other)))
                .hasMessageContaining("Two admin tokens have the name \"admin\"");
    }

    @Test
    void twoTokensOfOneSecretAreRefused() {
        AdminToken one = entry("one", "viewer", HASH).token();
        AdminToken two = entry("two", "editor", HASH).token();

        assertThatThrownBy(() -> new AdminTokens(List.of(admin, one, two)))
                .hasMessageContaining("\"one\" and \"two\" have the same secret");
    }

    private static TokenConfiguration entry(String name, String role, String sha256) {
        return new TokenConfiguration(name, role, sha256);
    }
}
