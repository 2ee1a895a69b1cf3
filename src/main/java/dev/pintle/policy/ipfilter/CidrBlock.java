package dev.pintle.policy.ipfilter;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import dev.pintle.config.SentenceValidator;
import dev.pintle.config.Truncated;
import dev.pintle.http.CidrSet;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** Requires an IP address or a CIDR block without a zone, because zones are names of local network interfaces. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CidrBlock.Check.class)
public @interface CidrBlock {
    /** Placeholder; {@link SentenceValidator} supplies the message. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** Validates the constraint. */
    final class Check extends SentenceValidator<CidrBlock, String> {
        @Override
        protected Optional<String> fault(String block) {
            return CidrSet.isBlock(block)
                    ? Optional.empty()
                    : Optional.of(
                            "must be an IP address or a CIDR block such as 10.0.0.0/8 or 2001:db8::/32, without a zone;"
                                    + " it is " + Truncated.quoted(block));
        }
    }
}
