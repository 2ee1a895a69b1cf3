package dev.pintle.proxy;

import dev.pintle.http.Headers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Splits list headers (RFC 9110 section 5.6.1): the elements of all lines, without empty ones. */
final class HeaderList {
    private HeaderList() {}

    /**
     * Returns the last elements.
     *
     * @param max the maximum number of elements, because a client may send thousands
     */
    static List<String> of(Headers headers, String name, int max) {
        Deque<String> elements = new ArrayDeque<>();
        for (String value : headers.all(name).reversed()) {
            int end = value.length();
            while (end >= 0 && elements.size() < max) {
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
