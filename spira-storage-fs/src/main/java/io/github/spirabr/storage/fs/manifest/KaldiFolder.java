package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A data directory of Kaldi. {@code wav.scp} names the files of the recordings; {@code segments}, if it is there, their parts,
 * the utterances; else each recording is an utterance. {@code utt2spk} gives the subjects, and every further {@code utt2NAME}
 * and {@code spk2NAME} is a column NAME. Commands in {@code wav.scp} are refused, never run. The files need not be sorted.
 */
final class KaldiFolder implements Form {

    private static final String FILES = "wav.scp";
    private static final String SEGMENTS = "segments";
    private static final String SPEAKERS = "utt2spk";
    private static final String TEXT = "text";
    private static final String DURATIONS = "reco2dur";
    private static final String CHANNELS = "reco2file_and_channel";
    /** In seconds; less than a sample takes, and more than the digits that lhotse leaves out. */
    private static final BigDecimal SAME_TIME = new BigDecimal("0.000001");
    private static final Pattern IN_AN_ARCHIVE = Pattern.compile(".*:[0-9]+(\\[.*\\])?");
    /** Files about features, and lengths that the audio has itself; reco2dur tells whole files. */
    private static final Set<String> NOT_COLUMNS = Set.of("utt2dur", "utt2num_frames", "utt2spk", "spk2utt");
    /** Columns that other files give. */
    private static final Set<String> OF_OTHERS = Set.of("file_path", "offset", "duration", "channel", "subject", "utterance");
    private static final Map<String, String> COLUMNS = Map.of("label", "class", "gender", "sex", "lang", "language");

    private final Path folder;

    KaldiFolder(Path folder) {
        this.folder = folder;
    }

    /** A value of a table, and where it is. */
    private record Entry(String value, Place place) {}

    /** A table of values of a column. */
    private record Column(String file, String name, Map<String, Entry> values, boolean ofSpeakers) {}

    @Override
    public boolean namesParts() {
        return true;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        return new Reading(rows, faults).read();
    }

    /** One reading. */
    private final class Reading {

        private final Consumer<NamedRow> rows;
        private final FaultList faults;
        private final SharedTexts texts = new SharedTexts();
        private final Map<String, Entry> files = new LinkedHashMap<>();
        private final Map<String, String> channels = new LinkedHashMap<>();
        private final Map<String, BigDecimal> durations = new LinkedHashMap<>();
        private final Map<String, Column> columns = new LinkedHashMap<>();
        private @Nullable Column speakers;
        private boolean complete = true;

        Reading(Consumer<NamedRow> rows, FaultList faults) {
            this.rows = rows;
            this.faults = faults;
        }

        boolean read() {
            complete = table(FILES, this::file);
            if (exists(CHANNELS)) {
                complete = table(CHANNELS, this::channel) && complete;
            }
            if (exists(DURATIONS)) {
                complete = table(DURATIONS, this::duration) && complete;
            }
            readColumns();
            if (!complete) {
                return false;
            }
            Map<String, Place> unused = new LinkedHashMap<>();
            files.forEach((id, entry) -> unused.put(id, entry.place));
            Map<String, Place> utterances = new LinkedHashMap<>();
            if (!exists(SEGMENTS)) {
                files.forEach((id, entry) -> pass(entry.place, id, start(id)));
                tellUnknown(unused);
                return complete;
            }
            boolean whole = table(SEGMENTS, (place, utterance, rest) -> {
                utterances.put(utterance, place);
                unused.remove(segment(place, utterance, rest));
            });
            if (whole) {
                unused.forEach((id, place) -> fault("recordings without a segment", place, "the recording '" + id
                        + "' must have a segment, but has none; add it to " + SEGMENTS + ", or remove the recording"));
                tellUnknown(utterances);
            }
            return whole && complete;
        }

        private boolean exists(String name) {
            return Files.isRegularFile(folder.resolve(name));
        }

        private void fault(String kind, Place place, String sentence) {
            faults.add(kind, place.toString(), sentence);
            complete = false;
        }

