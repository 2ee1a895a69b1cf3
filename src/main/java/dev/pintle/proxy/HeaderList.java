package dev.pintle.proxy;

import dev.pintle.http.Headers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Elements of a header whose value is a list (RFC 9110 section 5.6.1): of all its lines, without empty ones. */
final class HeaderList {
    private HeaderList() {}

    /** The last elements, at most as many as given: a client may send thousands. */
    static List<String> of(Headers headers, String name, int most) {
        Deque<String> elements = new ArrayDeque<>();
        for (String value : headers.all(name).reversed()) {
            int end = value.length();
            while (end >= 0 && elements.size() < most) {
                int comma = value.lastIndexOf(',', end - 1);
                String element = value.substring(comma + 1, end).strip();
                if (!element.isEmpty()) {
                    elements.addFirst(element);
                }
                end = comma;
            }
        }
        return List.copyOf(elements);
    }
}
