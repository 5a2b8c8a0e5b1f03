package io.github.spirabr.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A builder that lacks required parts. The message names all of them: {@code Sweep needs a reader; call reader(…)}. */
public final class MissingPartsException extends SpiraException {

    private static final long serialVersionUID = 1L;

    private MissingPartsException(String message) {
        super(message);
    }

    /**
     * Starts a check of the required parts of a builder.
     *
     * @param type the simple name of the built type
     */
    public static Check check(String type) {
        return new Check(type);
    }

    /** A check of the required parts of one builder. Not thread-safe. */
    public static final class Check {

        private final String type;
        private final List<String> parts = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();

        private Check(String type) {
            this.type = type;
        }

        /**
         * Adds a required part.
         *
         * @param part the part with its article, such as {@code a reader}
         * @param method the builder's method that sets it
         * @param value the part that was set; null or an empty collection if it is missing
         */
        public Check part(String part, String method, @Nullable Object value) {
            if (value == null || value instanceof Collection<?> all && all.isEmpty()) {
                parts.add(part);
                calls.add(method + "(…)");
            }
            return this;
        }

        /**
         * Ends the check.
         *
         * @throws MissingPartsException if parts are missing
         */
        public void done() {
            if (!parts.isEmpty()) {
                throw new MissingPartsException(type + " needs " + list(parts) + "; call " + list(calls));
            }
        }

        private static String list(List<String> texts) {
            int last = texts.size() - 1;
            return last == 0 ? texts.get(0) : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
        }
    }
}
