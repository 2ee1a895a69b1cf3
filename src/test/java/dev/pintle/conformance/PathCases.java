package dev.pintle.conformance;

import static dev.pintle.conformance.Expectation.all;
import static dev.pintle.conformance.Expectation.either;
import static dev.pintle.conformance.Expectation.line;
import static dev.pintle.conformance.Expectation.responds;
import static dev.pintle.conformance.Expectation.respondsWithOneOf;
import static dev.pintle.conformance.RawMessages.get;

import java.util.List;
import java.util.stream.Stream;

/** Paths that the gateway and an upstream may interpret differently: {@code /admin} is a separate route. */
final class PathCases {
    static final List<ConformanceCase> CASES = Stream.of(harmless(), traversals(), malformed(), introspection())
            .flatMap(paths -> paths)
            .toList();

    private PathCases() {}

    private static Stream<ConformanceCase> harmless() {
        return Stream.of(
                        "/a%20b",
                        "/a%2Fb",
                        "/a%5Cb",
                        "/%C3%A9t%C3%A9",
                        "/100%25",
                        "/a;v=1",
                        "/a//b",
                        "//a",
                        "/a/../b",
                        "/a/%2e%2e/b",
                        "/./a",
                        "/@scope%2Fname",
                        "/a/...",
                        "/.well-known/x",
                        "/administrator",
                        "/Admin",
                        "/x/admin",
                        "/admin",
                        "/admin/",
                        "/admin/x%2Fy",
                        "/a!$&'()*+,;=:@-._~")
                .map(path -> ConformanceCase.passed(
                        "path " + path, "RFC 3986 6.2", get(path), line("GET " + path + " HTTP/1.1")));
    }

    private static Stream<ConformanceCase> traversals() {
        return Stream.of(
                        "/x/../admin",
                        "/x/..%2fadmin",
                        "/x/..%2Fadmin",
                        "/x/%2e%2e/admin",
                        "/x/.%2e/admin",
                        "/x/%252e%252e/admin",
                        "/x/..%252fadmin",
                        "/x/..;/admin",
                        "/x/..;a=b/admin",
                        "/x/..%3b/admin",
                        "/x/..%5cadmin",
                        "/x/..%255cadmin",
                        "/x//../admin",
                        "/./admin",
                        "/%2e/admin",
                        "//admin",
                        "///admin",
                        "//host/admin",
                        "///host/admin/x",
                        "/%2fhost/admin",
                        "/%5chost/admin",
                        "/%2fadmin",
                        "/%5cadmin",
                        "/;x/admin",
                        "/;/admin",
                        "/%61dmin",
                        "/%2561dmin",
                        "/adm%69n/x",
                        "/admin;x",
                        "/admin%3bx",
                        "/admin%2fx",
                        "/admin%5cx",
                        "/admin/../x",
                        "/admin/..",
                        "/admin/%2e%2e/x",
                        "/admin/..%2fx",
                        "/admin/..;/x",
                        "/admin/../../x",
                        "/admin/../admin",
                        "/..",
                        "/../x",
                        "/%2e%2e/x",
                        "/x/../../y")
                .map(path -> ConformanceCase.of("path " + path, "RFC 3986 7.3", get(path))
                        .expect(responds(400), Expectation.NOTHING_WHOLE));
    }

    private static Stream<ConformanceCase> malformed() {
        return Stream.concat(
                Stream.of(
                                "/%",
                                "/%4",
                                "/%zz",
                                "/%u0041",
                                "/a%00b",
                                "/a%0ab",
                                "/a%0d%0ab",
                                "/a%2500b",
                                "/a%7fb",
                                "/%c0%af",
                                "/%c0%ae%c0%ae/admin",
                                "/%e0%80%af",
                                "/%f0%80%80%af")
                        .map(path -> ConformanceCase.of("path " + path, "RFC 3986 2.1", get(path))
                                .expect(responds(400), Expectation.NOTHING_WHOLE)),
                Stream.of("/x/..\\admin", "/\\admin", "/admin\\x", "/a\\b")
                        .map(path -> ConformanceCase.of("path " + path, "RFC 3986 2", get(path))
                                .expect(either(
                                        all(responds(400), Expectation.NOTHING_WHOLE),
                                        all(responds(200), line("GET " + path + " HTTP/1.1"))))));
    }

    private static Stream<ConformanceCase> introspection() {
        return Stream.of(
                        "/__routes",
                        "/__circuit",
                        "/__limits",
                        "/__metrics",
                        "//__routes",
                        "/%5f%5froutes",
                        "/__routes/",
                        "/__routes;x",
                        "/x/../__routes",
                        "/__ROUTES")
                .map(path -> ConformanceCase.of("introspection by name, " + path, "RFC 9110 17.1", get(path))
                        .expect(either(respondsWithOneOf(400, 404), Expectation.ONE_REQUEST))
                        .expect(Expectation.neverShown("\"revision\""), Expectation.neverShown("gateway_requests")));
    }
}
