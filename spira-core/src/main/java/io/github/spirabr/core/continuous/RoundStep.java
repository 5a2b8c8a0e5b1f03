package io.github.spirabr.core.continuous;

/** Steps of a round, in their order. A round that ends early leaves out the later ones but the last two. */
public enum RoundStep {
    /** The lease was taken. */
    LEASED,
    /** All recordings are listed, and their contents known. */
    LISTED,
    /** What arrived was looked at, and put into quarantine where need be. */
    EXAMINED,
    /** The data of this round and the subjects' sides are written down. */
    SNAPSHOT_KEPT,
    /** It was decided that a challenger is trained. */
    TRIGGERED,
    /** The challenger is saved. */
    TRAINED,
    /** The challenger was opened afresh, and gave the trainer's answers. */
    VERIFIED,
    /** Challenger and champion were compared. */
    COMPARED,
    /** The verdict is written down, and will be carried out. */
    DECIDED,
    /** The champion is what the verdict says. */
    PROMOTED,
    /** The round is in the history. */
    RECORDED,
    /** The lease was given back. */
    RELEASED
}
