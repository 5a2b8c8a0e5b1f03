package io.github.spirabr.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.WindowSpan;
import io.github.spirabr.report.FeaturePlot;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spira plot}: draws the features of an audio file. */
@Command(
        name = "plot",
        description = "Draws the features of an audio file over time, with its windows marked, as PNG or SVG.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira plot recording.wav --out recording.png",
            "  spira plot recording.wav --kind mfcc --out recording.svg --window 4 --step 1"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class PlotCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", showDefaultValue = Visibility.NEVER, description = "An audio file of any common format.")
    private Path file;

    @Option(names = "--out", paramLabel = "PICTURE", required = true, showDefaultValue = Visibility.NEVER,
            description = "The picture, which is replaced if it is there; its ending, .png or .svg, says the format.")
    private Path out;

    @Option(names = "--kind", paramLabel = "KIND", converter = FeatureKind.Converter.class,
            description = "spectrogram, mel or mfcc, as the published models use them.")
    private FeatureKind kind = FeatureKind.MEL;

    @Mixin
    private Output output = new Output();

    @Mixin
    private WindowOptions windowOptions = new WindowOptions();

    @Override
    public Integer call() {
        SlidingWindow windowing = windowOptions.windowing();
        WholeFiles.requireWritable(out.toAbsolutePath().getParent());
        String recording = String.valueOf(file.getFileName());
        Waveform waveform = FfmpegAudioReader.builder().sampleRate(16_000).build()
                .read(file.toString(), FileAudioSource.of(file));
        List<WindowSpan> windows = WindowOptions.spans(windowing, waveform);
        FeaturePlot.of(recording, waveform, kind.extractor()).windows(windows).write(out);
        output.print(() -> json(waveform, windows), console -> console.println(out));
        return 0;
    }

    private Map<String, Object> json(Waveform waveform, List<WindowSpan> windows) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", file.toString());
        result.put("picture", out.toString());
        result.put("seconds", waveform.length() / (double) waveform.sampleRate());
        result.put("windows", windows.size());
        return result;
    }
}
