package io.github.spirabr.pytorch;

/** The processor that a network is computed on. */
public enum ComputeDevice {
    /** The first CUDA device if PyTorch finds one, otherwise the processor. */
    AUTO,
    /** The processor. */
    CPU,
    /** The first CUDA device; a network is refused where PyTorch finds none. */
    CUDA
}
