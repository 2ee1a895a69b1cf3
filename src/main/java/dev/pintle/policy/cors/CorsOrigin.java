package dev.pintle.policy.cors;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import dev.pintle.config.SentenceValidator;
import dev.pintle.config.Truncated;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** Requires an origin as browsers send it, all origins below a domain, or {@code *}. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CorsOrigin.Check.class)
public @interface CorsOrigin {
    /** Replaced by a sentence about the value. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** The check of the constraint. */
    final class Check extends SentenceValidator<CorsOrigin, String> {
        @Override
        protected Optional<String> fault(String origin) {
            if (origin.equals("null")) {
                return Optional.of("must not be null: every sandboxed page of any site sends this origin");
            }
            return OriginSet.isValid(origin)
                    ? Optional.empty()
                    : Optional.of(
                            "must be * or an origin such as https://app.example.com or https://*.example.org, in lower case,"
                                    + " without a path and without the default port; it is "
                                    + Truncated.quoted(origin));
        }
    }
}
