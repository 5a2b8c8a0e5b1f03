package io.github.spirabr.core.internal.adapter;

import java.util.Locale;
import java.util.Set;

/** The names of files that must hold sound; files of other names may. */
public final class AudioNames {

    private static final Set<String> ENDINGS = Set.of("wav", "ogg", "oga", "opus", "flac", "mp3", "m4a", "mp4", "aac", "webm", "mka",
            "wma", "amr", "3gp", "aif", "aiff", "caf", "au");

    private AudioNames() {}

    /** Returns whether a name has the ending of an audio file, in any case. */
    public static boolean isAudio(String name) {
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
