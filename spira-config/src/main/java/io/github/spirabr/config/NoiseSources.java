package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.NoiseFiles;
import io.github.spirabr.config.ExperimentReader.FaultSink;
import io.github.spirabr.core.preprocessing.NoiseLoader.NoiseSet;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.storage.Storage;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The audio files of a set of noises. */
final class NoiseSources {

    /** Size of a made-up set, which is enough for any part. */
    private static final int MADE_UP = 1000;

    private NoiseSources() {}

    /** Lists the files and checks that they exist; opens none of them. */
    static NoiseSet listed(String name, NoiseFiles files, FaultSink faults) {
        List<AudioSource> sources = new ArrayList<>();
        for (int i = 0; i < files.files().size(); i++) {
            requireFile("noises." + name + ".files[" + i + "]", files.files().get(i), faults);
            sources.add(source(files.files().get(i)));
        }
        files.list().ifPresent(list -> {
            String path = "noises." + name + ".list";
            if (requireFile(path, list, faults)) {
                sources.addAll(Storage.manifests().noises(list.toString(), files.column(), files.root().map(Path::toString),
                        sentence -> faults.fault(path, path + ": " + sentence)));
            }
        });
        Set<String> names = new TreeSet<>();
        return new NoiseSet(name, sources.stream().filter(source -> names.add(source.name())).toList(), files.trainingShare(),
                files.seed(), files.ambient());
    }

    private static boolean requireFile(String path, Path file, FaultSink faults) {
        boolean exists = Files.isRegularFile(file);
        if (!exists) {
            faults.fault(path, path + ": there is no file " + file + "; correct the path");
        }
        return exists;
    }

    /** Returns a set of made-up files, none of which is looked for. */
    static NoiseSet madeUp(String name, NoiseFiles files) {
        List<AudioSource> sources = new ArrayList<>();
        String prefix = files.list().map(Path::toString).orElse(name);
        for (int i = 1; i <= MADE_UP; i++) {
            sources.add(AudioSource.of(prefix + "-" + i, () -> {
                throw new FileNotFoundException("the noises are a stand-in, in which there is no audio");
            }));
        }
        return new NoiseSet(name, sources, files.trainingShare(), files.seed(), files.ambient());
    }

    private static AudioSource source(Path file) {
        return Storage.of(file.toString()).file(file.toString());
    }
}
