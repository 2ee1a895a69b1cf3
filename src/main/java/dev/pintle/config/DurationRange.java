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
import java.time.Duration;
import java.util.Optional;

/** Bounds a duration; both bounds are included and written like {@code 1m}. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DurationRange.Check.class)
public @interface DurationRange {
    /** The shortest duration. */
    String min();

    /** The longest duration. */
    String max();

    /** Placeholder; {@link SentenceValidator} supplies the message. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Validates the constraint. */
    final class Check extends SentenceValidator<DurationRange, Duration> {
        private Duration min = Duration.ZERO;
        private Duration max = Duration.ZERO;

        @Override
        public void initialize(DurationRange range) {
            min = Durations.parse(range.min()).orElseThrow();
            max = Durations.parse(range.max()).orElseThrow();
        }

        @Override
        protected Optional<String> fault(Duration value) {
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0
                    ? Optional.empty()
                    : Optional.of("must be from " + Durations.format(min) + " to " + Durations.format(max) + "; it is "
                            + Durations.format(value));
        }
    }
}
