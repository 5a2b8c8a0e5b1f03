package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.recording.Recording;
import java.nio.file.Path;
import java.util.List;

/** A process that lists recordings and tells their number. */
final class ListingProcess {

    private ListingProcess() {}

    public static void main(String[] arguments) {
        List<Recording> recordings = Manifest.at(Path.of(arguments[0])).list();
        System.out.println("listed " + recordings.size() + ", the last " + recordings.get(recordings.size() - 1).id());
    }
}
