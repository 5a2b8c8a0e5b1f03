package io.github.spirabr.storage.fs.manifest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording of lhotse: one audio file, or a file for each of its channels.
 *
 * @param id its name in other lists
 * @param sources its files
 * @param samplingRate sampling rate, in hertz
 * @param samples length of each channel
 */
record LhotseRecording(String id, List<Source> sources, long samplingRate, long samples) {

    /** Custom field with the text of a part that lhotse's times and channels do not tell exactly, such as one without an end. */
    static final String EXACT_PART = "spira_part";

    private static final Pattern PART = Pattern.compile("([0-9.]{1,30})\\+([0-9.]{1,30}|end)(?: channel ([1-9][0-9]{0,3}))?");
    private static final Pattern CHANNEL = Pattern.compile("[0-9]{1,4}");
    private static final Pattern LENGTH = Pattern.compile("[1-9][0-9]{0,14}");
    private static final String UNUSABLE = "recordings that are not files";

    /**
     * A file.
     *
     * @param path path, as it is written
     * @param channels numbers of the recording's channels that are in it, in their order
     */
    record Source(String path, List<String> channels) {}

    /** Reads a recording; refuses one whose audio is not the content of files. */
    static LhotseRecording of(Map<?, ?> object) throws FaultyLineException {
        String id = text(object, "the recording", "id");
        List<?> transforms = object.get("transforms") instanceof List<?> list ? list : List.of();
        if (!transforms.isEmpty()) {
            String names = String.join(", ", transforms.stream()
                    .map(one -> one instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : String.valueOf(one)).toList());
            throw new FaultyLineException(UNUSABLE, "the recording '" + id + "' must be its file's own audio, but is changed by "
                    + names + "; list the data before these changes, or save the changed audio by lhotse's save_audios and list"
                    + " those files");
        }
        List<Source> sources = new ArrayList<>();
        if (object.get("sources") instanceof List<?> list) {
            for (Object source : list) {
                sources.add(source(id, source));
            }
        }
        if (sources.isEmpty()) {
            throw new FaultyLineException(UNUSABLE, "the recording '" + id + "' must have sources, but has none; name its file");
        }
        return new LhotseRecording(id, List.copyOf(sources), number(object, id, "sampling_rate"), number(object, id,
                "num_samples"));
    }

    private static Source source(String id, Object value) throws FaultyLineException {
        if (!(value instanceof Map<?, ?> source)) {
            throw new FaultyLineException(UNUSABLE, "the recording '" + id + "' must have objects as sources, but has '" + value
                    + "'; correct it");
        }
        String type = text(source, "the source of '" + id + "'", "type");
        if (!type.equals("file")) {
            throw new FaultyLineException(UNUSABLE, "the recording '" + id + "' must be a file, but is of the type '" + type
                    + "'; " + switch (type) {
                        case "command" -> "commands of a list are never run: run it yourself, and list the file that it makes";
                        case "url" -> "download it, and list the file";
                        default -> "save its audio by lhotse's save_audios, and list the files";
                    });
        }
        List<String> channels = channels(source.get("channels"));
        return new Source(text(source, "the source of '" + id + "'", "source"), channels.isEmpty() ? List.of("0") : channels);
    }

    /** Returns channels, which are a number, a list of numbers, or not given. */
    static List<String> channels(Object value) throws FaultyLineException {
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        List<String> channels = new ArrayList<>();
        for (Object one : values) {
            if (!(one instanceof String text) || !CHANNEL.matcher(text).matches()) {
                throw new FaultyLineException("lines with wrong channels", "a channel must be a number from 0 on, but was '" + one
                        + "'; correct it");
            }
            channels.add(text);
        }
        return channels;
    }

    private static long number(Map<?, ?> object, String id, String name) throws FaultyLineException {
        String text = text(object, "the recording '" + id + "'", name);
        if (!LENGTH.matcher(text).matches()) {
            throw new FaultyLineException("recordings without a length", name + " of the recording '" + id
                    + "' must be a positive whole number, but was '" + text + "'; correct it");
        }
        return Long.parseLong(text);
    }