        private boolean table(String name, Table table) {
            Map<String, Place> seen = new LinkedHashMap<>();
            return TextLines.read(FileAudioSource.of(folder.resolve(name)), name, (place, bytes, offset, length) -> {
                String[] parts = new String(bytes, offset, length, StandardCharsets.UTF_8).strip().split("[ \t]+", 2);
                Place before = seen.putIfAbsent(parts[0], place);
                if (before != null) {
                    throw new FaultyLineException("lines of one name", "'" + parts[0] + "' must be listed once, but is already"
                            + " in " + before + "; remove one");
                }
                if (parts.length < 2) {
                    throw new FaultyLineException("lines without a value", "must have a name and a value, but has '" + parts[0]
                            + "' alone; complete it, or remove it");
                }
                table.take(place, parts[0], parts[1]);
            }, faults);
        }

        private void file(Place place, String id, String path) throws FaultyLineException {
            if (path.endsWith("|") || path.startsWith("|")) {
                throw new FaultyLineException("recordings that are commands", "the recording '" + id
                        + "' must be a file, but is a command; commands of a list are never run: run it yourself, and name the"
                        + " file that it makes");
            }
            if (path.equals("-") || IN_AN_ARCHIVE.matcher(path).matches()) {
                throw new FaultyLineException("recordings in archives", "the recording '" + id + "' must be a file, but was '"
                        + path + "'; write each recording to a file of its own by Kaldi's wav-copy, and name it");
            }
            files.put(id, new Entry(path, place));
        }

        private void channel(Place place, String id, String rest) throws FaultyLineException {
            String[] parts = rest.split("[ \t]+");
            String channel = parts[parts.length - 1];
            if (parts.length != 2 || !channel.matches("[AB]|[1-9][0-9]{0,2}")) {
                throw new FaultyLineException("lines with wrong channels", "must have a recording, a file and a channel A, B"
                        + " or 1 on, but has '" + rest + "' behind the recording; correct it");
            }
            channels.put(id, channel.equals("A") ? "1" : channel.equals("B") ? "2" : channel);
        }

        private void duration(Place place, String id, String seconds) throws FaultyLineException {
            durations.put(id, DecimalSeconds.parse("the duration", seconds));
        }

        private void readColumns() {
            if (exists(SPEAKERS)) {
                speakers = column(SPEAKERS, "subject", false);
            }
            for (String name : names()) {
                boolean ofSpeakers = name.startsWith("spk2");
                if ((ofSpeakers || name.startsWith("utt2")) && name.length() > 4 && !NOT_COLUMNS.contains(name) && exists(name)) {
                    String column = COLUMNS.getOrDefault(name.substring(4), name.substring(4));
                    Column before = columns.get(column);
                    if (ofSpeakers && speakers == null) {
                        fault("values of unknown speakers", new Place(name, 0), "must come with " + SPEAKERS
                                + ", which says who speaks, but the folder has none; add it");
                    } else if (OF_OTHERS.contains(column)) {
                        fault("files of other columns", new Place(name, 0), "must not be there, as other files of the folder give"
                                + " the column '" + column + "'; rename or remove it");
                    } else if (before != null) {
                        fault("files of one column", new Place(name, 0), "must be the only file of the column '" + column
                                + "', but " + before.file + " is one, too; remove one");
                    } else {
                        columns.put(column, column(name, column, ofSpeakers));
                    }
                }
            }
            if (exists(TEXT) && columns.containsKey(TEXT)) {
                fault("files of one column", new Place(TEXT, 0), "must be the only file of the column 'text', but "
                        + columns.get(TEXT).file + " is one, too; remove one");
            } else if (exists(TEXT)) {
                columns.put(TEXT, column(TEXT, TEXT, false));
            }
        }

        private Iterable<String> names() {
            try {
                return Folders.names(folder);
            } catch (IOException e) {
                faults.add("unreadable lists", "", "the folder could not be read (" + e.getMessage() + "); correct its path");
                complete = false;
                return List.of();
            }
        }

        private Column column(String file, String name, boolean ofSpeakers) {
            Map<String, Entry> values = new LinkedHashMap<>();
            complete = table(file, (place, id, value) -> values.put(id, new Entry(texts.of(name, value), place))) && complete;
            return new Column(file, name, values, ofSpeakers);
        }

