package io.github.spirabr.storage.fs.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who speaks, as the path of a recording says it: what the pattern's first group matches, anywhere in the path. */
record SubjectPattern(Pattern pattern) {

    /**
     * @throws IllegalArgumentException if the pattern has no group
     */
    SubjectPattern {
        if (pattern.matcher("").groupCount() < 1) {
            throw new IllegalArgumentException("the subject pattern '" + pattern + "' has no group; put what names the subject"
                    + " into round brackets, such as audio/([a-z]+)-");
        }
    }

    Optional<String> in(String path) {
        Matcher matcher = pattern.matcher(path);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)).filter(one -> !one.isBlank()) : Optional.empty();
    }

    String complaint(String what, String path) {
        return what + " '" + path + "' does not say who speaks: the subject pattern '" + pattern
                + "' does not match it; correct the pattern";
    }
}
