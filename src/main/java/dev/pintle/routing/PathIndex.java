package dev.pintle.routing;

import dev.pintle.exchange.GatewayRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one host by path: a tree of path segments. Finding costs as many steps as the path has segments in
 * common with some route, however many routes there are. Filled by one thread, then read by all.
 */
final class PathIndex {
    private final Node root = new Node(null);

    private static final class Node {
        private final @Nullable Node parent;
        private final Map<String, Node> children = new HashMap<>();
        private final List<Candidate> candidates = new ArrayList<>(1);

        Node(@Nullable Node parent) {
            this.parent = parent;
        }
    }

    void add(Candidate candidate) {
        Node node = root;
        String path = candidate.path();
        for (int start = 1; start <= path.length() && path.length() > 1; ) {
            int end = segmentEnd(path, start);
            Node parent = node;
            node = node.children.computeIfAbsent(path.substring(start, end), segment -> new Node(parent));
            start = end + 1;
        }
        node.candidates.add(candidate);
        node.candidates.sort(Candidate.MOST_SPECIFIC);
    }

    /** The most specific route for the path, among those whose condition holds. */
    @Nullable
    Route find(String path, GatewayRequest request) {
        Node node = root;
        int start = 1;
        while (start <= path.length()) {
            int end = segmentEnd(path, start);
            Node child = node.children.get(path.substring(start, end));
            if (child == null) {
                break;
            }
            node = child;
            start = end + 1;
        }
        for (Node here = node; here != null; here = here.parent) {
            Route route = first(here.candidates, request, path);
            if (route != null) {
                return route;
            }
        }
        return null;
    }

    private static @Nullable Route first(List<Candidate> candidates, GatewayRequest request, String path) {
        for (Candidate candidate : candidates) {
            if ((!candidate.exact() || candidate.path().equals(path))
                    && candidate.condition().holds(request)) {
                return candidate.route();
            }
        }
        return null;
    }

    private static int segmentEnd(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }
}
