package io.github.spirabr.onnx;

import io.github.spirabr.core.SpiraException;

/** A network that cannot be said in ONNX. */
public final class OnnxExportException extends SpiraException {

    private static final long serialVersionUID = 1L;

    OnnxExportException(String message) {
        super(message);
    }
}
