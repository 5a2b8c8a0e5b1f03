package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern whose first group finds the subject anywhere in the path of a recording. */
record SubjectPattern(Pattern pattern) {

    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException if it has no group
     */
    SubjectPattern {
        if (pattern.matcher("").groupCount() < 1) {
            throw new IllegalArgumentException("the subject pattern must have a group, but was '" + pattern
                    + "'; put the part that names the subject into round brackets, such as audio/([a-z]+)-");
        }
    }

    Optional<String> in(String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.find()
                ? Optional.ofNullable(matcher.group(1)).filter(one -> !PlainText.of(one).isEmpty()) : Optional.empty();
    }

    String complaint(String what, String path) {
        return what + " '" + path + "' does not name the subject: the subject pattern '" + pattern
                + "' does not match it; correct the pattern";
    }
}
