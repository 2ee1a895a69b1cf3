package dev.pintle.config;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of named documents that routes refer to. They are revisioned like routes. */
public enum EntityKind {
    CONSUMER("consumer", "consumers", "consumers", ConsumerSpec.class),
    IDENTITY_PROVIDER("identity-provider", "identity-providers", "identityProviders", IdentityProviderSpec.class);

    private final String word;
    private final String path;
    private final String listKey;
    private final Class<? extends Record> spec;

    EntityKind(String word, String path, String listKey, Class<? extends Record> spec) {
        this.word = word;
        this.path = path;
        this.listKey = listKey;
        this.spec = spec;
    }

    /** The name in the database, in the history and in batches. */
    public String word() {
        return word;
    }

    /** The segment of the path in the admin API. */
    public String path() {
        return path;
    }

    /** The key of a list of such documents, in answers and export files. */
    public String listKey() {
        return listKey;
    }

    /** The name in a sentence. */
    public String noun() {
        return word.replace('-', ' ');
    }

    /** The record that the JSON becomes. */
    public Class<? extends Record> spec() {
        return spec;
    }

    public DocumentKey key(String id) {
        return new DocumentKey(word, id);
    }

    /** The kind with this word; empty for routes and the defaults. */
    public static Optional<EntityKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
