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

/** Checks spec records against the constraints on their components (Jakarta Validation). Safe for all threads. */
final class SpecValidator {
    private static final Validator VALIDATOR = validator();

    private SpecValidator() {}

    /**
     * The violations of a record that stands at {@code pointer}, in the order of their pointers.
     *
     * @param unreadable the pointers of values that are not missing, but could not be read
     */
    static List<Violation> violations(Record spec, String pointer, Set<String> unreadable) {
        boolean sole = SpecShape.of(spec.getClass()).soleValue() != null;
        return VALIDATOR.validate(spec).stream()
                .flatMap(violation -> {
                    String place = pointer + pointer(violation.getPropertyPath(), sole);
                    boolean reported = isMissing(violation) && unreadable.contains(place);
                    return reported ? Stream.empty() : Stream.of(new Violation(place, message(violation)));
                })
                .sorted(Comparator.comparing(Violation::pointer))
                .toList();
    }

    private static boolean isMissing(ConstraintViolation<?> violation) {
        return violation.getConstraintDescriptor().getAnnotation() instanceof Required;
    }

    /** @param sole whether the JSON of the record is that of its only component, which then has no name in the pointer */
    private static String pointer(Path path, boolean sole) {
        String pointer = "";
        boolean named = !sole;
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

    /** A validator that speaks English on every machine. */
    private static Validator validator() {
        ValidatorFactory factory = Validation.byProvider(HibernateValidator.class)
                .configure()
                .ignoreXmlConfiguration()
                .messageInterpolator(new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
                .buildValidatorFactory();
        return factory.getValidator();
    }
}
