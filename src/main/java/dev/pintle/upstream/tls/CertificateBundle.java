package dev.pintle.upstream.tls;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import dev.pintle.config.SentenceValidator;
import dev.pintle.tls.Pem;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** Requires certificates as PEM, at most 256 KiB and without private keys. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CertificateBundle.Check.class)
public @interface CertificateBundle {
    /** Replaced by a sentence about the value. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** The check of the constraint. */
    final class Check extends SentenceValidator<CertificateBundle, String> {
        private static final int LONGEST = 256 << 10;

        @Override
        protected Optional<String> fault(String bundle) {
            if (Pem.holdsPrivateKey(bundle)) {
                return Optional.of(
                        "contains a private key; remove it, and replace the key, because others may know it now");
            }
            if (bundle.length() > LONGEST) {
                return Optional.of("must have at most " + LONGEST + " characters; it has " + bundle.length());
            }
            try {
                Pem.certificates(bundle);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.ofNullable(e.getMessage());
            }
        }
    }
}
