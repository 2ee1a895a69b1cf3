package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.VersionedDocument;
import dev.pintle.store.Precondition;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses {@code If-Match} and {@code If-None-Match} of writes (RFC 9110 section 13.1). The entity tag of a document is
 * the revision that wrote it, as a strong tag; tags compare strongly, so a weak one never matches.
 */
final class Preconditions {
    /** One member of a list with the commas around it; empty members are ignored (RFC 9110 section 5.6.1). */
    private static final Pattern MEMBER =
            Pattern.compile("\\G[ \\t,]*+(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*+)\"[ \\t]*+(?:,[ \\t,]*+|$)");

    private static final Pattern REVISION = Pattern.compile("0|[1-9][0-9]{0,17}");

    private Preconditions() {}

    static Precondition of(ContainerRequestContext request) {
        String match = request.getHeaderString(HttpHeaders.IF_MATCH);
        String noneMatch = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (match != null && noneMatch != null) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, "Send If-Match or If-None-Match, not both.");
        }
        if (match != null) {
            return match.strip().equals("*") ? new Precondition.Exists() : new Precondition.WrittenBy(revisions(match));
        }
        if (noneMatch == null) {
            return new Precondition.None();
        }
        if (!noneMatch.strip().equals("*")) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, "A write supports only \"If-None-Match: *\".");
        }
        return new Precondition.Absent();
    }

    /** Checks a precondition against the stored document, for writes that depend on it. */
    static void require(Precondition precondition, VersionedDocument stored) {
        boolean holds = switch (precondition) {
            case Precondition.None() -> true;
            case Precondition.Exists() -> true;
            case Precondition.Absent() -> false;
            case Precondition.WrittenBy(var revisions) -> revisions.contains(stored.revision());
        };
        if (!holds) {
            throw new ApiException(
                    ApiErrorCode.PRECONDITION_FAILED,
                    "The document was last written by revision " + stored.revision()
                            + "; read it again and repeat the edit with the new ETag.");
        }
    }

    private static Set<Long> revisions(String tags) {
        Set<Long> revisions = new HashSet<>();
        Matcher member = MEMBER.matcher(tags);
        int end = 0;
        while (end < tags.length() && member.find()) {
            end = member.end();
            if (member.group(1) == null && REVISION.matcher(member.group(2)).matches()) {
                revisions.add(Long.valueOf(member.group(2)));
            }
        }
        if (end < tags.length() || tags.isEmpty()) {
            throw new ApiException(
                    ApiErrorCode.BAD_REQUEST,
                    "If-Match must be * or a list of entity tags such as \"7\", with the quotes.");
        }
        return revisions;
    }
}
