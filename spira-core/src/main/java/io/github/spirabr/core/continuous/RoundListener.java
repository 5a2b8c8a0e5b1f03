package io.github.spirabr.core.continuous;

/** A listener to a round's progress, called on the thread that runs it. An exception thrown here ends the round. */
@FunctionalInterface
public interface RoundListener {

    /**
     * Receives a completed step.
     *
     * @param step the step
     * @param detail a text, such as the number of arrivals
     */
    void onStep(RoundStep step, String detail);
}
