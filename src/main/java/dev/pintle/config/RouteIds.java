package dev.pintle.config;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Ids for routes whose author gave none. */
public final class RouteIds {
    private static final int LONGEST = 60;

    /** Words that stand where ids stand in the paths of the admin API. */
    static final Set<String> RESERVED = Set.of("validate");

    private RouteIds() {}

    public static boolean isValid(String id) {
        return RouteValidator.ID.matcher(id).matches();
    }

    /** An id made of a path, {@code /users/v1} to {@code users-v1}, with a number behind it while it is taken. */
    public static String fromPath(String path, Predicate<String> taken) {
        String words =
                path.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String base = words.isEmpty() ? "root" : words.substring(0, Math.min(words.length(), LONGEST - 5));
        String id = base;
        for (int number = 2; taken.test(id) || RESERVED.contains(id); number++) {
            id = base + '-' + number;
        }
        return id;
    }
}
