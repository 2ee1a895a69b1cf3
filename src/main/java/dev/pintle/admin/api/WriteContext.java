package dev.pintle.admin.api;

import dev.pintle.admin.auth.AuthenticationFilter;
import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.config.UnicodeText;
import dev.pintle.history.ConfirmationTerms;
import dev.pintle.store.Author;
import dev.pintle.store.Precondition;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jspecify.annotations.Nullable;

/** The metadata of a write: author, reason and precondition. */
public record WriteContext(Author author, Precondition precondition) {
    public static final String REASON = "Pintle-Reason";

    public static final String CONFIRM = "Pintle-Confirm";

    private static final int MAX_REASON = 500;

    static WriteContext of(ContainerRequestContext request) {
        Author author = new Author(
                        AuthenticationFilter.token(request).name(), reason(request), AuditTrailFilter.call(request))
                .on(confirmation(request))
                .awaiting(WriteAnswerFilter.isAwaited(request));
        return new WriteContext(author, Preconditions.of(request));
    }

    private static @Nullable ConfirmationTerms confirmation(ContainerRequestContext request) {
        String terms = request.getHeaderString(CONFIRM);
        try {
            return terms == null ? null : ConfirmationTerms.parse(terms);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiErrorCode.BAD_REQUEST, CONFIRM + ' ' + e.getMessage() + '.');
        }
    }

    /** The reason of the request; null without one. */
    static @Nullable String reason(ContainerRequestContext request) {
        String reason = request.getHeaderString(REASON);
        if (reason != null && UnicodeText.length(reason) > MAX_REASON) {
            throw new ApiException(
                    ApiErrorCode.BAD_REQUEST,
                    REASON + " must have at most " + MAX_REASON + " characters; it has " + UnicodeText.length(reason)
                            + '.');
        }
        return reason == null || reason.isBlank() ? null : reason.strip();
    }
}
