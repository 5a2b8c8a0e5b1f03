package io.github.spirabr.core.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * One move of an alias, as its history keeps it.
 *
 * @param id unique, so that a move that was repeated on the way to the registry is made once
 * @param at when, to the millisecond, by the clock of whoever moved it
 * @param by whom: 1 to 100 characters, none of them a control character
 * @param from the number of the version that had the alias before; empty if none had
 * @param to the number of the version that has it now
 * @param rollBack whether this took back the move before
 */
public record AliasChange(String id, Instant at, String by, Optional<Integer> from, int to, boolean rollBack) {

    /** Refuses what a history cannot keep. */
    public AliasChange {
        if (!id.matches("[0-9a-zA-Z-]{1,100}")) {
            throw new IllegalArgumentException(
                    "the id of an alias's move has 1 to 100 letters, digits or '-', but was '" + id + "'");
        }
        if (by.isBlank() || by.length() > 100 || by.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("who moves an alias is named by 1 to 100 characters, none of them a"
                    + " control character, but was '" + by + "'");
        }
    }
}
