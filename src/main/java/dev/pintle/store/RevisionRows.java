package dev.pintle.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pintle.history.Cause;
import dev.pintle.history.ChangeOp;
import dev.pintle.history.ChangedDocument;
import dev.pintle.history.DocumentDelta;
import dev.pintle.history.Revision;
import dev.pintle.history.RevisionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Maps rows of the history. */
final class RevisionRows {
    /** The columns of a revision, of a table with the alias {@code r}. */
    static final String REVISION = "r.number, r.at, r.author, r.reason, r.cause, r.cause_revision, r.state";

    /** The columns of a change without its documents, of a table with the alias {@code c}. */
    static final String CHANGE = "c.kind, c.id, c.before is null as is_new, c.after is null as is_deleted";

    private RevisionRows() {}

    /** @param latest the number of the latest revision */
    static Revision revision(ResultSet row, long latest) throws SQLException {
        long number = row.getLong("number");
        return new Revision(
                number,
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("author"),
                row.getString("reason"),
                new Cause(row.getString("cause"), row.getObject("cause_revision", Long.class)),
                state(row.getString("state"), number == latest));
    }

    /** A state of a later version counts as confirmed. */
    private static RevisionState state(String state, boolean isLatest) {
        return switch (state) {
            case "unconfirmed" -> RevisionState.UNCONFIRMED;
            case "reverted" -> RevisionState.REVERTED;
            default -> isLatest ? RevisionState.LIVE : RevisionState.PAST;
        };
    }

    static ChangedDocument change(ResultSet row) throws SQLException {
        ChangeOp op = ChangeOp.UPDATE;
        if (row.getBoolean("is_new")) {
            op = ChangeOp.CREATE;
        } else if (row.getBoolean("is_deleted")) {
            op = ChangeOp.DELETE;
        }
        return new ChangedDocument(row.getString("kind"), row.getString("id"), op);
    }

    static DocumentDelta delta(ResultSet row) throws SQLException {
        return new DocumentDelta(
                row.getString("kind"),
                row.getString("id"),
                document(row.getString("before")),
                document(row.getString("after")));
    }

    static @Nullable JsonNode document(@Nullable String text) {
        return text == null ? null : json(text);
    }

    /** Returns an unreadable document as its text. */
    static JsonNode json(String text) {
        JsonNode json = StoredRow.read(0, text).json();
        return json == null ? TextNode.valueOf(text) : json;
    }
}
