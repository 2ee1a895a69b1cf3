package dev.pintle.upstream.target;

/** Pseudo-random numbers that are equal on every node and after every start. */
public final class StableHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private StableHash() {}

    public static long of(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** Derives a number between 0 and 1, both exclusive, from the two hashes. */
    public static double fraction(long one, long other) {
        return ((mix(one ^ other) >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64: each bit of the input turns about half of the output's. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
