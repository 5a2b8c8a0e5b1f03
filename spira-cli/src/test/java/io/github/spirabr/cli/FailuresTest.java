package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class FailuresTest {

    /** As Java says it where the folder is mounted with noexec, behind the errors of the classes that needed the library. */
    @Test
    void aNativeLibraryThatMayNotRunIsToldByItsFolder() {
        Throwable failure = new ExceptionInInitializerError(new UnsatisfiedLinkError(
                "/cache/libjnijavacpp.so: /cache/libjnijavacpp.so: failed to map segment from shared object"));
        assertThat(Failures.sentence(failure)).startsWith("a native library could not be loaded (/cache/libjnijavacpp.so")
                .contains("noexec", "-Dorg.bytedeco.javacpp.cachedir=")
                .doesNotContain("platform").hasLineCount(1);
    }

    /** As JavaCPP says it where the root file system is read-only, even if the libraries are unpacked there. */
    @Test
    void aNativeLibraryThatCannotBeUnpackedIsToldByItsFolder() {
        assertThat(Failures.sentence(new UnsatisfiedLinkError("java.io.IOException: Could not create the cache: Set the"
                        + " \"org.bytedeco.javacpp.cachedir\" system property.")))
                .contains("must be writable", "-Djava.io.tmpdir=FOLDER", "SPIRA_JAVA_OPTS").doesNotContain("platform").hasLineCount(1);
    }

    @Test
    void aNativeLibraryOfAnotherPlatformIsToldByThePlatform() {
        assertThat(Failures.sentence(new NoClassDefFoundError("x").initCause(
                new UnsatisfiedLinkError("no jnijavacpp in java.library.path")))).contains("-Djavacpp.platform=");
    }

    @Test
    void missingMemoryAndBrokenExtensionsHaveASentence() {
        assertThat(Failures.sentence(new OutOfMemoryError("Java heap space"))).contains("Java heap space", "-Xmx");
        assertThat(Failures.sentence(new ServiceConfigurationError("x: Provider y not found"))).contains("extension", "y not found");
        assertThat(Failures.sentence(new IllegalStateException("odd"))).contains("unexpected", "odd", "--stacktrace");
    }

    @Test
    void aFailureOfADiskThatIsToldInASentenceIsExpected() {
        IOException full = new IOException("No space left on device");
        assertThat(Failures.sentence(new UncheckedIOException("the experiment could not be written to x.yaml; free space", full)))
                .isEqualTo("the experiment could not be written to x.yaml; free space");
        assertThat(Failures.sentence(new UncheckedIOException(full))).contains("unexpected", "No space left on device");
    }

    /** An error ends the command like any failure: one line, exit code 1. */
    @Test
    void anErrorIsNoStackTrace() {
        StringWriter err = new StringWriter();
        PrintWriter broken = new PrintWriter(new StringWriter()) {
            @Override
            public void println(Object x) {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public void print(Object x) {
                throw new OutOfMemoryError("Java heap space");
            }

            @Override
            public void println(String x) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        assertThat(Spira.execute(broken, new PrintWriter(err, true), "doctor")).isEqualTo(1);
        assertThat(err.toString()).startsWith("spira: Java has no memory left (Java heap space").hasLineCount(1);
    }
}
