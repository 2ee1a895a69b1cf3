package dev.pintle.routing.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.routing.Route;
import dev.pintle.routing.match.Matcher;
import dev.pintle.routing.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathAmbiguityGuardTest {
    private static final Matcher MATCHER = Tables.prefixes("/", "/admin", "/npm", "/users", "/users/admin");

    private static String select(Matcher matcher, String path) throws AmbiguousPathException {
        Route route = PathAmbiguityGuard.select(matcher, Tables.get(path));
        return route == null ? "none" : route.id();
    }

    @ParameterizedTest
    @CsvSource({
        "/npm/@scope%2Fname, npm",
        "/users/a%20b, users",
        "/users/%C3%A9t%C3%A9, users",
        "/users/a;v=1, users",
        "/users/a:b+c@d, users",
        "/users/100%25, users",
        "/users//x, users",
        "/users/x/../y, users",
        "/users/./x, users",
        "/users/.well-known/x, users",
        "/x%2Fy, root",
        "/users/a%5Cb, users"
    })
    void aPathWhoseInterpretationsSelectOneRoutePasses(String path, String route) throws AmbiguousPathException {
        assertThat(select(MATCHER, path)).isEqualTo(route);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin%2Fx",
                "/%75sers",
                "/%61dmin",
                "//admin",
                "//host/admin",
                "///host/admin/x",
                "/\\\\host/admin",
                "/./admin",
                "/x/../admin",
                "/x/%2e%2e/admin",
                "/x/%252e%252e/admin",
                "/x/..%2fadmin",
                "/x/..;/admin",
                "/x/..\\admin",
                "/x/..%5cadmin",
                "/users/..",
                "/users/../users/x",
                "/users/%2e%2e/users/x",
                "/users/../../x",
                "/admin;x/y",
                "/users/x/../admin",
                "/users/a%2Fb%2Fc/../..%2Fadmin",
                "/users/a%2Fb%2Fc/%2e%2e/..%2Fadmin",
                "/users/a\\b\\c/../..\\admin",
                "/x/;a/../..;b/../admin",
                "/..",
                "/../x"
            })
    void aPathWhoseInterpretationsDisagreeIsRejected(String path) {
        assertThatThrownBy(() -> select(MATCHER, path)).isInstanceOf(AmbiguousPathException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users/%zz",
                "/users/%4",
                "/users/%",
                "/users/%u0041",
                "/users/%00",
                "/users/%0a",
                "/users/%2500",
                "/users/%7f",
                "/users/%c0%af",
                "/users/%c1%81",
                "/users/%e0%80%af",
                "/users/%f0%80%80%af",
                "/users/%f8%80%80%80%af",
                "/users/%fc%80%80%80%80%af",
                "/users/\u00e9",
                "/users/a b",
                "/users/\t"
            })
    void anInvalidPathIsRejected(String path) {
        assertThatThrownBy(() -> select(MATCHER, path)).isInstanceOf(AmbiguousPathException.class);
    }

    /** Each interpretation costs time, and no ordinary path needs that many. */
    @Test
    void aPathWithTooManyInterpretationsIsRejected() {
        assertThatThrownBy(() -> select(Tables.prefixes("/"), "/a%255C;b/..%2F%3b//\\.;/%252e%2541".repeat(3)))
                .hasMessage("has too many interpretations");
    }

    @Test
    void anEncodedSlashIsAcceptedWhenAllRoutesAgree() throws AmbiguousPathException {
        assertThat(select(Tables.prefixes("/"), "/admin%2Fx")).isEqualTo("root");
    }
}
