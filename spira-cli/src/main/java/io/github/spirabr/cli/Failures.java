package io.github.spirabr.cli;

import io.github.spirabr.core.SpiraException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;

/** The one sentence in which a command says why it failed. */
final class Failures {

    private Failures() {}

    static String sentence(Throwable failure) {
        if (failure instanceof SpiraException || failure instanceof IllegalArgumentException
                || failure instanceof StandardOutput.LostException) {
            return failure.getMessage() == null ? unexpected(failure) : failure.getMessage();
        }
        if (failure instanceof UncheckedIOException && !String.valueOf(failure.getCause()).equals(failure.getMessage())) {
            // A sentence of this library's, not Java's words alone.
            return failure.getMessage();
        }
        if (failure instanceof OutOfMemoryError) {
            return "Java has no memory left (" + failure.getMessage() + "; its heap may grow to "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB); give it more with -Xmx, such as java -Xmx2g -jar"
                    + " spira.jar, or SPIRA_JAVA_OPTS=-Xmx2g";
        }
        if (failure instanceof ServiceConfigurationError) {
            return "an extension could not be loaded (" + failure.getMessage()
                    + "); its jars must be complete, and made for this version of spira";
        }
        return nativeLibrary(failure).orElseGet(() -> unexpected(failure));
    }

    private static String unexpected(Throwable failure) {
        return "unexpected " + failure + " (run again with --stacktrace and report it)";
    }

    /**
     * Returns why a native library cannot be loaded, and what to do about it; empty if that is not what failed. A class that
     * could not be initialised is asked for its cause, which says more.
     */
    static Optional<String> nativeLibrary(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause)
                .filter(UnsatisfiedLinkError.class::isInstance)
                .map(one -> String.valueOf(one.getMessage()))
                .reduce((outer, cause) -> cause)
                .map(reason -> "a native library could not be loaded (" + reason.strip() + "); " + advice(reason));
    }

    private static String advice(String reason) {
        String words = reason.toLowerCase(Locale.ROOT);
        if (Stream.of("failed to map segment", "operation not permitted", "permission denied").anyMatch(words::contains)) {
            return "the folder that it was unpacked to does not let programs run (a mount with noexec?); name another one with"
                    + " -Dorg.bytedeco.javacpp.cachedir=FOLDER";
        }
        if (Stream.of("no space left", "file too short").anyMatch(words::contains)) {
            return "the folder that it was unpacked to is full; free space, or name another one with"
                    + " -Dorg.bytedeco.javacpp.cachedir=FOLDER";
        }
        if (words.contains("could not create the cache")) {
            return "it is unpacked to a folder that must be writable, and neither the home nor the folder for temporary files is;"
                    + " name one with -Djava.io.tmpdir=FOLDER, for the script spira in SPIRA_JAVA_OPTS";
        }
        if (words.contains("cannot open shared object file")) {
            return "install the system library that it names";
        }
        return "build for this platform with -Djavacpp.platform=, see docs/platforms.md";
    }
}
