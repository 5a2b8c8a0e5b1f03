package io.github.spirabr.training.engine;

import io.github.spirabr.core.internal.adapter.Json;
import io.github.spirabr.core.internal.adapter.NotEnoughMemoryException;
import io.github.spirabr.core.model.TrainingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Named arrays in the safetensors format, which Python's {@code safetensors.torch.load_file} reads and {@code save_file}
 * writes. A file begins with the length of its header in 8 bytes, little-endian; the header is JSON that tells the type,
 * shape and place of each array; the arrays follow without gaps. Immutable and thread-safe.
 */
public final class Safetensors {

    private static final int LENGTH = Long.BYTES;
    /** The limit of the reference implementation, in bytes. */
    private static final int LONGEST_HEADER = 100_000_000;
    /** Java takes at most so many bytes for each byte of a header. */
    private static final int EXPANSION = 32;
    private static final int LONGEST_EXCERPT = 200;
    private static final int MOST_NAMES = 8;
    private static final String METADATA = "__metadata__";
    private static final String TYPE = "dtype";
    private static final String SHAPE = "shape";
    private static final String OFFSETS = "data_offsets";
    private static final String FLOAT = "F32";
    private static final Set<String> DECODED = Set.of(FLOAT, "F16", "BF16", "F64");
    private static final Map<String, Integer> BYTES = Map.ofEntries(
            Map.entry("BOOL", 1), Map.entry("U8", 1), Map.entry("I8", 1), Map.entry("F8_E5M2", 1), Map.entry("F8_E4M3", 1),
            Map.entry("U16", 2), Map.entry("I16", 2), Map.entry("F16", 2), Map.entry("BF16", 2),
            Map.entry("U32", 4), Map.entry("I32", 4), Map.entry(FLOAT, 4),
            Map.entry("U64", 8), Map.entry("I64", 8), Map.entry("F64", 8));

    private final String file;
    private final byte[] content;
    private final Map<String, String> metadata;
    private final Map<String, Array> arrays;

    private record Array(String name, String type, List<Integer> shape, long from, long to) {}

    private Safetensors(String file, byte[] content, Map<String, String> metadata, Map<String, Array> arrays) {
        this.file = file;
        this.content = content;
        this.metadata = metadata;
        this.arrays = arrays;
    }

