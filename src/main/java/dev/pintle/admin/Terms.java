package dev.pintle.admin;

import dev.pintle.store.Author;
import dev.pintle.store.Precondition;
import jakarta.ws.rs.container.ContainerRequestContext;

/** What a write says besides its body: who writes, why, and on what condition. */
record Terms(Author author, Precondition precondition) {
    static final String REASON = "Pintle-Reason";

    private static final int LONGEST_REASON = 500;

    static Terms of(ContainerRequestContext request) {
        String reason = request.getHeaderString(REASON);
        if (reason != null && reason.length() > LONGEST_REASON) {
            throw new Refusal(
                    Reason.BAD_REQUEST,
                    REASON + " takes " + LONGEST_REASON + " characters at most; this one has " + reason.length() + '.');
        }
        String given = reason == null || reason.isBlank() ? null : reason.strip();
        return new Terms(new Author(RequireToken.name(request), given), Preconditions.of(request));
    }
}