        /** Passes on a segment; returns its recording. */
        private String segment(Place place, String utterance, String rest) throws FaultyLineException {
            String[] parts = rest.split("[ \t]+");
            if (parts.length != 3 && parts.length != 4) {
                throw new FaultyLineException("lines with wrong segments", "must have an utterance, a recording, a start and"
                        + " an end, but has " + (parts.length + 1) + " values; correct it");
            }
            BigDecimal start = DecimalSeconds.parse("the start", parts[1]);
            BigDecimal end = DecimalSeconds.parse("the end", parts[2]);
            boolean toTheEnd = end.compareTo(BigDecimal.ONE.negate()) == 0;
            if (start.signum() < 0 || !toTheEnd && end.compareTo(start) <= 0) {
                throw new FaultyLineException("lines with wrong times", "must start at 0 s at least and end later, or at -1"
                        + " for the end"
                        + " of the file, but starts at " + parts[1] + " and ends at " + parts[2] + "; correct it");
            }
            if (!files.containsKey(parts[0])) {
                throw new FaultyLineException("segments without a recording", "the recording '" + parts[0]
                        + "' must be listed, but " + FILES + " has none of this name; add it, or remove the segment");
            }
            Map<String, String> row = start(parts[0]);
            if (start.signum() > 0 || !toTheEnd && !isWhole(parts[0], end)) {
                row.put("offset", DecimalSeconds.text(start));
                if (!toTheEnd) {
                    row.put("duration", DecimalSeconds.text(end.subtract(start)));
                }
            }
            if (parts.length == 4) {
                LhotseRecording.channels(parts[3]);
                row.put("channel", String.valueOf(Integer.parseInt(parts[3]) + 1));
            }
            pass(place, utterance, row);
            return parts[0];
        }

        private boolean isWhole(String recording, BigDecimal end) {
            BigDecimal duration = durations.get(recording);
            return duration != null && end.subtract(duration).abs().compareTo(SAME_TIME) <= 0;
        }

        private Map<String, String> start(String recording) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("file_path", files.get(recording).value);
            String channel = channels.get(recording);
            if (channel != null) {
                row.put("channel", channel);
            }
            return row;
        }

        private void pass(Place place, String utterance, Map<String, String> row) {
            row.put("utterance", utterance);
            boolean whole = true;
            if (speakers != null) {
                whole = add(place, speakers, "utterance", utterance, row);
            }
            String speaker = row.get("subject");
            for (Column column : columns.values()) {
                if (!column.ofSpeakers) {
                    whole &= add(place, column, "utterance", utterance, row);
                } else if (speaker != null) {
                    whole &= add(place, column, "speaker", speaker, row);
                }
            }
            if (whole) {
                rows.accept(new NamedRow(place, row));
            }
        }

        private boolean add(Place place, Column column, String what, String key, Map<String, String> row) {
            Entry entry = column.values.get(key);
            if (entry != null) {
                row.put(column.name, entry.value);
            } else if (!column.file.equals(TEXT)) {
                fault("entries that are missing in " + column.file, place, "the " + what + " '" + key + "' must be in "
                        + column.file + ", but is not; add it");
                return false;
            }
            return true;
        }

        /** Tells names that only a table of values has, which are probably misspelt. */
        private void tellUnknown(Map<String, Place> utterances) {
            Map<String, Place> known = new LinkedHashMap<>();
            if (speakers != null) {
                tellUnknown(speakers, "utterance", utterances);
                speakers.values.values().forEach(entry -> known.put(entry.value, entry.place));
            }
            for (Column column : columns.values()) {
                if (!column.ofSpeakers) {
                    tellUnknown(column, "utterance", utterances);
                } else if (speakers != null) {
                    tellUnknown(column, "speaker", known);
                }
            }
        }

        private void tellUnknown(Column column, String what, Map<String, Place> known) {
            column.values.forEach((key, entry) -> {
                if (!known.containsKey(key)) {
                    fault("entries of an unknown " + what, entry.place, "the " + what + " '" + key
                            + "' must be in the list of recordings, but is not; correct or remove the line");
                }
            });
        }
    }

    /** A user of the lines of a table. */
    private interface Table {
        void take(Place place, String name, String rest) throws FaultyLineException;
    }
}
