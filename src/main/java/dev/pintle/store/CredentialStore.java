package dev.pintle.store;

import dev.pintle.credentials.Credential;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The credentials of consumers in PostgreSQL. Every change is announced to all nodes. Safe for all threads. */
public final class CredentialStore {
    private static final String COLUMNS = "id, consumer, kind, name, hash, created, expires, last_used";
    /** The kinds that this version knows. A credential of a later version does not exist for this node. */
    private static final List<String> KINDS =
            Arrays.stream(Credential.Kind.values()).map(CredentialStore::word).toList();

    private final Jdbi jdbi;

    public CredentialStore(Jdbi jdbi) {
        this.jdbi = jdbi.registerArrayType(String.class, "text");
    }

    /**
     * A credential in a list.
     *
     * @param lastUsed null when the credential was never used
     */
    public record Listed(Credential credential, @Nullable LocalDate lastUsed) {}

    /** All credentials at one version. */
    public record Contents(long version, List<Credential> credentials) {
        public Contents {
            credentials = List.copyOf(credentials);
        }
    }

    /** Reads all credentials; empty when their version is the known one. */
    public Optional<Contents> read(long knownVersion) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                long version = handle.select("select coalesce(max(number), 0) from credential_version")
                        .mapTo(long.class)
                        .one();
                return version == knownVersion
                        ? Optional.<Contents>empty()
                        : Optional.of(new Contents(
                                version,
                                handle.createQuery("select " + COLUMNS
                                                + " from credential where kind = any(:kinds) order by id")
                                        .bindArray("kinds", String.class, KINDS)
                                        .map(CredentialStore::credential)
                                        .list()));
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /** The credentials of a consumer, by age. */
    public List<Listed> of(String consumer) throws StoreUnavailableException {
        try {
            return jdbi.inTransaction(handle -> {
                handle.execute(ConfigurationStore.ONE_SNAPSHOT + ConfigurationStore.LIMITS);
                return handle.createQuery(
                                "select " + COLUMNS
                                        + " from credential where consumer = :consumer and kind = any(:kinds) order by created, id")
                        .bind("consumer", consumer)
                        .bindArray("kinds", String.class, KINDS)
                        .map((row, context) ->
                                new Listed(credential(row, context), row.getObject("last_used", LocalDate.class)))
                        .list();
            });
        } catch (JdbiException e) {
            throw DatabaseErrorTranslator.of(e);
        }
    }

    /**
     * Adds a key, or sets the password of a consumer.
     *
     * @return false when the consumer does not exist, or when another key has the same id or the same secret
     */
    public boolean put(Credential credential) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            // The lock prevents the deletion of the consumer before the credential is committed.
            boolean exists = handle.select(
                            "select 1 from entity where kind = 'consumer' and id = ? for key share",
                            credential.consumer())
                    .mapTo(int.class)
                    .findOne()
                    .isPresent();
            boolean taken = handle.select(
                            "select 1 from credential where hash = ? and id <> ?", credential.hash(), credential.id())
                    .mapTo(int.class)
                    .findOne()
                    .isPresent();
            if (!exists || taken) {
                return false;
            }
            @Nullable
            OffsetDateTime expires =
                    credential.expires() == null ? null : credential.expires().atOffset(ZoneOffset.UTC);
            int written = handle.execute(
                    """
                    insert into credential (id, consumer, kind, name, hash, created, expires) values (?, ?, ?, ?, ?, ?, ?)
                    on conflict (id) do update set hash = excluded.hash, created = excluded.created
                    where credential.kind = 'password' and excluded.kind = 'password'""",
                    credential.id(),
                    credential.consumer(),
                    word(credential.kind()),
                    credential.name(),
                    credential.hash(),
                    credential.created().atOffset(ZoneOffset.UTC),
                    expires);
            if (written > 0) {
                changed(handle);
            }
            return written > 0;
        });
    }

    /** Removes a credential for good; returns whether the consumer had it. */
    public boolean revoke(String consumer, String id) throws StoreUnavailableException {
        return WriteTransaction.run(jdbi, handle -> {
            boolean revoked = handle.execute("delete from credential where consumer = ? and id = ?", consumer, id) > 0;
            if (revoked) {
                changed(handle);
            }
            return revoked;
        });
    }

    /** Records that credentials were used today. */
    public void used(Collection<String> ids) throws StoreUnavailableException {
        WriteTransaction.run(
                jdbi,
                handle -> handle.createUpdate("""
                        update credential set last_used = current_date
                        where id = any(:ids) and last_used is distinct from current_date""")
                        .bindArray("ids", String.class, ids)
                        .execute());
    }

    /**
     * Removes the credentials of consumers that do not exist, in the transaction that removed these consumers or confirms their
     * removal.
     */
    static void removeOrphans(Handle handle) {
        int removed = handle.execute("""
                delete from credential
                where not exists (select from entity where kind = 'consumer' and id = credential.consumer)""");
        if (removed > 0) {
            changed(handle);
        }
    }

    /** Notifies with a payload that is not a revision number: every node then reads the credentials again. */
    static void changed(Handle handle) {
        handle.execute("update credential_version set number = number + 1");
        handle.execute("select pg_notify(?, 'credentials')", RevisionNotifications.CHANNEL);
    }

    private static Credential credential(ResultSet row, StatementContext context) throws SQLException {
        @Nullable OffsetDateTime expires = row.getObject("expires", OffsetDateTime.class);
        return new Credential(
                row.getString("consumer"),
                row.getString("id"),
                Credential.Kind.valueOf(
                        row.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
                row.getString("name"),
                row.getString("hash"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                expires == null ? null : expires.toInstant());
    }

    private static String word(Credential.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
