package dev.pintle.config;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** A constraint validator whose message depends on the value. It accepts null. */
public abstract class SentenceValidator<A extends Annotation, T> implements ConstraintValidator<A, T> {
    /** Returns the fault of a value and the remedy; empty when the value is valid. */
    protected abstract Optional<String> fault(T value);

    @Override
    public final boolean isValid(@Nullable T value, ConstraintValidatorContext context) {
        Optional<String> fault = value == null ? Optional.empty() : fault(value);
        fault.ifPresent(sentence ->
                context.unwrap(HibernateConstraintValidatorContext.class).withDynamicPayload(sentence));
        return fault.isEmpty();
    }
}
