package dev.pintle.http;

import java.util.Arrays;

/** A set of header names, which compare without case. A lookup allocates nothing. Immutable. */
public final class HeaderNameSet {
    /** The names of each length. */
    private final String[][] names;

    private HeaderNameSet(String[][] names) {
        this.names = names;
    }

    /** Creates a set of these names. */
    public static HeaderNameSet of(String... names) {
        int longest = Arrays.stream(names).mapToInt(String::length).max().orElse(0);
        String[][] byLength = new String[longest + 1][];
        Arrays.setAll(
                byLength,
                length -> Arrays.stream(names)
                        .filter(name -> name.length() == length)
                        .toArray(String[]::new));
        return new HeaderNameSet(byLength);
    }

    /** Returns whether the set contains a name, in any case. */
    public boolean contains(String name) {
        if (name.length() >= names.length) {
            return false;
        }
        for (String member : names[name.length()]) {
            if (member.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
