package io.github.spirabr.onnx;

import io.github.spirabr.core.SpiraException;

/** Thrown when a network cannot be expressed in ONNX. */
public final class OnnxExportException extends SpiraException {

    private static final long serialVersionUID = 1L;

    OnnxExportException(String message) {
        super(message);
    }
}
