package dev.pintle.importers;

import dev.pintle.crypto.Sha256;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Derives ids from names, so that a later import of the same source has the same ids. A name that is too long or taken gets a
 * part of its digest. Not safe for concurrent use.
 */
final class StableIds {
    private static final int MAX_LENGTH = 63;
    private static final int DIGEST = 8;

    private final Set<String> taken = new HashSet<>(Set.of("validate"));

    String of(String name) {
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String id = words.isEmpty() ? "root" : words;
        if (id.length() <= MAX_LENGTH && taken.add(id)) {
            return id;
        }
        String base = id.substring(0, Math.min(id.length(), MAX_LENGTH - DIGEST - 1));
        String digest = Sha256.hex(name);
        for (int i = 0; !taken.add(base + '-' + digest.substring(0, DIGEST)); i++) {
            digest = Sha256.hex(name + ' ' + i);
        }
        return base + '-' + digest.substring(0, DIGEST);
    }
}
