package dev.pintle.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.engine.HibernateConstraintViolation;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/** Validates spec records against the constraints on their components (Jakarta Validation). Safe for all threads. */
final class SpecValidator {
    private static final Validator VALIDATOR = validator();

    private SpecValidator() {}

    /**
     * Returns the violations of a record at {@code pointer}, in the order of their pointers.
     *
     * @param unreadable the pointers of values that are present but unreadable
     */
    static List<Violation> violations(Record spec, String pointer, Set<String> unreadable) {
        boolean single = SpecShape.of(spec.getClass()).singleValue() != null;
        return VALIDATOR.validate(spec).stream()
                .flatMap(violation -> {
                    String absolute = pointer + pointer(violation.getPropertyPath(), single);
                    boolean reported = isMissing(violation) && unreadable.contains(absolute);
                    return reported ? Stream.empty() : Stream.of(new Violation(absolute, message(violation)));
                })
                .sorted(Comparator.comparing(Violation::pointer))
                .toList();
    }

    private static boolean isMissing(ConstraintViolation<?> violation) {
        return violation.getConstraintDescriptor().getAnnotation() instanceof Required;
    }

    /**
     * Converts a property path to a JSON pointer.
     *
     * @param single whether the only component of the record is its JSON, and therefore has no name in the pointer
     */
    private static String pointer(Path path, boolean single) {
        String pointer = "";
        boolean named = !single;
        for (Path.Node node : path) {
            if (node.isInIterable()) {
                Object position = node.getIndex() == null ? node.getKey() : node.getIndex();
                pointer = JsonPointers.child(pointer, String.valueOf(position));
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer = named ? JsonPointers.child(pointer, node.getName()) : pointer;
                named = true;
            }
        }
        return pointer;
    }

    private static String message(ConstraintViolation<?> violation) {
        HibernateConstraintViolation<?> details = violation.unwrap(HibernateConstraintViolation.class);
        String sentence = details.getDynamicPayload(String.class);
        return sentence == null ? rule(violation) + value(violation.getInvalidValue()) : sentence;
    }

    private static String rule(ConstraintViolation<?> violation) {
        return switch (violation.getConstraintDescriptor().getAnnotation()) {
            case Min min -> "must be at least " + min.value();
            case Max max -> "must be at most " + max.value();
            default -> violation.getMessage();
        };
    }

    private static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Collection<?> collection -> "; it has " + collection.size();
            case Map<?, ?> map -> "; it has " + map.size();
            default -> "; it is " + Truncated.of(SpecWriter.json(value).toString());
        };
    }

    /** Creates a validator with English messages in every locale. */
    private static Validator validator() {
        ValidatorFactory factory = Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .messageInterpolator(new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
                .buildValidatorFactory();
        return factory.getValidator();
    }
}
