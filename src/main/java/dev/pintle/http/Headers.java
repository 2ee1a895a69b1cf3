package dev.pintle.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message in their original order (RFC 9110 section 5). Names keep their case and compare without it.
 * Repeated headers stay separate. Immutable.
 */
public final class Headers {
    private static final String[] NONE = {};
    public static final Headers EMPTY = new Headers(NONE, 0);

    /** name, value, name, value … and, after {@link #end}, unused places. */
    private final String[] fields;

    private final int end;

    private Headers(String[] fields, int end) {
        this.fields = fields;
        this.end = end;
    }

    /** Creates headers from alternating names and values. */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header has a name and a value");
        }
        return new Headers(namesAndValues.clone(), namesAndValues.length);
    }

    public static Builder builder() {
        return builder(12);
    }

    /** A builder with places for a number of headers. It takes more. */
    public static Builder builder(int headers) {
        return new Builder(2 * headers);
    }

    /** A builder that starts with these headers. */
    public Builder toBuilder() {
        Builder builder = builder(size() + 8);
        forEach(builder::add);
        return builder;
    }

    /** The value of the first header with this name. */
    public @Nullable String first(String name) {
        for (int i = 0; i < end; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /** The values of all headers with this name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < end; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return values;
    }

    /** The members of all headers with this name, parsed as comma-separated tokens, in lower case. */
    public List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>();
        forEachToken(name, tokens::add);
        return tokens;
    }

    /** The same one by one, for lists that a client may make as long as its head. */
    public void forEachToken(String name, Consumer<String> action) {
        for (int i = 0; i < end; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                TokenList.forEach(fields[i + 1], action);
            }
        }
    }

    /** Whether the tokens of the headers with this name contain one, in any case. */
    public boolean hasToken(String name, String token) {
        for (int i = 0; i < end; i += 2) {
            if (fields[i].equalsIgnoreCase(name) && TokenList.contains(fields[i + 1], token)) {
                return true;
            }
        }
        return false;
    }

    public boolean has(String name) {
        return first(name) != null;
    }

    public boolean isEmpty() {
        return end == 0;
    }

    /** Whether several headers have this name. */
    public boolean isRepeated(String name) {
        int found = 0;
        for (int i = 0; i < end; i += 2) {
            found += fields[i].equalsIgnoreCase(name) ? 1 : 0;
        }
        return found > 1;
    }

    /** The number of headers. */
    public int size() {
        return end / 2;
    }

    /** The name of a header; the index of the first is 0. */
    public String name(int index) {
        return fields[2 * index];
    }

    /** The value of a header; the index of the first is 0. */
    public String value(int index) {
        return fields[2 * index + 1];
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < end; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /** The headers whose names do not satisfy {@code name}. */
    public Headers without(Predicate<String> name) {
        Builder builder = builder(size());
        forEach((field, value) -> {
            if (!name.test(field)) {
                builder.add(field, value);
            }
        });
        return builder.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && Arrays.equals(fields, 0, end, headers.fields, 0, headers.end);
    }

    @Override
    public int hashCode() {
        return list().hashCode();
    }

    @Override
    public String toString() {
        return list().toString();
    }

    private List<String> list() {
        return Arrays.asList(fields).subList(0, end);
    }

    /** Builds headers. Used by one thread. */
    public static final class Builder {
        private String[] fields;
        private int size;

        private Builder(int capacity) {
            fields = capacity == 0 ? NONE : new String[capacity];
        }

        /** Appends a header and keeps those with the same name. */
        public Builder add(String name, String value) {
            if (size == fields.length) {
                fields = Arrays.copyOf(fields, Math.max(size * 2, 16));
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

        /** Returns the headers without a copy of them, and empties the builder. */
        public Headers build() {
            Headers built = size == 0 ? EMPTY : new Headers(fields, size);
            fields = NONE;
            size = 0;
            return built;
        }
    }
}
