package dev.pintle.soak;

/** One thing that goes wrong on purpose, and what came of it. */
interface Drill {
    /**
     * A line of the table.
     *
     * @param drill what was done
     * @param goal what is to hold
     * @param reached what was measured
     */
    record Figure(String drill, String goal, String reached) {}

    Figure run() throws Exception;
}
