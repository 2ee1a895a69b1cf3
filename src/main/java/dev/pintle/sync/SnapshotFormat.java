package dev.pintle.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentKey;
import dev.pintle.config.EntityKind;
import dev.pintle.config.UnreadableDocument;
import dev.pintle.config.VersionedDocument;
import dev.pintle.credentials.Credential;
import dev.pintle.crypto.Sha256;
import dev.pintle.guard.GuardBounds;
import dev.pintle.store.PendingConfirmation;
import dev.pintle.store.Unconfirmed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a snapshot as three lines of text: format and time, the configuration as JSON, and the SHA-256 of these two
 * lines. The JSON names are those of {@link Content} and {@link VersionedDocument}: renaming one needs a new format
 * version.
 *
 * <pre>
 * pintle-snapshot 1 2026-01-31T12:00:00Z
 * {"revision":7,"defaults":{"revision":0,"json":{}},"routes":{"users":{"revision":7,"json":{…}}}}
 * sha256 9f86d081884c7d65…
 * </pre>
 */
final class SnapshotFormat {
    private static final String NAME = "pintle-snapshot";
    private static final String VERSION = "1";

    /** The version with an unconfirmed revision, so that an earlier version of Pintle does not serve it for good. */
    private static final String UNCONFIRMED_VERSION = "2";

    private static final ObjectMapper JSON = new ObjectMapper();

    private SnapshotFormat() {}

    static String encode(Snapshot snapshot) {
        try {
            String version = snapshot.unconfirmed() == null ? VERSION : UNCONFIRMED_VERSION;
            String first = NAME + ' ' + version + ' ' + snapshot.at();
            Content content = Content.of(snapshot.configuration(), snapshot.credentials());
            String second = JSON.writeValueAsString(
                    snapshot.unconfirmed() == null ? content : UnconfirmedContent.of(content, snapshot.unconfirmed()));
            return first + '\n' + second + '\n' + checksum(first, second) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode the configuration as JSON", e);
        }
    }

    /**
     * Decodes a snapshot.
     *
     * @throws InvalidSnapshotException with a message that continues a sentence about the file
     */
    static Snapshot decode(String text) throws InvalidSnapshotException {
        String[] lines = text.split("\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (!first[0].equals(NAME) || first.length < 2) {
            throw new InvalidSnapshotException("is not a snapshot of Pintle");
        }
        if (!first[1].equals(VERSION) && !first[1].equals(UNCONFIRMED_VERSION)) {
            throw new InvalidSnapshotException("was written by another version of Pintle in format " + first[1]
                    + "; this version reads formats " + VERSION + " and " + UNCONFIRMED_VERSION);
        }
        if (lines.length != 4 || !lines[2].equals(checksum(lines[0], lines[1])) || first.length != 3) {
            throw new InvalidSnapshotException("is damaged or truncated: its checksum does not match");
        }
        try {
            Instant at = Instant.parse(first[2]);
            return first[1].equals(VERSION)
                    ? JSON.readValue(lines[1], Content.class).snapshot(at, null)
                    : JSON.readValue(lines[1], UnconfirmedContent.class).snapshot(at);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new InvalidSnapshotException("has a valid checksum but unreadable content: " + e.getMessage());
        }
    }

    /**
     * The readable documents of a configuration; the snapshot omits unreadable ones.
     *
     * @param defaultsFault the reason that the defaults are unreadable; absent when they are readable. Versions that do not
     *     know it refuse the snapshot, instead of serving routes without the defaults.
     */
    private record Content(
            long revision,
            VersionedDocument defaults,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String defaultsFault,

            SortedMap<String, VersionedDocument> routes,
            @Nullable Map<EntityKind, SortedMap<String, VersionedDocument>> entities,
            @Nullable List<SavedCredential> credentials) {
        static Content of(Configuration configuration, List<Credential> credentials) {
            return new Content(
                    configuration.revision(),
                    configuration.defaults(),
                    configuration
                            .unreadable(DocumentKey.DEFAULTS)
                            .map(UnreadableDocument::reason)
                            .orElse(null),
                    configuration.routes(),
                    configuration.entities(),
                    credentials.stream().map(SavedCredential::of).toList());
        }

        Configuration configuration() {
            return new Configuration(
                    revision, defaults, routes, Objects.requireNonNullElse(entities, Map.of()), unreadable());
        }

        private List<UnreadableDocument> unreadable() {
            return defaultsFault == null
                    ? List.of()
                    : List.of(new UnreadableDocument(
                            UnreadableDocument.DEFAULTS,
                            UnreadableDocument.DEFAULTS,
                            defaults.revision(),
                            defaultsFault));
        }

        Snapshot snapshot(Instant at, @Nullable Unconfirmed unconfirmed) {
            List<SavedCredential> saved = Objects.requireNonNullElse(credentials, List.of());
            return new Snapshot(
                    configuration(),
                    saved.stream()
                            .filter(SavedCredential::isOfKnownKind)
                            .map(SavedCredential::credential)
                            .toList(),
                    at,
                    unconfirmed);
        }
    }

    /** A credential with its times as text. */
    private record SavedCredential(
            String consumer,
            String id,
            String kind,
            String name,
            String hash,
            String created,
            @Nullable String expires) {
        static SavedCredential of(Credential credential) {
            return new SavedCredential(
                    credential.consumer(),
                    credential.id(),
                    credential.kind().name(),
                    credential.name(),
                    credential.hash(),
                    credential.created().toString(),
                    credential.expires() == null ? null : credential.expires().toString());
        }

        /** A later version may have written further kinds, which do not exist for this one. */
        boolean isOfKnownKind() {
            return Stream.of(Credential.Kind.values())
                    .anyMatch(known -> known.name().equals(kind));
        }

        Credential credential() {
            return new Credential(
                    consumer,
                    id,
                    Credential.Kind.valueOf(kind),
                    name,
                    hash,
                    Instant.parse(created),
                    expires == null ? null : Instant.parse(expires));
        }
    }

    /** An unconfirmed configuration, and the one before. */
    private record UnconfirmedContent(
            Content live,
            Content before,
            String revertsAt,
            long leftMillis,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String guard) {
        static UnconfirmedContent of(Content live, Unconfirmed unconfirmed) {
            PendingConfirmation pending = unconfirmed.pending();
            return new UnconfirmedContent(
                    live,
                    Content.of(unconfirmed.before(), List.of()),
                    pending.revertsAt().toString(),
                    pending.left().toMillis(),
                    pending.guard() == null ? null : pending.guard().text());
        }

        Snapshot snapshot(Instant at) {
            PendingConfirmation pending = new PendingConfirmation(
                    live.revision(),
                    Instant.parse(revertsAt),
                    Duration.ofMillis(leftMillis),
                    guard == null ? null : GuardBounds.parse(guard));
            return live.snapshot(at, new Unconfirmed(pending, before.configuration()));
        }
    }

    private static String checksum(String first, String second) {
        return "sha256 " + Sha256.hex(first + '\n' + second + '\n');
    }
}