    /** Returns a text or number that must be there. */
    static String text(Map<?, ?> object, String owner, String name) throws FaultyLineException {
        if (object.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new FaultyLineException("lines without " + name, owner + " must have '" + name + "', but has "
                + (object.get(name) == null ? "none" : "'" + object.get(name) + "'") + "; correct it");
    }

    /**
     * Returns the file and the part of it that lhotse's start, duration and channels stand for, by the names of columns; no
     * offset for the whole length, and no channel for all channels.
     */
    Map<String, String> part(BigDecimal start, BigDecimal duration, List<String> channels) throws FaultyLineException {
        long first = DecimalSeconds.samples(start, samplingRate);
        long end = DecimalSeconds.samples(start.add(duration), samplingRate);
        if (start.signum() < 0 || end <= first || end > samples) {
            throw new FaultyLineException("lines with wrong times", "must be a part of the recording '" + id + "' of "
                    + DecimalSeconds.text(seconds(samples, samplingRate)) + " s, but is " + DecimalSeconds.text(duration)
                    + " s from " + DecimalSeconds.text(start) + " s on; correct start and duration");
        }
        Map<String, String> part = new LinkedHashMap<>();
        Source source = source(channels);
        part.put("file_path", source.path);
        if (first != 0 || end < samples) {
            part.put("offset", DecimalSeconds.text(start));
            part.put("duration", DecimalSeconds.text(duration));
        }
        if (channels.size() < source.channels.size()) {
            part.put("channel", String.valueOf(source.channels.indexOf(channels.get(0)) + 1));
        }
        return part;
    }

    /**
     * Returns the part by the names of columns as a supervision's custom field says it, if it is still the same part of the file;
     * else, or without that field, the part as it is.
     */
    Map<String, String> exact(Map<?, ?> supervision, Map<String, String> part) {
        Object text = supervision.get("custom") instanceof Map<?, ?> custom ? custom.get(EXACT_PART) : null;
        Matcher matcher = PART.matcher(text == null ? "" : text.toString());
        if (!matcher.matches()) {
            return part;
        }
        Map<String, String> exact = new LinkedHashMap<>();
        exact.put("file_path", part.get("file_path"));
        boolean toTheEnd = matcher.group(2).equals("end");
        if (!toTheEnd || !matcher.group(1).equals("0")) {
            exact.put("offset", matcher.group(1));
        }
        if (!toTheEnd) {
            exact.put("duration", matcher.group(2));
        }
        if (matcher.group(3) != null) {
            exact.put("channel", matcher.group(3));
        }
        return isPart(exact, part) ? exact : part;
    }

    /** Returns whether the exact part, which may be that of an earlier cut, is the same as a part. */
    private boolean isPart(Map<String, String> exact, Map<String, String> part) {
        List<String> channels = sources.get(0).channels;
        int channel = Integer.parseInt(exact.getOrDefault("channel", "0"));
        if (sources.size() > 1 || channel > channels.size()) {
            return false;
        }
        try {
            BigDecimal start = DecimalSeconds.parse(EXACT_PART, exact.getOrDefault("offset", "0"));
            BigDecimal duration = exact.containsKey("duration")
                    ? DecimalSeconds.parse(EXACT_PART, exact.get("duration")) : seconds(samples, samplingRate).subtract(start);
            return part(start, duration, channel == 0 ? channels : List.of(channels.get(channel - 1))).equals(part);
        } catch (FaultyLineException e) {
            // It was another part, or another file.
            return false;
        }
    }

    /** Returns the length of so many samples as lhotse writes it. */
    static BigDecimal seconds(long samples, long samplingRate) {
        return BigDecimal.valueOf(samples).divide(BigDecimal.valueOf(samplingRate), MathContext.DECIMAL64);
    }

    /** Returns the file with one channel, or with exactly these channels. */
    private Source source(List<String> channels) throws FaultyLineException {
        Optional<Source> found = sources.stream()
                .filter(one -> channels.size() == 1 && one.channels.contains(channels.get(0)) || one.channels.equals(channels))
                .findFirst();
        return found.orElseThrow(() -> new FaultyLineException("lines with wrong channels",
                "must be one channel or all channels of a file of the recording '" + id + "', but is channels " + channels
                        + " of " + sources.stream().map(one -> one.path + " " + one.channels).toList()
                        + "; choose one channel by lhotse's with_channels"));
    }
}
