package dev.pintle.policy.headers;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import dev.pintle.config.SentenceValidator;
import dev.pintle.config.Truncated;
import dev.pintle.http.HeaderNames;
import dev.pintle.http.HttpToken;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.Set;

/** Requires the name of a header that operators may edit: one that neither frames the message nor belongs to the gateway. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = EditableHeader.Check.class)
public @interface EditableHeader {
    /** Replaced by a sentence about the value. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** The check of the constraint. */
    final class Check extends SentenceValidator<EditableHeader, String> {
        private static final Set<String> PROTECTED = Set.of(
                "connection",
                "content-length",
                "expect",
                "forwarded",
                "keep-alive",
                "proxy-authenticate",
                "proxy-authorization",
                "proxy-connection",
                "proxy-status",
                "te",
                "traceparent",
                "trailer",
                "transfer-encoding",
                "upgrade",
                "via",
                "x-trace-id");
        private static final Set<String> PROTECTED_PREFIXES = Set.of("x-forwarded-", "ratelimit");

        @Override
        protected Optional<String> fault(String name) {
            if (!HttpToken.matches(name)) {
                return Optional.of(
                        "is not a header name; write a name such as X-Consumer instead of " + Truncated.quoted(name));
            }
            String folded = HeaderNames.folded(name);
            if (folded.equals("host")) {
                return Optional.of("cannot be edited here; use rewrite.host or rewrite.preserveHost");
            }
            return PROTECTED.contains(folded) || PROTECTED_PREFIXES.stream().anyMatch(folded::startsWith)
                    ? Optional.of("is a header that the gateway itself sets or removes; edit another than " + name)
                    : Optional.empty();
        }
    }
}
