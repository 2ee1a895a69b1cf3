package dev.pintle.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRuleTest {
    private static final Matcher MATCHER = Tables.prefixes("/", "/admin", "/npm", "/users", "/users/admin");

    private static String select(Matcher matcher, String path) throws AmbiguousPathException {
        Route route = PathRule.select(matcher, Tables.get(path));
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
    void whatAllReadersTakeForTheSameRoutePasses(String path, String route) throws AmbiguousPathException {
        assertThat(select(MATCHER, path)).isEqualTo(route);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin%2Fx",
                "/%75sers",
                "/%61dmin",
                "//admin",
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
                "/..",
                "/../x"
            })
    void whatReadersWouldDisagreeAboutIsRefused(String path) {
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
                "/users/\u00e9",
                "/users/a b",
                "/users/\t"
            })
    void whatIsNoProperPathIsRefused(String path) {
        assertThatThrownBy(() -> select(MATCHER, path)).isInstanceOf(AmbiguousPathException.class);
    }

    @Test
    void withoutRoutesThatDifferAnEncodedSlashIsHarmless() throws AmbiguousPathException {
        assertThat(select(Tables.prefixes("/"), "/admin%2Fx")).isEqualTo("root");
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> pieces = Arbitraries.of(
                "/", "/", "/", "users", "admin", "npm", "a", "..", ".", "%2e", "%2E%2e", "%252e", "%2f", "%252f", "%5c",
                "\\", ";", ";x=1", "//", "%61dmin", "%75sers", "%25", "%C3%A9", "@", ":");
        return pieces.list().ofMinSize(1).ofMaxSize(9).map(list -> "/" + String.join("", list));
    }

    /** What upstreams do to a path, in the orders in which real ones do it. */
    private static final List<UnaryOperator<String>> UPSTREAMS = List.of(
            path -> path,
            PathRuleTest::resolved,
            path -> resolved(decoded(path)),
            path -> resolved(decoded(path).replace('\\', '/')),
            path -> resolved(decoded(path.replaceAll(";[^/]*", ""))),
            path -> resolved(decoded(path).replaceAll(";[^/]*", "")),
            path -> resolved(decoded(decoded(path))),
            path -> decoded(resolved(path)),
            path -> resolved(decoded(resolved(path.replaceAll("/{2,}", "/")))),
            path -> decoded(path).replaceAll("/{2,}", "/"));

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static String resolved(String path) {
        String merged = path.replaceAll("/{2,}", "/");
        String escaped = merged.replace("\\", "%5C").replace("%", "%25").replace(" ", "%20");
        StringBuilder ascii = new StringBuilder();
        escaped.chars().forEach(c -> ascii.append(c < 128 ? String.valueOf((char) c) : "x"));
        String normal = URI.create("http://h" + ascii).normalize().getRawPath();
        String open = normal.replaceAll("^(/\\.\\.)+(/|$)", "/");
        return open.replace("%20", " ").replace("%25", "%").replace("%5C", "\\");
    }

    /** No upstream, however it reads the path, reaches what the selected route does not cover. */
    @Property(tries = 3_000)
    void noReadingReachesAnotherRoute(@ForAll("paths") String path) {
        String selected;
        try {
            selected = select(MATCHER, path);
        } catch (AmbiguousPathException e) {
            return;
        }
        for (UnaryOperator<String> upstream : UPSTREAMS) {
            String read = upstream.apply(path);
            Route route = MATCHER.find(Tables.get("/"), read);
            assertThat(route == null ? "none" : route.id())
                    .as("%s read as %s", path, read)
                    .isEqualTo(selected);
        }
    }
}
