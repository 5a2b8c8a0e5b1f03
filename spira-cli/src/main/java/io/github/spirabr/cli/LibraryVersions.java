package io.github.spirabr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** The versions of the libraries that were built by Maven, as their jars tell them, and families of which all must be alike. */
final class LibraryVersions {

    private static final Map<String, List<String>> FAMILIES = families();

    private final Map<String, String> found = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private LibraryVersions() {}

    static LibraryVersions of(ClassLoader jars) {
        LibraryVersions versions = new LibraryVersions();
        FAMILIES.forEach((family, artifacts) -> versions.look(jars, family, artifacts));
        return versions;
    }

    private static Map<String, List<String>> families() {
        Map<String, List<String>> families = new LinkedHashMap<>();
        families.put("spira", List.of("io.github.spirabr/spira-core", "io.github.spirabr/spira-audio",
                "io.github.spirabr/spira-training", "io.github.spirabr/spira-model", "io.github.spirabr/spira-storage-fs",
                "io.github.spirabr/spira-storage-s3", "io.github.spirabr/spira-report", "io.github.spirabr/spira-config",
                "io.github.spirabr/spira-cli", "io.github.spirabr/spira-onnx", "io.github.spirabr/spira-encoder",
                "io.github.spirabr/spira-pytorch"));
        families.put("Deeplearning4j", List.of("org.deeplearning4j/deeplearning4j-nn", "org.nd4j/nd4j-api",
                "org.nd4j/nd4j-native", "org.nd4j/nd4j-cpu-backend-common"));
        families.put("JavaCPP", List.of("org.bytedeco/javacpp"));
        families.put("FFmpeg for JavaCPP", List.of("org.bytedeco/ffmpeg"));
        families.put("OpenBLAS for JavaCPP", List.of("org.bytedeco/openblas"));
        families.put("Jackson", List.of("com.fasterxml.jackson.core/jackson-core",
                "com.fasterxml.jackson.core/jackson-databind", "com.fasterxml.jackson.dataformat/jackson-dataformat-yaml"));
        return families;
    }

    private void look(ClassLoader jars, String family, List<String> artifacts) {
        Map<String, String> versions = new LinkedHashMap<>();
        for (String artifact : artifacts) {
            String version = version(jars, "META-INF/maven/" + artifact + "/pom.properties");
            if (!version.isEmpty()) {
                versions.put(artifact.substring(artifact.indexOf('/') + 1), version);
            }
        }
        TreeSet<String> different = new TreeSet<>(versions.values());
        if (!different.isEmpty()) {
            found.put(family, String.join(", ", different));
        }
        if (different.size() > 1) {
            problems.add("the jars of " + family + " are of different versions " + versions
                    + "; put those of one version on the class path");
        }
    }

    private static String version(ClassLoader jars, String resource) {
        try (InputStream stream = jars.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            if (stream != null) {
                properties.load(stream);
            }
            return properties.getProperty("version", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By name; what says no version is left out. */
    Map<String, String> found() {
        return found;
    }

    List<String> problems() {
        return problems;
    }
}
