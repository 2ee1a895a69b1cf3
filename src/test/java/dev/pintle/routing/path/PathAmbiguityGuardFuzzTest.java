package dev.pintle.routing.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.routing.match.Matcher;
import dev.pintle.routing.table.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Over random routes: no interpretation of a path reaches a path outside its route, and the guard accepts ordinary
 * paths.
 */
class PathAmbiguityGuardFuzzTest {
    /** A fixed seed by default; more tries cover more. */
    private static final String SEED = "26112026";

    private static final int PATHS = 30;
    private static final List<String> WORDS = List.of("a", "b", "admin", "{}");

    /** A route with a path or a template; a segment {@code {}} is a parameter. */
    record Rule(String path, boolean exact) {
        /** The most specific rule is the greatest: segment by segment a literal, then a parameter, then the end. */
        static final Comparator<Rule> SPECIFICITY =
                Comparator.<Rule, String>comparing(Rule::rank).thenComparing(Rule::exact);

        private boolean isTemplate() {
            return path.contains("{}");
        }

        private String rank() {
            return Stream.of(path.substring(1).split("/", -1))
                    .filter(segment -> !path.equals("/"))
                    .map(segment -> segment.equals("{}") ? "1" : "2")
                    .collect(Collectors.joining());
        }

        boolean matches(String interpretation) {
            String below = exact ? "" : path.equals("/") ? ".*" : "(/.*)?";
            String pattern =
                    Stream.of(path.split("\\{}", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
            return Pattern.compile(pattern + below, Pattern.DOTALL)
                    .matcher(interpretation)
                    .matches();
        }

        String match() {
            if (!isTemplate()) {
                return "\"path\": \"" + path + "\", \"exact\": " + exact;
            }
            StringBuilder template = new StringBuilder();
            for (String segment : path.substring(1).split("/", -1)) {
                template.append('/').append(segment.equals("{}") ? "{p" + template.length() + "}" : segment);
            }
            return "\"template\": \"" + template + (exact ? "" : "/{rest...}") + '"';
        }

        /** Returns the path that the upstream receives when the route strips its path. */
        String rest(String taken) {
            int parameter = path.indexOf("/{}");
            String literal = parameter < 0 ? path : path.substring(0, parameter);
            return literal.equals("/") ? taken : taken.substring(literal.length());
        }

        /** The segments that an interpretation has in the places of the parameters. */
        List<String> parameters(String interpretation) {
            List<String> segments = List.of(path.substring(1).split("/", -1));
            List<String> actual = List.of(interpretation.substring(1).split("/", -1));
            return IntStream.range(0, segments.size())
                    .filter(i -> segments.get(i).equals("{}"))
                    .mapToObj(actual::get)
                    .toList();
        }
    }

    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void noInterpretationReachesAPathOutsideTheRoute(
            @ForAll("routes") List<Rule> rules, @ForAll("hostilePaths") List<String> paths) {
        Matcher matcher = matcher(rules);
        for (String path : paths) {
            Optional<Rule> selected;
            try {
                selected = select(matcher, rules, path);
            } catch (AmbiguousPathException e) {
                continue;
            }
            for (String interpretation : UpstreamPathReaders.of(path)) {
                assertThat(routed(rules, interpretation))
                        .as("%s, interpreted as %s", path, interpretation)
                        .isEqualTo(selected);
            }
            if (selected.isPresent()) {
                Rule rule = selected.get();
                assertThat(UpstreamPathReaders.of(path))
                        .as("the parameters of %s", path)
                        .noneMatch(interpretation -> rule.parameters(interpretation).stream()
                                .anyMatch(value -> value.equals(".") || value.equals("..")));
                assertThat(UpstreamPathReaders.of("/base" + selected.get().rest(path)))
                        .as("%s behind a prefix", path)
                        .allMatch(interpretation -> new Rule("/base", false).matches(interpretation));
            }
        }
    }

    @Property(seed = SEED, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
    void ordinaryPathsAreAccepted(
            @ForAll("routesWithPaths") List<Rule> rules, @ForAll("ordinaryPaths") List<String> paths)
            throws AmbiguousPathException {
        Matcher matcher = matcher(rules);
        for (String path : paths) {
            assertThat(select(matcher, rules, path)).as(path).isEqualTo(routed(rules, path));
        }
    }

    private static Matcher matcher(List<Rule> rules) {
        return Matcher.of(rules.stream()
                .map(rule -> Tables.route(Integer.toString(rules.indexOf(rule)), rule.match()))
                .toList());
    }

    private static Optional<Rule> select(Matcher matcher, List<Rule> rules, String path) throws AmbiguousPathException {
        return Optional.ofNullable(PathAmbiguityGuard.select(matcher, Tables.get(path)))
                .map(route -> rules.get(Integer.parseInt(route.id())));
    }

    private static Optional<Rule> routed(List<Rule> rules, String interpretation) {
        return rules.stream().filter(rule -> rule.matches(interpretation)).max(Rule.SPECIFICITY);
    }

    @Provide
    Arbitrary<List<Rule>> routes() {
        return routes(WORDS);
    }

    /** An encoded slash in a parameter is not ordinary. */
    @Provide
    Arbitrary<List<Rule>> routesWithPaths() {
        return routes(List.of("a", "b", "admin"));
    }

    private static Arbitrary<List<Rule>> routes(List<String> segments) {
        Arbitrary<String> paths =
                Arbitraries.of(segments).list().ofMaxSize(3).map(words -> "/" + String.join("/", words));
        Arbitrary<Rule> rules = Combinators.combine(paths, Arbitraries.of(0, 0, 1, 2))
                .as((path, kind) ->
                        new Rule(kind == 2 && path.length() > 1 && !path.contains("{}") ? path + '/' : path, kind > 0));
        return rules.list().ofMinSize(1).ofMaxSize(7).uniqueElements();
    }

    @Provide
    Arbitrary<List<String>> hostilePaths() {
        Arbitrary<String> plain = Arbitraries.of("/a", "/b", "/admin", "/..", "/x");
        Arbitrary<String> hostile = Arbitraries.of(
                "/",
                "//",
                "..",
                ".",
                "/.",
                "/../..",
                "a",
                "%61",
                "%2561",
                "%2e",
                "%2E%2e",
                "%252e",
                "%2f",
                "%2F..",
                "%252f",
                "%25",
                "\\",
                "\\..",
                "%5c",
                "%255C",
                ";",
                ";x=1",
                "..;",
                "%3b",
                "%253B",
                ";/",
                "%C3%A9",
                "%c0%ae",
                "%c0%af",
                "%e0%80%af",
                "%00",
                "%2500",
                "%zz",
                "%",
                "%%32%65");
        return paths(Arbitraries.oneOf(plain, plain, hostile));
    }

    @Provide
    Arbitrary<List<String>> ordinaryPaths() {
        Arbitrary<String> segments = Arbitraries.of(
                        "x",
                        "2.0",
                        "%2F",
                        "%2f",
                        "%20",
                        "%5C",
                        "%25",
                        ";v=1",
                        "%C3%A9",
                        "%E2%82%AC",
                        "+",
                        ":",
                        "@",
                        "~",
                        "!$&'()*,=")
                .list()
                .ofMaxSize(4)
                .map(pieces -> "/x" + String.join("", pieces));
        Arbitrary<String> beginnings = Arbitraries.of("/a", "/b", "/admin");
        return Combinators.combine(paths(beginnings), segments.list().ofSize(PATHS))
                .as((begun, ended) -> IntStream.range(0, PATHS)
                        .mapToObj(i -> begun.get(i) + ended.get(i))
                        .toList());
    }

    private static Arbitrary<List<String>> paths(Arbitrary<String> pieces) {
        return pieces.list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(all -> String.join("", all))
                .map(path -> path.startsWith("/") ? path : '/' + path)
                .list()
                .ofSize(PATHS);
    }
}
