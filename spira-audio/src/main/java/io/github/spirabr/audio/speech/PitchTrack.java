package io.github.spirabr.audio.speech;

/**
 * The fundamental frequency of frames at even distances.
 *
 * @param first time of the first frame's centre, in seconds
 * @param step distance between frames, in seconds
 * @param hertz frequency of each frame; 0 where there is no voice
 * @param strength normalised autocorrelation at that period, up to 1; 0 where there is no voice
 */
record PitchTrack(double first, double step, double[] hertz, double[] strength) {

    int frames() {
        return hertz.length;
    }

    double time(int frame) {
        return first + frame * step;
    }

    boolean isVoiced(int frame) {
        return frame >= 0 && frame < hertz.length && hertz[frame] > 0;
    }

    /** Returns the number of the frame whose centre is nearest, which may lie outside of the track. */
    int nearest(double time) {
        return (int) Math.floor((time - first) / step + 0.5);
    }

    /** Returns the frequency between the two frames around a time; that of the nearest where the other has no voice; 0 without voice. */
    double at(double time) {
        double place = (time - first) / step;
        int near = nearest(time);
        if (!isVoiced(near)) {
            return 0;
        }
        int far = place >= near ? near + 1 : near - 1;
        return isVoiced(far) ? hertz[near] + Math.abs(place - near) * (hertz[far] - hertz[near]) : hertz[near];
    }
}
