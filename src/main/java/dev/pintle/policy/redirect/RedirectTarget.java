package dev.pintle.policy.redirect;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import dev.pintle.config.SentenceValidator;
import dev.pintle.config.Truncated;
import dev.pintle.policy.template.ValueTemplate;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;

/** Requires the template of a URL whose host no client can choose, except by asking for that host. */
@Target({FIELD, METHOD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = RedirectTarget.Check.class)
public @interface RedirectTarget {
    /** Replaced by a sentence about the value. */
    String message() default "is not valid";

    /** Required by Jakarta Validation. */
    Class<?>[] groups() default {};

    /** Required by Jakarta Validation. */
    Class<? extends Payload>[] payload() default {};

    /** The check of the constraint. */
    final class Check extends SentenceValidator<RedirectTarget, String> {
        /** 1 to 65535, without leading zeros. */
        private static final String PORT =
                "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

        private static final String LABEL = "(?:[A-Za-z0-9_-]|\\{host})+";
        private static final String HOST =
                "(?:" + LABEL + "(?:\\." + LABEL + ")*\\.?|\\[[0-9A-Fa-f:.]+])(?::" + PORT + ")?";
        private static final String BEGIN = "(?:https?://" + HOST + "(?=[/?#]|\\{path}|$)|(?=/(?![/\\\\])|\\{path}))";
        private static final String REST = "(?:[A-Za-z0-9/?#\\[\\]@!$&'()*+,;=:._~%-]|\\{[^{}]+})*";

        @Override
        protected Optional<String> fault(String to) {
            Optional<String> fault = ValueTemplate.fault(to);
            if (fault.isEmpty() && !to.matches(BEGIN + REST)) {
                return Optional.of(
                        "must be a URL that begins with https://HOST, http://HOST, / or {path}, percent-encoded; HOST may"
                                + " have {host} and no other variable, or clients could choose it. It is "
                                + Truncated.quoted(to));
            }
            return fault;
        }
    }
}
