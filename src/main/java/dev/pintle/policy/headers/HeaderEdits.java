package dev.pintle.policy.headers;

import dev.pintle.http.Body;
import dev.pintle.http.ConnectionHeader;
import dev.pintle.http.Exchange;
import dev.pintle.http.HeaderNames;
import dev.pintle.http.Headers;
import dev.pintle.policy.template.ValueTemplate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The edits of one direction. Immutable. */
public final class HeaderEdits {
    private static final int MAX_VALUE = 8 << 10;

    private final Set<String> removed = new HashSet<>();
    private final Map<String, ValueTemplate> set;
    private final Map<String, ValueTemplate> added;
    private final Set<String> written = new HashSet<>();
    private final Runnable rejected;

    /**
     * Compiles edits.
     *
     * @param spec null: no edits
     * @param rejected runs for each value that may not be sent
     */
    public HeaderEdits(@Nullable HeaderEditsSpec spec, Runnable rejected) {
        this.set = templates(spec == null ? null : spec.set());
        this.added = templates(spec == null ? null : spec.add());
        this.rejected = rejected;
        List<String> names = spec == null ? null : spec.remove();
        Objects.requireNonNullElse(names, List.<String>of()).forEach(name -> removed.add(HeaderNames.folded(name)));
        set.keySet().forEach(name -> removed.add(HeaderNames.folded(name)));
        set.keySet().forEach(name -> written.add(HeaderNames.folded(name)));
        added.keySet().forEach(name -> written.add(HeaderNames.folded(name)));
    }

    private static Map<String, ValueTemplate> templates(@Nullable Map<String, String> texts) {
        Map<String, ValueTemplate> templates = new LinkedHashMap<>();
        Objects.requireNonNullElse(texts, Map.<String, String>of())
                .forEach((name, text) -> templates.put(name, ValueTemplate.of(text)));
        return templates;
    }

    boolean isEmpty() {
        return removed.isEmpty() && added.isEmpty();
    }

    /**
     * The edited headers.
     *
     * @param exchange gives the values of the templates
     */
    public Headers applied(Headers headers, Exchange exchange) {
        Headers.Builder edited = Headers.builder();
        ConnectionHeader.withoutNames(headers, written).forEach((name, value) -> {
            if (!removed.contains(HeaderNames.folded(name))) {
                edited.add(name, value);
            }
        });
        set.forEach((name, template) -> add(name, template, exchange, edited));
        added.forEach((name, template) -> add(name, template, exchange, edited));
        return edited.build();
    }

    /**
     * The body without the trailers that bear the name of a header that is set or removed. A recipient may merge trailers
     * into the headers.
     */
    Body applied(Body body) {
        return removed.isEmpty() ? body : body.withoutTrailers(name -> removed.contains(HeaderNames.folded(name)));
    }

    private void add(String name, ValueTemplate template, Exchange exchange, Headers.Builder edited) {
        String value = template.render(exchange);
        if (value == null) {
            return;
        }
        if (value.length() > MAX_VALUE || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            rejected.run();
            return;
        }
        edited.add(name, value);
    }
}
