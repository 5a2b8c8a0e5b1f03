package io.github.spirabr.config;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces references to environment variables in texts. A name in braces after a dollar sign is the variable; {@code NAME:-text}
 * in them is the text if there is no such variable or it is empty; two dollar signs before a brace stand for one and the brace.
 */
final class EnvironmentText {

    private static final Pattern REFERENCE = Pattern.compile(
            "(?<escape>\\$\\$\\{)|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>[^}]*))?}|(?<stray>\\$\\{)");

    private EnvironmentText() {}

    /**
     * Replaces all references of a text.
     *
     * @param faults receives one sentence for each variable that is not set, and for each invalid reference
     */
    static String resolve(String text, Map<String, String> environment, Consumer<String> faults) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(replacement(matcher, environment, faults)));
        }
        return matcher.appendTail(resolved).toString();
    }

    private static String replacement(Matcher matcher, Map<String, String> environment, Consumer<String> faults) {
        if (matcher.group("escape") != null) {
            return "${";
        }
        String name = matcher.group("name");
        if (name == null) {
            faults.accept("'${' must begin a variable; write ${NAME} or ${NAME:-default}, or $${ for the signs themselves");
            return "";
        }
        String value = environment.getOrDefault(name, "");
        String byDefault = matcher.group("default");
        if (value.isEmpty() && byDefault == null) {
            faults.accept("the environment variable " + name + " is not set; set it, or give a default: ${" + name
                    + ":-default}");
        }
        return value.isEmpty() && byDefault != null ? byDefault : value;
    }

    /** Returns a text that {@link #resolve} turns back into {@code text}. */
    static String escape(String text) {
        return text.replace("${", "$${");
    }
}
