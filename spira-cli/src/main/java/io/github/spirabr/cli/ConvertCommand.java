package io.github.spirabr.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.decode.FfmpegHeaders;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.storage.fs.manifest.ListWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira convert}: writes the recordings of a list as another list. */
@Command(
        name = "convert",
        description = "Writes the recordings of a list as a CSV manifest or as cuts of lhotse, with all that is known of them: "
                + "files, parts, subjects, classes, sessions, tasks and metadata. No audio is copied.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira convert kaldi/data/train --to manifest.csv",
            "  spira convert table.csv --columns file=cough_filename,class=status --words negative=healthy,positive=covid "
                    + "--to cuts.jsonl.gz"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class ConvertCommand implements Callable<Integer> {

    @Parameters(paramLabel = "SOURCE", showDefaultValue = Visibility.NEVER,
            description = "List of recordings in any form that 'spira inspect' takes, or - for standard input; or an experiment "
                    + "(.yaml or .yml), whose recordings are written.")
    private String source;

    @Option(names = "--to", paramLabel = "FILE", required = true, showDefaultValue = Visibility.NEVER,
            description = "The list to write: .csv for a manifest, .jsonl or .jsonl.gz for cuts of lhotse. It replaces one that "
                    + "is there.")
    private Path target;

    @Mixin
    private ManifestColumns columns = new ManifestColumns();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Mixin
    private Output output = new Output();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        requireTarget();
        Dataset dataset = recordings().load();
        try {
            ListWriter.write(dataset.recordings(), target, ConvertCommand::format);
        } catch (IllegalArgumentException e) {
            throw new InvalidDatasetException(dataset.name(), List.of(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(target + " could not be written", e);
        }
        output.print(
                () -> Map.of("list", target.toString(), "recordings", dataset.recordings().size(), "notes", dataset.notes()),
                out -> {
                    dataset.notes().forEach(out::println);
                    out.println(target + " has " + Counted.of(dataset.recordings().size(), "recording") + " of "
                            + Counted.of(dataset.subjects().size(), "subject"));
                    if (!columns.layout().isEmpty()) {
                        out.print("\nThe source in an experiment file:\n" + columns.section(source));
                    }
                });
        return 0;
    }

    private void requireTarget() {
        String fault = null;
        try {
            Path folder = target.toAbsolutePath().getParent();
            if (!target.toString().matches(".*\\.(csv|jsonl|jsonl\\.gz)")) {
                fault = "must end with .csv, .jsonl or .jsonl.gz, but was " + target;
            } else if (folder == null || !Files.isDirectory(folder)) {
                fault = "must be in a folder that exists, but there is no folder " + folder + "; make it";
            } else if (Files.exists(target) && Files.exists(Path.of(source)) && Files.isSameFile(target, Path.of(source))) {
                fault = "must be another file than the source, but was " + target;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(target + " could not be examined", e);
        }
        if (fault != null) {
            throw new ParameterException(spec.commandLine(), "--to " + fault);
        }
    }

    private RecordingSource recordings() {
        Path path = Path.of(source);
        return StageOptions.isExperiment(path)
                ? ExperimentParts.of(settings.read(path, columns)).recordings() : columns.recordings(source);
    }

    /** Returns the format of a file: by its header where that counts samples, else decoded. */
    private static SourceFormat format(AudioSource file) {
        SourceFormat header = FfmpegHeaders.read(file.name(), file);
        if (!header.duration().isZero() && (header.codec().startsWith("pcm_") || header.codec().equals("flac"))) {
            return header;
        }
        Waveform waveform = FfmpegAudioReader.builder().sampleRate(header.sampleRate()).maxDuration(Duration.ofHours(12))
                .maxSamples(Integer.MAX_VALUE).build().read(file.name(), file);
        return new SourceFormat(header.codec(), header.sampleRate(), header.channels(), waveform.duration());
    }
}
