package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A program that decodes many files and prints by how many bytes its resident memory grew after the
 * first 500. It wants a process of its own, with a heap of one size, so that only native memory grows.
 */
final class ManyDecodings {

    static final Path MEMORY = Path.of("/proc/self/statm");
    private static final int PAGE = 4096;
    private static final int FIRST = 500;

    private ManyDecodings() {}

    /**
     * @param arguments how many files to decode, and the names of fixtures
     */
    public static void main(String[] arguments) throws IOException {
        int files = Integer.parseInt(arguments[0]);
        byte[][] fixtures = Arrays.stream(arguments).skip(1).map(Sources::fixture).toArray(byte[][]::new);
        FfmpegAudioReader reader = FfmpegAudioReader.builder().sampleRate(16_000).build();
        long before = 0;
        int refused = 0;
        for (int i = 0; i < files; i++) {
            if (i == FIRST) {
                before = residentBytes();
            }
            byte[] file = fixtures[i % fixtures.length];
            // Some fail, each at another place.
            byte[] given = i % 7 == 3 ? Arrays.copyOf(file, file.length * (i % 9) / 10) : file;
            try {
                reader.read("r", Sources.of(given));
            } catch (AudioException e) {
                refused++;
            }
        }
        System.out.println("grew " + (residentBytes() - before) + " refused " + refused);
    }

    /** Returns the memory of this process that is not swapped out; 0 where the system does not tell. */
    static long residentBytes() throws IOException {
        if (Files.notExists(MEMORY)) {
            return 0;
        }
        System.gc();
        return Long.parseLong(Files.readString(MEMORY).split(" ")[1]) * PAGE;
    }
}
