package dev.pintle.policy;

import dev.pintle.config.BuiltInText;
import dev.pintle.config.DataSize;
import dev.pintle.config.DataSizeRange;
import dev.pintle.config.DurationRange;
import dev.pintle.config.Keywords;
import dev.pintle.config.Required;
import dev.pintle.config.RouteSpec;
import dev.pintle.config.SettingsType;
import dev.pintle.config.SpecComponent;
import dev.pintle.config.SpecShape;
import dev.pintle.routing.RouteSchema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.CodePointLength;

/** Generates the reference of the route keys from the annotations of the spec records. */
final class PolicyReference {
    private static final String INTRODUCTION = """
            # Keys of a route

            This page is for operators who write routes: it lists every key, its built-in value and its bounds. It is generated;
            `make reference` writes it again.

            Durations are a whole number and `ms`, `s`, `m`, `h` or `d`. Sizes are a whole number and `B`, `KB`, `KiB`, `MB`, `MiB`,
            `GB` or `GiB`. Unknown keys are refused, and a key whose value is null is absent.

            A value comes from the route, else from the [defaults](admin-api.md), else it is the built-in one. A list or a map
            is taken as a whole. The defaults may have every key below *Policies* and *Other settings*.
            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    /** Returns the page as Markdown. */
    static String page() {
        return new PolicyReference().written();
    }

    private String written() {
        page.append("\n## Route\n\n");
        table(SpecShape.of(RouteSpec.class));
        RouteSchema.SCHEMA.outcomes().forEach(type -> section("## ", type));
        page.append("\n## Policies\n\nIn the order in which a request passes them.\n");
        PolicyTypes.ALL.stream().filter(RouteSchema.SCHEMA.layered()::contains).forEach(type -> section("### ", type));
        page.append("\n## Other settings\n");
        RouteSchema.NO_POLICIES.forEach(type -> section("### ", type));
        return page.toString();
    }

    private void section(String level, SettingsType<?> type) {
        SpecShape<?> shape = SpecShape.of(type.spec());
        page.append('\n').append(level).append(type.key()).append("\n\n");
        page.append(shape.description()).append(' ').append(applies(type)).append("\n\n");
        table(shape);
    }

    private static String applies(SettingsType<?> type) {
        if (RouteSchema.OUTCOMES.contains(type)) {
            return "A route has exactly one of "
                    + RouteSchema.OUTCOMES.stream()
                            .map(each -> '`' + each.key() + '`')
                            .collect(Collectors.joining(", "))
                    + '.';
        }
        return type.standard() ? "Applies to every route." : "Applies only where the key is given.";
    }

    private void table(SpecShape<?> shape) {
        page.append("| key | built in | bounds | meaning |\n|---|---|---|---|\n");
        rows("", shape);
    }

    private void rows(String prefix, SpecShape<?> shape) {
        for (SpecComponent component : shape.components()) {
            String key = prefix + component.name();
            Class<? extends Record> nested = nested(component.type());
            Class<? extends Record> element = component.elementType() == null ? null : nested(component.elementType());
            row(
                    key,
                    component,
                    nested == null
                            ? component.description()
                            : SpecShape.of(nested).description());
            if (nested != null) {
                rows(key + '.', SpecShape.of(nested));
            }
            if (element != null) {
                rows(key + "[].", SpecShape.of(element));
            }
        }
    }

    private void row(String key, SpecComponent component, String meaning) {
        page.append("| `").append(key).append("` | ");
        page.append(BuiltInText.of(component.builtIn())).append(" | ");
        page.append(bounds(component))
                .append(" | ")
                .append(meaning.replace("|", "\\|"))
                .append(" |\n");
    }

    private static String bounds(SpecComponent component) {
        String range = Stream.of(
                        component.annotation(Min.class).map(min -> min.value() + " to "),
                        component.annotation(Max.class).map(max -> Long.toString(max.value())),
                        component.annotation(DurationRange.class).map(bounds -> bounds.min() + " to " + bounds.max()),
                        component.annotation(DataSizeRange.class).map(bounds -> bounds.min() + " to " + bounds.max()),
                        component
                                .annotation(CodePointLength.class)
                                .map(length -> "up to " + length.max() + " characters"),
                        component.annotation(Size.class).map(PolicyReference::entries))
                .flatMap(bound -> bound.stream())
                .collect(Collectors.joining());
        String required = component.annotation(Required.class).isPresent() ? "required" : "";
        return Stream.of(required, range, keywords(component.type()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String entries(Size size) {
        return size.max() == Integer.MAX_VALUE ? "not empty" : size.min() + " to " + size.max() + " entries";
    }

    private static String keywords(Type type) {
        return type instanceof Class<?> plain && plain.isEnum()
                ? Arrays.stream(plain.getEnumConstants())
                        .map(constant -> '`' + Keywords.of(constant) + '`')
                        .collect(Collectors.joining(", "))
                : "";
    }

    private static Class<? extends Record> nested(Type type) {
        return type instanceof Class<?> plain && plain.isRecord() && plain != DataSize.class
                ? plain.asSubclass(Record.class)
                : null;
    }
}