    /**
     * Reads a file. Its numbers are decoded when they are asked for.
     *
     * @param file name for messages
     * @param content the whole file, which must not be changed afterwards
     * @throws TrainingException if the content breaks a rule of the format
     */
    public static Safetensors read(String file, byte[] content) {
        try {
            int header = headerLength(file, content);
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, LENGTH, header)).toString();
            if (!text.startsWith("{")) {
                throw new IllegalArgumentException("its header does not begin with '{'");
            }
            Map<?, ?> members = (Map<?, ?>) Json.read(text);
            return new Safetensors(file, content, metadata(members), arrays(members, LENGTH + header, content.length));
        } catch (CharacterCodingException e) {
            throw damaged(file, "its header is not UTF-8", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, excerpt(String.valueOf(e.getMessage())), e);
        }
    }

    private static TrainingException damaged(String file, String cause, Exception e) {
        return new TrainingException(file + " must be a whole file of the safetensors format, but " + cause
                + "; copy it again, or write it again with safetensors.torch.save_file", e);
    }

    private static int headerLength(String file, byte[] content) {
        if (content.length < LENGTH) {
            throw new IllegalArgumentException("it has " + content.length + " bytes, fewer than the " + LENGTH
                    + " of its header's length");
        }
        long length = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (Long.compareUnsigned(length, LONGEST_HEADER) > 0) {
            throw new IllegalArgumentException("its header has " + Long.toUnsignedString(length)
                    + " bytes, more than the " + LONGEST_HEADER + " that the format allows");
        }
        if (length > content.length - LENGTH) {
            throw new IllegalArgumentException(
                    "its header has " + length + " bytes, but only " + (content.length - LENGTH) + " follow");
        }
        if (length * EXPANSION > Runtime.getRuntime().maxMemory()) {
            throw new NotEnoughMemoryException("the header of " + file + " must fit into Java's memory ("
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB) " + EXPANSION + " times, but has " + (length >> 20)
                    + " MB; give Java more memory with -Xmx", null);
        }
        return (int) length;
    }

    private static Map<String, String> metadata(Map<?, ?> members) {
        Map<String, String> texts = new LinkedHashMap<>();
        Object given = members.containsKey(METADATA) ? members.get(METADATA) : Map.of();
        if (!(given instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(METADATA + " is not an object");
        }
        map.forEach((name, text) -> {
            if (!(text instanceof String)) {
                throw new IllegalArgumentException(METADATA + " has " + name + ", which is not a text");
            }
            texts.put((String) name, (String) text);
        });
        return texts;
    }

    /** Returns the arrays in the order of their data, which they cover without gaps. */
    private static Map<String, Array> arrays(Map<?, ?> members, long from, long to) {
        List<Array> inOrder = new ArrayList<>();
        members.forEach((name, described) -> {
            if (!name.equals(METADATA)) {
                inOrder.add(array((String) name, described, from, to));
            }
        });
        inOrder.sort(Comparator.comparingLong(Array::from).thenComparingLong(Array::to));
        Map<String, Array> arrays = new LinkedHashMap<>();
        long end = from;
        for (Array array : inOrder) {
            if (array.from() != end) {
                throw new IllegalArgumentException("the array '" + array.name() + "' begins at byte " + (array.from() - from)
                        + " of the data, but the arrays before it end at byte " + (end - from));
            }
            end = array.to();
            arrays.put(array.name(), array);
        }
        if (end != to) {
            throw new IllegalArgumentException(
                    "its data have " + (to - from) + " bytes, but its arrays end at byte " + (end - from));
        }
        return arrays;
    }

    private static Array array(String name, Object described, long start, long end) {
        String array = "the array '" + name + "'";
        if (!(described instanceof Map<?, ?> members) || !members.keySet().equals(Set.of(TYPE, SHAPE, OFFSETS))) {
            throw new IllegalArgumentException(array + " is not an object of " + TYPE + ", " + SHAPE + " and " + OFFSETS);
        }
        if (!(members.get(TYPE) instanceof String type) || !BYTES.containsKey(type)) {
            throw new IllegalArgumentException(array + " has the unknown " + TYPE + " " + members.get(TYPE));
        }
        List<Integer> shape = new ArrayList<>();
        long bytes = BYTES.get(type);
        for (long size : integers(array, SHAPE, members, Integer.MAX_VALUE)) {
            shape.add((int) size);
            bytes = Math.multiplyExact(bytes, size);
        }
        List<Long> offsets = integers(array, OFFSETS, members, end - start);
        if (offsets.size() != 2) {
            throw new IllegalArgumentException(array + " has " + offsets.size() + " " + OFFSETS + " instead of 2");
        }
        long length = offsets.get(1) - offsets.get(0);
        if (length != bytes) {
            throw new IllegalArgumentException(array + " has " + length + " bytes from byte " + offsets.get(0) + " to "
                    + offsets.get(1) + " of the data, but " + type + " of the shape " + shape + " takes " + bytes);
        }
        return new Array(name, type, List.copyOf(shape), start + offsets.get(0), start + offsets.get(1));
    }

    private static List<Long> integers(String array, String member, Map<?, ?> members, long largest) {
        if (!(members.get(member) instanceof List<?> items)) {
            throw new IllegalArgumentException(array + " has a " + member + " that is not a list");
        }
        List<Long> integers = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Long integer) || integer < 0 || integer > largest) {
                throw new IllegalArgumentException(
                        array + " has " + item + " in " + member + ", which is not an integer from 0 to " + largest);
            }
            integers.add(integer);
        }
        return integers;
    }

    /** Names in a damaged file may be long, and have line ends. */
    private static String excerpt(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return printable.length() <= LONGEST_EXCERPT ? printable : printable.substring(0, LONGEST_EXCERPT) + "…";
    }

    /** Returns the names of all arrays, in the order of their data. */
    public List<String> names() {
        return List.copyOf(arrays.keySet());
    }

    /** Returns the texts about the file by their names, such as {@code format}; often empty. */
    public Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    /**
     * Returns the sizes of an array's dimensions, the slowest first; empty for a single number.
     *
     * @throws TrainingException if there is no such array
     */
    public List<Integer> shape(String name) {
        return array(name).shape();
    }

    /**
     * Decodes an array of {@code F32}, {@code F16}, {@code BF16} or {@code F64}; the last is rounded to single precision.
     *
     * @return the numbers in row-major order
     * @throws TrainingException if there is no such array, its numbers are of another type, or one of them is not finite
     */
    public float[] floats(String name) {
        Array array = array(name);
        if (!DECODED.contains(array.type())) {
            throw new TrainingException("the array '" + excerpt(name) + "' of " + file
                    + " must have numbers of F32, F16, BF16 or F64, but has " + array.type() + "; convert it with .float()");
        }
        ByteBuffer data = ByteBuffer.wrap(content, (int) array.from(), (int) (array.to() - array.from()))
                .slice().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[data.remaining() / BYTES.get(array.type())];
        switch (array.type()) {
            case FLOAT -> data.asFloatBuffer().get(values);
            case "F16" -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = half(data.getShort());
                }
            }
            case "BF16" -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(data.getShort() << Short.SIZE);
                }
            }
            case "F64" -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.getDouble();
                }
            }
            default -> throw new AssertionError(array.type());
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new TrainingException("number " + i + " of the array '" + excerpt(name) + "' in " + file
                        + " must be finite, but was " + values[i] + "; take weights of a training that did not diverge");
            }
        }
        return values;
    }

    /** Converts IEEE 754 half precision: a sign, 5 bits of exponent and 10 of fraction. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb(0x400 + fraction, exponent - 25);
        };
        return bits < 0 ? -size : size;
    }

    private Array array(String name) {
        Array array = arrays.get(name);
        if (array == null) {
            String some = excerpt(arrays.keySet().stream().limit(MOST_NAMES).toList().toString());
            throw new TrainingException(file + " must have an array '" + name + "', but has " + arrays.size() + " others: "
                    + some + "; name one of these, or take another file");
        }
        return array;
    }

    /**
     * Writes arrays of {@code F32}.
     *
     * @param metadata texts about the file by their names
     * @param layout names, places and shapes of the arrays, which cover the values in their order and without gaps
     * @param values numbers of all arrays
     * @return the content of the file
     */
    public static byte[] write(Map<String, String> metadata, List<Segment> layout, float[] values) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            members.put(METADATA, new TreeMap<>(metadata));
        }
        int end = 0;
        for (Segment segment : layout) {
            long from = (long) segment.offset() * Float.BYTES;
            long to = from + (long) segment.length() * Float.BYTES;
            Map<String, Object> array = new LinkedHashMap<>();
            array.put(TYPE, FLOAT);
            array.put(SHAPE, segment.shape());
            array.put(OFFSETS, List.of(from, to));
            Object before = members.put(segment.name(), array);
            if (before != null || segment.name().equals(METADATA) || segment.offset() != end) {
                throw new IllegalArgumentException("the layout must have each name once, not " + METADATA
                        + ", and no gaps, but has " + segment + " after " + end + " values");
            }
            end += segment.length();
        }
        if (end != values.length) {
            throw new IllegalArgumentException("the layout must cover " + values.length + " values, but covers " + end);
        }
        byte[] header = Json.write(members).getBytes(StandardCharsets.UTF_8);
        // Blanks at the end of the header let the numbers begin at a multiple of their size, as the format wants.
        int padded = Math.floorDiv(header.length + LENGTH - 1, LENGTH) * LENGTH;
        long size = (long) LENGTH + padded + (long) values.length * Float.BYTES;
        if (size > Integer.MAX_VALUE) {
            throw new NotEnoughMemoryException("a file of weights must have at most " + Integer.MAX_VALUE + " bytes, but has "
                    + size + "; use a smaller network", null);
        }
        ByteBuffer content = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(padded).put(header);
        while (content.position() < LENGTH + padded) {
            content.put((byte) ' ');
        }
        content.asFloatBuffer().put(values);
        return content.array();
    }
}
