package dev.pintle.config;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** Requires a path with parameters; see {@link PathTemplate}. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RouteTemplate.Check.class)
public @interface RouteTemplate {
    /** Placeholder; {@link SentenceValidator} supplies the message. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Validates the constraint. */
    final class Check extends SentenceValidator<RouteTemplate, String> {
        @Override
        protected Optional<String> fault(String template) {
            return PathTemplate.fault(template);
        }
    }
}
