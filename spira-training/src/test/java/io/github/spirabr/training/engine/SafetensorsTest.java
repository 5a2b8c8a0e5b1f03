package io.github.spirabr.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.spirabr.core.model.TrainingException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    private static final String FILE = "model.safetensors";
    private static final int MUTANTS = 5000;
    /** For a file of some hundred bytes: its text, tree and messages. */
    private static final long MOST_BYTES = 1 << 20;
    private static final byte[] NINES = "9999999999".getBytes(StandardCharsets.US_ASCII);

    @Provide
    Arbitrary<Map<String, List<Integer>>> shapes() {
        Arbitrary<String> names = Arbitraries.strings().ofMinLength(1).ofMaxLength(12)
                .filter(name -> StandardCharsets.UTF_8.newEncoder().canEncode(name));
        return Arbitraries.maps(names, Arbitraries.integers().between(0, 5).list().ofMaxSize(4)).ofMaxSize(6);
    }

    @Property(tries = 300)
    void allThatIsWrittenIsRead(@ForAll("shapes") Map<String, List<Integer>> shapes, @ForAll Random random) {
        List<Segment> layout = new ArrayList<>();
        int end = 0;
        for (Map.Entry<String, List<Integer>> array : shapes.entrySet()) {
            end = Segment.add(layout, array.getKey(), end, array.getValue());
        }
        float[] values = new float[end];
        for (int i = 0; i < end; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }

        byte[] content = Safetensors.write(Map.of("a", "\"\\\n"), layout, values);
        Safetensors file = Safetensors.read(FILE, content);

        assertThat(content).isEqualTo(Safetensors.write(Map.of("a", "\"\\\n"), layout, values));
        assertThat((content.length - end * Float.BYTES) % Long.BYTES).isZero();
        assertThat(file.metadata()).isEqualTo(Map.of("a", "\"\\\n"));
        assertThat(file.names()).containsExactlyInAnyOrderElementsOf(shapes.keySet());
        for (Segment segment : layout) {
            assertThat(file.shape(segment.name())).isEqualTo(segment.shape());
            assertThat(file.floats(segment.name()))
                    .containsExactly(Arrays.copyOfRange(values, segment.offset(), segment.offset() + segment.length()));
        }
    }

    private static byte[] file(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + data).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length).put(text).array();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | 4 | but F32 of the shape [2] takes 8",
        "{'a':{'dtype':'F64','shape':[1],'data_offsets':[0,4]}} | 4 | but F64 of the shape [1] takes 8",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 4 | has 8 in data_offsets, which is not an integer from 0 to 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 8 | its data have 8 bytes, but its arrays end at byte 4",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | begins at byte 4 of the data, but",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8"
            + " | the array 'b' begins at byte 4 of the data, but the arrays before it end at byte 8",
        "{'a':{'dtype':'F32','shape':[],'data_offsets':[4,0]}} | 4 | has -4 bytes from byte 4 to 0",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}} | 4 | has -4 in data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | 4 | has 1 data_offsets instead of 2",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':'0'}} | 4 | has a data_offsets that is not a list",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | 4 | has -1 in shape",
        "{'a':{'dtype':'F32','shape':[4294967297],'data_offsets':[0,4]}} | 4 | has 4294967297 in shape",
        "{'a':{'dtype':'F32','shape':[18446744073709551617],'data_offsets':[0,4]}} | 4 | it has a number at character 30",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,4]}} | 4 | overflow",
        "{'a':{'dtype':'F33','shape':[1],'data_offsets':[0,4]}} | 4 | has the unknown dtype F33",
        "{'a':{'dtype':4,'shape':[1],'data_offsets':[0,4]}} | 4 | has the unknown dtype 4",
        "{'a':{'dtype':'F32','shape':[1]}} | 4 | is not an object of dtype, shape and data_offsets",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'b':1}} | 4 | is not an object of dtype, shape and data_offsets",
        "{'a':[]} | 0 | the array 'a' is not an object of dtype, shape and data_offsets",
        "{'a':{'dtype':'U8','shape':[],'data_offsets':[0,1]},'a':{'dtype':'U8','shape':[],'data_offsets':[1,2]}} | 2 | twice",
        "{'__metadata__':{'a':1}} | 0 | __metadata__ has a, which is not a text",
        "{'__metadata__':[]} | 0 | __metadata__ is not an object",
        "[] | 0 | its header does not begin with '{'",
        "{'a':null} | 0 | it has 'n' at character 6",
        "{'a' | 0 | it is cut",
        "{} | 1 | its data have 1 bytes, but its arrays end at byte 0"
    })
    void whatBreaksARuleIsRefused(String header, int data, String cause) {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> Safetensors.read(FILE, file(header.replace('\'', '"'), data)))
                .withMessageStartingWith(FILE + " must be a whole file of the safetensors format, but ")
                .withMessageContaining(cause)
                .withMessageEndingWith("; copy it again, or write it again with safetensors.torch.save_file");
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000_001, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void aHeaderThatIsTooLongIsRefused(long length) {
        byte[] content = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> Safetensors.read(FILE, content))
                .withMessageContaining("its header has " + Long.toUnsignedString(length)
                        + " bytes, more than the 100000000 that the format allows");
    }

    @Test
    void aHeaderThatIsCutIsRefused() {
        byte[] content = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(57).array();
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> Safetensors.read(FILE, content))
                .withMessageContaining("its header has 57 bytes, but only 56 follow");
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> Safetensors.read(FILE, new byte[7]))
                .withMessageContaining("it has 7 bytes, fewer than the 8 of its header's length");
    }

    @Test
    void aHeaderThatIsNoTextIsRefused() {
        byte[] content = file("{'a':1}", 0);
        content[10] = (byte) 0xff;
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> Safetensors.read(FILE, content))
                .withMessageContaining("its header is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void aHeaderThatIsNestedIsRefused(String one) {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> Safetensors.read(FILE, file("{\"a\":" + one.repeat(100_000), 0)))
                .withMessageContaining("it is nested more than 32 times");
    }

    @Test
    void aLongNameIsCutInMessages() {
        String name = "x\\n".repeat(100_000);
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> Safetensors.read(FILE, file("{\"" + name + "\":1}", 0)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsRefused(float value) {
        byte[] content = Safetensors.write(Map.of(), List.of(new Segment("a", 0, List.of(3))), new float[] {1, value, 2});
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> Safetensors.read(FILE, content).floats("a"))
                .withMessage("number 1 of the array 'a' in model.safetensors must be finite, but was " + value
                        + "; take weights of a training that did not diverge");
    }

    @Test
    void anArrayThatIsMissingIsRefused() {
        Safetensors file = Safetensors.read(
                FILE, Safetensors.write(Map.of(), List.of(new Segment("a", 0, List.of())), new float[1]));
        for (Runnable access : List.<Runnable>of(() -> file.floats("b"), () -> file.shape("b"))) {
            assertThatExceptionOfType(TrainingException.class).isThrownBy(access::run)
                    .withMessage("model.safetensors must have an array 'b', but has 1 others: [a]; name one of these,"
                            + " or take another file");
        }
    }

    static Stream<List<Segment>> faultyLayouts() {
        Segment first = new Segment("a", 0, List.of(1));
        return Stream.of(
                List.of(first, new Segment("a", 1, List.of(1))),
                List.of(first, new Segment("b", 2, List.of(1))),
                List.of(first, new Segment("b", 0, List.of(1))),
                List.of(first, new Segment("__metadata__", 1, List.of(1))),
                List.of(first));
    }

    @ParameterizedTest
    @MethodSource("faultyLayouts")
    void aLayoutThatDoesNotFitIsNotWritten(List<Segment> layout) {
        assertThatThrownBy(() -> Safetensors.write(Map.of("a", "b"), layout, new float[2]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("the layout must ");
    }

    private static byte[] seed() {
        List<Segment> layout = new ArrayList<>();
        int end = Segment.add(layout, "conv1.weight", 0, List.of(2, 1, 3));
        end = Segment.add(layout, "conv1.bias", end, List.of(2));
        end = Segment.add(layout, "output.weight", end, List.of(1, 4));
        end = Segment.add(layout, "output.bias", end, List.of(1));
        float[] values = new float[end];
        for (int i = 0; i < end; i++) {
            values[i] = i / 8f;
        }
        return Safetensors.write(Map.of("format", "pt"), layout, values);
    }

    /** Flips bits, sets bytes, replaces digits, inserts, removes, cuts, repeats. */
    private static byte[] mutant(byte[] whole, Random random) {
        byte[] content = whole.clone();
        int header = Long.BYTES + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(random.nextInt(4) == 0 ? content.length : Math.min(header, content.length));
            switch (random.nextInt(7)) {
                case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> content[at] = (byte) random.nextInt(256);
                case 2 -> content[at] = (byte) "0123456789{}[],:\"- eE.".charAt(random.nextInt(22));
                case 3 -> content = Arrays.copyOf(content, at + 1);
                case 4 -> content = splice(content, at, at, content, random.nextInt(content.length));
                case 5 -> content = splice(content, at, Math.min(content.length, at + 1 + random.nextInt(8)), new byte[0], 0);
                default -> content = splice(content, at, at, NINES, 1 + random.nextInt(NINES.length));
            }
            if (content.length > Long.BYTES && random.nextBoolean()) {
                // The length is mended, so that the mutant gets past the first check.
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(Math.max(0, header - Long.BYTES + content.length - whole.length));
            }
        }
        return content;
    }

    private static byte[] splice(byte[] content, int from, int to, byte[] added, int count) {
        return ByteBuffer.allocate(content.length - (to - from) + count)
                .put(content, 0, from).put(added, 0, count).put(content, to, content.length - to).array();
    }

    private static Map<String, List<Float>> numbers(Safetensors file) {
        Map<String, List<Float>> numbers = new HashMap<>();
        for (String name : file.names()) {
            List<Float> values = new ArrayList<>();
            for (float value : file.floats(name)) {
                values.add(value);
            }
            numbers.put(name + file.shape(name), values);
        }
        return numbers;
    }

    /**
     * A mutant is read the same twice and as long as its file is, or is refused in one sentence; either takes little memory.
     */
    @Test
    void mutantsAreReadOrRefused() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] whole = seed();
        Random random = new Random(20261130);
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] content = mutant(whole, random);
            byte[] before = content.clone();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            try {
                Safetensors file = Safetensors.read(FILE, content);
                assertThat(numbers(file)).isEqualTo(numbers(Safetensors.read(FILE, content.clone())));
            } catch (TrainingException e) {
                refused++;
                assertThat(e.getMessage()).contains(FILE).hasSizeLessThan(600)
                        .doesNotContainPattern("[\\p{Cntrl}]").contains(" must ").contains(", but ").contains("; ");
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocated).as("mutant " + i).isLessThan(MOST_BYTES);
            assertThat(content).isEqualTo(before);
        }
        assertThat(refused).isBetween(MUTANTS / 2, MUTANTS - 100);
    }
}
