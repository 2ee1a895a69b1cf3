package dev.pintle.upstream.tls;

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
import javax.net.ssl.SNIHostName;

/** Requires a host name that TLS can send (SNI). */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ServerName.Check.class)
public @interface ServerName {
    /** Replaced by a sentence about the value. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** The check of the constraint. */
    final class Check extends SentenceValidator<ServerName, String> {
        @Override
        protected Optional<String> fault(String name) {
            return isHostName(name)
                    ? Optional.empty()
                    : Optional.of("must be a host name without a port; it is " + Truncated.quoted(name));
        }

        private static boolean isHostName(String name) {
            try {
                return new SNIHostName(name).getAsciiName().equals(name);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
