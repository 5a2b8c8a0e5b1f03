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
    void onStep(Step step, String detail);

    /** Steps of a round, in their order. A round that ends early leaves out the later ones but the last two. */
    enum Step {
        /** The lease was taken. */
        LEASED,
        /** All recordings are listed, and their contents known. */
        LISTED,
        /** The arrivals were examined, and put into quarantine where necessary. */
        EXAMINED,
        /** The data of this round and the subjects' sets were recorded. */
        SNAPSHOT_KEPT,
        /** It was decided that a challenger is trained. */
        TRIGGERED,
        /** The challenger is saved. */
        TRAINED,
        /** The challenger was opened again from the repository, and gave the trainer's answers. */
        VERIFIED,
        /** Challenger and champion were compared. */
        COMPARED,
        /** The verdict is written down, and will be carried out. */
        DECIDED,
        /** The verdict was carried out. */
        PROMOTED,
        /** The round is in the history. */
        RECORDED,
        /** The lease was given back. */
        RELEASED
    }
}
