package dev.pintle.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message in their original order (RFC 9110 section 5). Names keep their case and compare without it.
 * Repeated headers stay separate. Immutable.
 */
public final class Headers {
    public static final Headers EMPTY = new Headers(new String[0]);

    /** name, value, name, value … */
    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /** Creates headers from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header has a name and a value");
        }
        return new Headers(namesAndValues.clone());
    }

    public static Builder builder() {
        return new Builder(24);
    }

    /** A builder that starts with these headers. */
    public Builder toBuilder() {
        Builder builder = new Builder(fields.length + 16);
        forEach(builder::add);
        return builder;
    }

    /** The value of the first header with this name. */
    public @Nullable String first(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /** The values of all headers with this name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    /** The members of all headers with this name, parsed as comma-separated tokens, in lower case. */
    public List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>(2);
        forEachToken(name, tokens::add);
        return tokens;
    }

    /** The same one by one, for lists that a client may make as long as its head. */
    public void forEachToken(String name, Consumer<String> action) {
        for (String value : all(name)) {
            for (int start = 0; start <= value.length(); ) {
                int comma = value.indexOf(',', start);
                int end = comma < 0 ? value.length() : comma;
                String token = value.substring(start, end).strip();
                if (!token.isEmpty()) {
                    action.accept(token.toLowerCase(Locale.ROOT));
                }
                start = end + 1;
            }
        }
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    public boolean isEmpty() {
        return fields.length == 0;
    }

    /** Whether several headers have this name. */
    public boolean isRepeated(String name) {
        int found = 0;
        for (int i = 0; i < fields.length; i += 2) {
            found += fields[i].equalsIgnoreCase(name) ? 1 : 0;
        }
        return found > 1;
    }

    /** The number of headers. */
    public int size() {
        return fields.length / 2;
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** The headers whose names do not satisfy {@code name}. */
    public Headers without(Predicate<String> name) {
        Builder builder = new Builder(fields.length);
        forEach((field, value) -> {
            if (!name.test(field)) {
                builder.add(field, value);
            }
        });
        return builder.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && Arrays.equals(fields, headers.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(fields);
    }

    @Override
    public String toString() {
        return Arrays.toString(fields);
    }

    /** Builds headers. Used by one thread. */
    public static final class Builder {
        private String[] fields;
        private int size;

        private Builder(int capacity) {
            fields = new String[Math.max(capacity, 2)];
        }

        /** Appends a header and keeps those with the same name. */
        public Builder add(String name, String value) {
            if (size == fields.length) {
                fields = Arrays.copyOf(fields, size * 2);
            }
            fields[size++] = name;
            fields[size++] = value;
            return this;
        }

        /** Replaces all headers with this name. */
        public Builder set(String name, String value) {
            return remove(name).add(name, value);
        }

        /** Removes all headers with this name. */
        public Builder remove(String name) {
            int kept = 0;
            for (int i = 0; i < size; i += 2) {
                if (!fields[i].equalsIgnoreCase(name)) {
                    fields[kept] = fields[i];
                    fields[kept + 1] = fields[i + 1];
                    kept += 2;
                }
            }
            size = kept;
            return this;
        }

        public Headers build() {
            return size == 0 ? EMPTY : new Headers(Arrays.copyOf(fields, size));
        }
    }
}
