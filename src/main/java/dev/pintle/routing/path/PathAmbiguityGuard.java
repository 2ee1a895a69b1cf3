package dev.pintle.routing.path;

import dev.pintle.config.PathTemplate;
import dev.pintle.http.GatewayRequest;
import dev.pintle.routing.Route;
import dev.pintle.routing.match.MatchInput;
import dev.pintle.routing.match.Matcher;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Protects routes against path confusion. A path passes unchanged when all its interpretations select the same route
 * and stay below the path of that route. Otherwise it is ambiguous, and the gateway rejects the request. A request
 * therefore cannot bypass its route, and legitimate paths reach the upstream byte for byte.
 */
public final class PathAmbiguityGuard {
    private static final Set<String> DOTS = Set.of(".", "..");

    private PathAmbiguityGuard() {}

    /**
     * Selects the route for a request; null when none matches.
     *
     * @throws AmbiguousPathException when two interpretations of the path disagree
     */
    public static @Nullable Route select(Matcher matcher, GatewayRequest request) throws AmbiguousPathException {
        String path = request.path();
        MatchInput input = matcher.read(request);
        if (PathInterpretations.isPlain(path)) {
            return input.find(path);
        }
        Set<String> interpretations = PathInterpretations.of(path);
        Route selected = input.find(path);
        List<String> values = values(selected, path);
        for (String interpretation : interpretations) {
            Route route = input.find(interpretation);
            if (!Objects.equals(id(route), id(selected))) {
                throw new AmbiguousPathException("has interpretations that select different routes");
            }
            if (route != null && leavesRoute(route, interpretation)) {
                throw new AmbiguousPathException("has an interpretation that leaves the path of its route");
            }
            if (!values(route, interpretation).equals(values)) {
                throw new AmbiguousPathException("gives a parameter different values for different readers");
            }
        }
        return selected;
    }

    /** Returns whether dot segments of an interpretation lead out of the path or the parameters of a route. */
    private static boolean leavesRoute(Route route, String interpretation) {
        PathTemplate template = route.template();
        if (template != null) {
            return template.segmentValues(interpretation).stream().anyMatch(DOTS::contains)
                    || PathInterpretations.climbsOut(template.below(interpretation));
        }
        String path = route.path();
        return PathInterpretations.climbsOut(
                path.equals("/") ? interpretation : interpretation.substring(path.length()));
    }

    /** The values of parameters that are one segment, as a reader sees them that decodes all it can. */
    private static List<String> values(@Nullable Route route, String interpretation) {
        PathTemplate template = route == null ? null : route.template();
        return template == null
                ? List.of()
                : template.segmentValues(interpretation).stream()
                        .map(PathInterpretations::decodedSegment)
                        .toList();
    }

    private static @Nullable String id(@Nullable Route route) {
        return route == null ? null : route.id();
    }
}
