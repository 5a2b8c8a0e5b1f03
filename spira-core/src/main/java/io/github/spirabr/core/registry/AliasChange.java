package io.github.spirabr.core.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One move of an alias in its history.
 *
 * @param id unique, so that a repeated request moves the alias once
 * @param at time of the move, to the millisecond, by the client's clock
 * @param by person or program that moved it: 1 to 100 characters, without control characters
 * @param from the number of the version that had the alias before; empty for the first move
 * @param to the number of the version that has it now
 * @param rollBack whether this took back the move before
 * @param digest of the version that has the alias now, see {@link VersionDetails#digest()}; empty in moves that an
 *     earlier release wrote
 */
public record AliasChange(
        String id, Instant at, String by, Optional<Integer> from, int to, boolean rollBack, Optional<String> digest) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** Refuses invalid values. */
    public AliasChange {
        if (!id.matches("[0-9a-zA-Z-]{1,100}")) {
            throw new IllegalArgumentException(
                    "the id of an alias's move must have 1 to 100 letters, digits or '-', but was '" + id + "'");
        }
        if (by.isBlank() || by.length() > 100 || by.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of who moves an alias must have 1 to 100 characters, none of them a"
                    + " control character, but was '" + by + "'");
        }
        if (digest.isPresent() && !DIGEST.matcher(digest.get()).matches()) {
            throw new IllegalArgumentException("the digest of an alias's version must be 64 lower-case hexadecimal digits,"
                    + " but was '" + digest.get() + "'");
        }
    }
}
