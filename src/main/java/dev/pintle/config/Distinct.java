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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rejects a list with duplicates. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Distinct.Check.class)
public @interface Distinct {

    /** Placeholder; {@link SentenceValidator} supplies the message. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Validates the constraint. */
    final class Check extends SentenceValidator<Distinct, List<?>> {
        @Override
        protected Optional<String> fault(List<?> values) {
            Set<Object> seen = new HashSet<>();
            String duplicates = values.stream()
                    .filter(value -> value != null && !seen.add(value))
                    .map(String::valueOf)
                    .distinct()
                    .collect(Collectors.joining(", "));
            return duplicates.isEmpty()
                    ? Optional.empty()
                    : Optional.of("must not contain duplicates; it repeats " + Truncated.of(duplicates));
        }
    }
}
