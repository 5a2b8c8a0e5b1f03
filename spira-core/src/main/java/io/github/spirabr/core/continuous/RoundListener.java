package io.github.spirabr.core.continuous;

/** Hears of a round's progress, on the thread that runs it. What it throws ends the round. */
@FunctionalInterface
public interface RoundListener {

    /**
     * A step is done.
     *
     * @param step which
     * @param detail for people, such as how many recordings arrived
     */
    void onStep(RoundStep step, String detail);
}
