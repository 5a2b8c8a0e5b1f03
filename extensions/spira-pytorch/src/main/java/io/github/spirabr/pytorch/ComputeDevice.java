package io.github.spirabr.pytorch;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;

/** The processor that a network is computed on. */
public enum ComputeDevice {
    /** The first CUDA device if PyTorch finds one, otherwise the processor. */
    AUTO,
    /** The processor. */
    CPU,
    /** The first CUDA device; a network is refused where PyTorch finds none. */
    CUDA;

    /** Tolerance for sums in single precision, whose order PyTorch chooses by the processor. */
    static final double MACHINE_TOLERANCE = 1e-4;

    /** Returns the setting of a network's device, without a default. */
    static Setting setting() {
        return Setting.choice(
                "device", ComputeDevice.class, "Device that computes it; auto takes CUDA where PyTorch finds it.");
    }

    /** Returns the value that stored models have: {@code auto} for CUDA, so that machines without CUDA restore them. */
    String stored() {
        return Settings.nameOf(this == CUDA ? AUTO : this);
    }
}
