package io.github.spirabr.storage.fs.manifest;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns whose meaning is known, with the names that they have in lists of others. */
enum Column {
    FILE("file_path", "path", "filename", "file", "audio", "audio_path", "audio_file", "audio_filepath", "wav", "arquivo",
            "caminho"),
    CLASS("class", "label", "classe", "rotulo"),
    SUBJECT("subject", "subject_id", "speaker", "speaker_id", "spk_id", "patient_id", "participant_id", "client_id", "sujeito",
            "paciente", "falante", "participante"),
    SESSION("session", "session_id", "visit", "sessao", "visita"),
    TASK("task", "tarefa"),
    OFFSET("offset", "start", "start_time", "begin", "inicio"),
    DURATION("duration", "duracao"),
    END("end", "end_time", "fim"),
    CHANNEL("channel", "canal");

    private final String usual;
    private final Set<String> letters;

    Column(String usual, String... others) {
        this.usual = usual;
        this.letters = Stream.concat(Stream.of(usual), Stream.of(others)).map(Column::letters).collect(Collectors.toSet());
    }

    /** Returns its name unless a layout gives another one. */
    String usual() {
        return usual;
    }

    /** Returns the name of the setting that names it. */
    String setting() {
        return name().toLowerCase(Locale.ROOT) + "Column";
    }

    /** Returns whether it tells a part of a file. */
    boolean isOfPart() {
        return this == OFFSET || this == DURATION || this == END || this == CHANNEL;
    }

    /** Returns whether a name is one of those that the column has in lists of others, in any case. */
    boolean isCalled(String name) {
        return letters.contains(letters(name));
    }

    /** Returns the letters and digits of a name without case and accents. */
    static String letters(String name) {
        return Letters.NONE.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** A place for the pattern, which the constants need when they are made. */
    private static final class Letters {

        private static final Pattern NONE = Pattern.compile("[^\\p{L}\\p{N}]+");
    }
}
