package io.github.spirabr.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A command as somebody types it, compared with the commands that there are; nothing of it is run. */
public final class SpiraLine {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private SpiraLine() {}

    /**
     * Parses a line that begins with {@code spira}, up to a pipe, a redirection or a comment.
     *
     * @throws CommandLine.ParameterException if there is no such command or option, or one is missing
     */
    public static ParseResult parse(String line) {
        return parse(words(line));
    }

    /** @param words without {@code spira} itself */
    public static ParseResult parse(List<String> words) {
        ParseResult result = Spira.commandLine().parseArgs(words.toArray(new String[0]));
        if (!result.hasSubcommand()) {
            throw new IllegalArgumentException("no command is given by " + words);
        }
        return result;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String text = word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3);
            if (word.group(3) != null && text.matches("[|>#].*|&&|;")) {
                break;
            }
            words.add(text);
        }
        return words.subList(1, words.size());
    }
}
