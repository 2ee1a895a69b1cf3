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

/** Bounds a size; both bounds are included and written like {@code 16MiB}. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DataSizeRange.Check.class)
public @interface DataSizeRange {
    /** The smallest size. */
    String min() default "0B";

    /** The largest size. */
    String max();

    /** Placeholder; {@link SentenceValidator} supplies the message. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Validates the constraint. */
    final class Check extends SentenceValidator<DataSizeRange, DataSize> {
        private DataSize min = new DataSize(0);
        private DataSize max = new DataSize(0);

        @Override
        public void initialize(DataSizeRange range) {
            min = DataSize.parse(range.min()).orElseThrow();
            max = DataSize.parse(range.max()).orElseThrow();
        }

        @Override
        protected Optional<String> fault(DataSize value) {
            return value.bytes() >= min.bytes() && value.bytes() <= max.bytes()
                    ? Optional.empty()
                    : Optional.of("must be from " + min + " to " + max + "; it is " + value);
        }
    }
}
