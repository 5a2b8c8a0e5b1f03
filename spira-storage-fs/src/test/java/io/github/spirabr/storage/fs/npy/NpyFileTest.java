package io.github.spirabr.storage.fs.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {

    @TempDir
    private Path folder;

    private static FeatureMatrix matrix(int frames, int features, float first) {
        float[] values = new float[frames * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = first + i;
        }
        return FeatureMatrix.of(frames, features, values);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static float[] values(byte[] file, int header) {
        float[] values = new float[(file.length - header) / 4];
        ByteBuffer.wrap(file, header, file.length - header).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** The bytes that {@code numpy.save} writes for {@code numpy.array([[1, 2, 3], [4, 5, -0.5]], 'f4')}. */
    @Test
    void everyByteIsNumpys() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, FeatureMatrix.of(2, 3, new float[] {1, 2, 3, 4, 5, -0.5f}));

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.write(new byte[] {(byte) 0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59});
        expected.write(new byte[] {1, 0});
        expected.write(new byte[] {0x76, 0});
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
        expected.write(dictionary.getBytes(StandardCharsets.US_ASCII));
        while (expected.size() < 127) {
            expected.write(' ');
        }
        expected.write('\n');
        expected.write(new byte[] {0, 0, (byte) 0x80, 0x3f});
        expected.write(new byte[] {0, 0, 0, 0x40});
        expected.write(new byte[] {0, 0, 0x40, 0x40});
        expected.write(new byte[] {0, 0, (byte) 0x80, 0x40});
        expected.write(new byte[] {0, 0, (byte) 0xa0, 0x40});
        expected.write(new byte[] {0, 0, 0, (byte) 0xbf});
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.toByteArray());
    }

    @Test
    void windowsAreAnArrayOfThreeDimensions() throws IOException {
        Path file = folder.resolve("windows.npy");
        NpyFile.write(file, List.of(matrix(2, 2, 0), matrix(2, 2, 4), matrix(2, 2, 8)));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2, 2), } ")
                .endsWith(" \n");
        assertThat(values(bytes, 128)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    /** More than the buffer holds. */
    @Test
    void aLargeMatrixIsWrittenWhole() throws IOException {
        Path file = folder.resolve("large.npy");
        FeatureMatrix large = matrix(1000, 101, 0);
        NpyFile.write(file, large);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 4 * 101_000);
        assertThat(values(bytes, 128)).isEqualTo(large.toArray());
    }

    @Test
    void aFileOfTheSameNameIsReplacedAndNothingElseStays() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyFile.write(file, matrix(50, 50, 0));
        NpyFile.write(file, matrix(1, 1, 7));
        assertThat(values(Files.readAllBytes(file), 128)).containsExactly(7);
        assertThat(names()).containsExactly("a.npy");
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        Path missing = folder.resolve("none").resolve("a.npy");
        assertThatThrownBy(() -> NpyFile.write(missing, matrix(1, 1, 0)))
                .isInstanceOf(NpyException.class)
                .hasMessageContaining("features could not be written to " + missing)
                .hasMessageContaining("NoSuchFile")
                .hasMessageEndingWith("; check the folder, its permissions and the free space");
        Path taken = Files.createDirectories(folder.resolve("taken/inside")).getParent();
        assertThatThrownBy(() -> NpyFile.write(taken, matrix(1, 1, 0))).isInstanceOf(NpyException.class);
        assertThat(names()).containsExactly("taken");
    }

    @Test
    void everyNameThatAFileMayHaveCanBeWrittenAndALongerOneIsToldAsSuch() {
        FeatureMatrix matrix = FeatureMatrix.of(1, 2, new float[] {1, 2});
        Path longest = folder.resolve("v".repeat(251) + ".npy");
        NpyFile.write(longest, matrix);
        assertThat(longest).isNotEmptyFile();
        assertThatThrownBy(() -> NpyFile.write(folder.resolve("v".repeat(252) + ".npy"), matrix))
                .isInstanceOf(NpyException.class).hasMessageEndingWith("choose a shorter name");
    }

    @Test
    void windowsOfSeveralShapesAreRefused() throws IOException {
        Path file = folder.resolve("a.npy");
        assertThatThrownBy(() -> NpyFile.write(file, List.of(matrix(2, 3, 0), matrix(2, 3, 0), matrix(2, 4, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the windows of an array are of one shape, but window 0 has 2 frames x 3 features, "
                        + "and window 2 has 2 x 4");
        assertThatThrownBy(() -> NpyFile.write(file, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no windows to write to " + file);
        assertThat(names()).isEmpty();
    }
}
