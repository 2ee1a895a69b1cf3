package dev.pintle.routing.path;

import dev.pintle.config.MatchSpec;
import dev.pintle.http.GatewayRequest;
import dev.pintle.routing.Route;
import dev.pintle.routing.match.MatchInput;
import dev.pintle.routing.match.Matcher;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one rule for paths: if every reading of a path selects the same route and stays under its path, the octets travel as
 * they came; else the path is ambiguous and goes nowhere. So nothing slips past a route into another, and nothing that an
 * upstream may legitimately get is refused or changed.
 */
public final class PathAmbiguityGuard {
    private PathAmbiguityGuard() {}

    /**
     * The route for a request, or null when none takes it.
     *
     * @throws AmbiguousPathException when readers would disagree
     */
    public static @Nullable Route select(Matcher matcher, GatewayRequest request) throws AmbiguousPathException {
        String path = request.path();
        MatchInput input = matcher.read(request);
        if (PathInterpretations.isPlain(path)) {
            return input.find(path);
        }
        Set<String> readings = PathInterpretations.of(path);
        Route selected = input.find(path);
        for (String reading : readings) {
            Route route = input.find(reading);
            if (!Objects.equals(id(route), id(selected))) {
                throw new AmbiguousPathException("means different routes to different readers");
            }
            if (route != null && leaves(route, reading)) {
                throw new AmbiguousPathException("leads out of its route");
            }
        }
        return selected;
    }

    private static boolean leaves(Route route, String reading) {
        MatchSpec match = Objects.requireNonNull(route.spec().match());
        String path = Objects.requireNonNull(match.path());
        return PathInterpretations.climbsOut(path.equals("/") ? reading : reading.substring(path.length()));
    }

    private static @Nullable String id(@Nullable Route route) {
        return route == null ? null : route.id();
    }
}
