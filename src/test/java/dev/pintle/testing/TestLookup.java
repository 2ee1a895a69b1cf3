package dev.pintle.testing;

import dev.pintle.upstream.discovery.TargetLookup;
import java.io.IOException;

/** Lookups of tests without DNS. */
public final class TestLookup {
    /** Fails every lookup. */
    public static final TargetLookup NONE = query -> {
        throw new IOException("this test has no DNS");
    };

    private TestLookup() {}
}
