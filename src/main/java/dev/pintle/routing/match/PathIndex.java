package dev.pintle.routing.match;

import dev.pintle.config.PathTemplate;
import dev.pintle.routing.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one host by path: a tree of path segments. A lookup takes at most one step for each segment of the
 * path, and two where a segment meets a parameter, for any number of routes. Immutable: an edit creates an index that
 * shares all unchanged branches.
 */
final class PathIndex {
    static final PathIndex EMPTY = new PathIndex(new Node());

    private final Node root;

    private PathIndex(Node root) {
        this.root = root;
    }

    /** A path segment. Only the edit that created a node changes it. */
    private static final class Node {
        private final Map<String, Node> children;
        private final List<MatchEntry> candidates;

        Node() {
            this.children = new HashMap<>();
            this.candidates = new ArrayList<>(1);
        }

        Node(Node other) {
            this.children = new HashMap<>(other.children);
            this.candidates = new ArrayList<>(other.candidates);
        }

        boolean isEmpty() {
            return children.isEmpty() && candidates.isEmpty();
        }
    }

    boolean isEmpty() {
        return root.isEmpty();
    }

    /** Finds the most specific route for the path whose predicates hold. */
    @Nullable
    Route find(String path, MatchInput request) {
        return find(root, path, 1, request);
    }

    /** A literal segment comes before a parameter, and both come before a match that ends here. */
    private static @Nullable Route find(@Nullable Node node, String path, int start, MatchInput request) {
        if (node == null) {
            return null;
        }
        if (start <= path.length()) {
            int end = segmentEnd(path, start);
            Route route = find(node.children.get(path.substring(start, end)), path, end + 1, request);
            if (route == null && end > start) {
                route = find(node.children.get(PathTemplate.PARAMETER), path, end + 1, request);
            }
            if (route != null) {
                return route;
            }
        }
        return first(node.candidates, request, path);
    }

    private static @Nullable Route first(List<MatchEntry> candidates, MatchInput request, String path) {
        for (MatchEntry candidate : candidates) {
            if ((!candidate.exact() || candidate.matchesPath(path))
                    && candidate.predicates().holds(request)) {
                return candidate.route();
            }
        }
        return null;
    }

    private static int segmentEnd(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? path.length() : slash;
    }

    /** Returns whether a segment starts at this position. The root path has no segment. */
    private static boolean hasSegment(String path, int start) {
        return start <= path.length() && path.length() > 1;
    }

    Edit edit() {
        return new Edit(root);
    }

    /** Builds a changed index. Used by one thread. */
    static final class Edit {
        private final Set<Node> own = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Node root;

        private Edit(Node shared) {
            this.root = own(shared);
        }

        private Node own(Node node) {
            if (own.contains(node)) {
                return node;
            }
            Node copy = new Node(node);
            own.add(copy);
            return copy;
        }

        void add(MatchEntry candidate) {
            List<MatchEntry> candidates = node(candidate.path()).candidates;
            candidates.add(candidate);
            candidates.sort(MatchEntry.MOST_SPECIFIC);
        }

        private Node node(String path) {
            Node node = root;
            for (int start = 1; hasSegment(path, start); ) {
                int end = segmentEnd(path, start);
                node = node.children.compute(
                        path.substring(start, end), (segment, child) -> own(child == null ? new Node() : child));
                start = end + 1;
            }
            return node;
        }

        void remove(MatchEntry candidate) {
            remove(root, candidate, 1);
        }

        /** Removes the entry and the branches that become empty. */
        private void remove(Node node, MatchEntry candidate, int start) {
            if (!hasSegment(candidate.path(), start)) {
                node.candidates.remove(candidate);
                return;
            }
            int end = segmentEnd(candidate.path(), start);
            node.children.computeIfPresent(candidate.path().substring(start, end), (segment, child) -> {
                Node copy = own(child);
                remove(copy, candidate, end + 1);
                return copy.isEmpty() ? null : copy;
            });
        }

        PathIndex done() {
            return new PathIndex(root);
        }
    }
}
