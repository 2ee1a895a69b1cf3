package dev.pintle.policy.rewrite;

import dev.pintle.http.ByteText;
import dev.pintle.http.QueryString;
import dev.pintle.policy.template.ValueTemplate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes parameters of the query. Immutable. */
final class QueryRewrite {
    private final Map<String, ValueTemplate> set = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();

    /** @param spec null: changes nothing */
    QueryRewrite(@Nullable QueryRewriteSpec spec) {
        if (spec != null) {
            Objects.requireNonNullElse(spec.set(), Map.<String, String>of())
                    .forEach((name, template) -> set.put(ByteText.of(name), ValueTemplate.of(template)));
            Objects.requireNonNullElse(spec.remove(), List.<String>of())
                    .forEach(name -> removed.add(ByteText.of(name)));
            removed.addAll(set.keySet());
        }
    }

    boolean changesNothing() {
        return removed.isEmpty();
    }

    /**
     * The query that the upstream receives.
     *
     * @param values gives the value of a template; null when it has none
     */
    @Nullable
    String rewritten(@Nullable String query, Function<ValueTemplate, @Nullable String> values) {
        String kept = QueryString.without(query, removed::contains);
        StringBuilder rewritten = new StringBuilder(kept == null ? "" : kept);
        set.forEach((name, template) -> {
            String value = values.apply(template);
            if (value != null) {
                rewritten
                        .append(rewritten.isEmpty() ? "" : "&")
                        .append(ByteText.percentEncoded(name))
                        .append('=')
                        .append(ByteText.percentEncoded(value));
            }
        });
        return rewritten.isEmpty() && kept == null ? null : rewritten.toString();
    }
}
