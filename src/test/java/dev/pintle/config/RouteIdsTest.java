package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteIdsTest {
    @ParameterizedTest
    @CsvSource({
        "/users, users",
        "/Users/V1, users-v1",
        "/, root",
        "/a.b_c~d/, a-b-c-d",
        "/~!$, root",
        "/validate, validate-2"
    })
    void anIdIsDerivedFromThePath(String path, String id) {
        assertThat(RouteIds.fromPath(path, taken -> false)).isEqualTo(id);
    }

    @Test
    void aTakenIdGetsTheNextFreeNumber() {
        assertThat(RouteIds.fromPath("/users", Set.of("users", "users-2", "users-4")::contains))
                .isEqualTo("users-3");
    }

    @Property
    void aDerivedIdIsValid(@ForAll String path) {
        assertThat(RouteIds.isValid(RouteIds.fromPath(path, id -> !id.matches(".*-[0-9]+"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "users", "users-v1", "a-", "0-0"})
    void lettersDigitsAndHyphensAreValid(String id) {
        assertThat(RouteIds.isValid(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "a.b", "a b", "ä", "a\n"})
    void otherTextIsInvalid(String id) {
        assertThat(RouteIds.isValid(id)).isFalse();
    }

    @Test
    void anIdHasAtMost63Characters() {
        assertThat(RouteIds.isValid("x".repeat(63))).isTrue();
        assertThat(RouteIds.isValid("x".repeat(64))).isFalse();
    }
}
