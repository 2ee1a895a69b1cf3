package dev.pintle.upstream.target;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import dev.pintle.config.SentenceValidator;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** Requires the URL of a target; see {@link TargetUrl}. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = HttpUrl.Check.class)
public @interface HttpUrl {
    /** Replaced by a sentence about the value. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** The check of the constraint. */
    final class Check extends SentenceValidator<HttpUrl, String> {
        @Override
        protected Optional<String> fault(String url) {
            return TargetUrl.fault(url);
        }
    }
}
