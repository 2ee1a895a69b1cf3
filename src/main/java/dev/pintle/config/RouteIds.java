package dev.pintle.config;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Validates and derives the ids of routes. */
public final class RouteIds {
    /** The syntax of an id, as a regular expression. */
    public static final String SYNTAX = "[a-z0-9][a-z0-9-]{0,62}";

    private static final Pattern PATTERN = Pattern.compile(SYNTAX);
    private static final int MAX_LENGTH = 60;

    /** Ids that conflict with paths of the admin API. */
    static final Set<String> RESERVED = Set.of("validate");

    private RouteIds() {}

    /** Returns whether a text has the syntax of an id. */
    public static boolean isValid(String id) {
        return PATTERN.matcher(id).matches();
    }

    /** Derives an id from a path: {@code users-v1} from {@code /users/v1}. Appends a number when the id is taken. */
    public static String fromPath(String path, Predicate<String> taken) {
        String words =
                path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String base = words.isEmpty() ? "root" : words.substring(0, Math.min(words.length(), MAX_LENGTH - 5));
        String id = base;
        for (int number = 2; taken.test(id) || RESERVED.contains(id); number++) {
            id = base + '-' + number;
        }
        return id;
    }
}
