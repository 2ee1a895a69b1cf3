package dev.pintle.soak;

/** A fault injection with its results. */
interface Drill {
    /**
     * A line of the table.
     *
     * @param drill the fault
     * @param goal the required result
     * @param reached the measured result
     */
    record Figure(String drill, String goal, String reached) {}

    Figure run() throws Exception;
}
