package io.github.spirabr.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.RequestContext;
import org.apache.commons.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;

/** Takes the recordings out of a request: its whole body, or the files of a form. */
final class Upload {

    /** A form has the recordings of one patient. */
    private static final int MOST_FILES = 32;

    private Upload() {}

    /**
     * The encoded bytes by the names of the form's fields, in their order; that of a body that is no form is {@code
     * recording}.
     *
     * @param most largest number of bytes of the body
     * @throws HttpFailure if there are none, too many, or fewer than announced
     * @throws IOException if the sender is gone
     */
    static Map<String, byte[]> read(HttpExchange exchange, long most) throws HttpFailure, IOException {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        long announced = announced(exchange);
        if (announced > most) {
            throw tooLarge(most);
        }
        // Left open: what is not read of it is thrown away after the answer.
        InputStream body = new LimitedBody(exchange.getRequestBody(), most, announced);
        try {
            Map<String, byte[]> recordings = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")
                    ? form(body, type, announced) : Map.of("recording", body.readAllBytes());
            for (Map.Entry<String, byte[]> recording : recordings.entrySet()) {
                if (recording.getValue().length == 0) {
                    throw new HttpFailure(400, "EMPTY", recording.getKey() + " is empty; send the bytes of an audio file");
                }
            }
            if (recordings.isEmpty()) {
                throw new HttpFailure(400, "EMPTY", "the form has no file; send each recording as one");
            }
            return recordings;
        } catch (LimitedBody.TooLong e) {
            throw tooLarge(most);
        } catch (IOException e) {
            throw new HttpFailure(400, "TRUNCATED", "the request could not be read to its end: " + e.getMessage());
        }
    }

    /**
     * Reads what was not read of a refused request, within bounds: a connection that is closed before that is reset, and
     * the client may never see the answer.
     *
     * @param most largest number of bytes that are thrown away
     */
    static void discard(HttpExchange exchange, long most) throws IOException {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && length.trim().length() > 18 || length != null && Long.parseLong(length.trim()) > 2 * most) {
            return;
        }
        byte[] buffer = new byte[8192];
        long left = most;
        int count = 0;
        while (left > 0 && count >= 0) {
            count = exchange.getRequestBody().read(buffer);
            left -= count;
        }
    }

    private static HttpFailure tooLarge(long most) {
        return new HttpFailure(413, "TOO_LARGE", "the request has more than the " + most
                + " bytes that are taken; send a shorter recording, or in a compressed format");
    }

    private static long announced(HttpExchange exchange) throws HttpFailure {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length.trim());
        } catch (NumberFormatException e) {
            throw new HttpFailure(400, "BAD_REQUEST", "Content-Length must be a number, but was '" + length + "'");
        }
    }

    private static Map<String, byte[]> form(InputStream body, String type, long announced) throws HttpFailure, IOException {
        Map<String, byte[]> recordings = new LinkedHashMap<>();
        try {
            FileItemIterator items = new FileUpload().getItemIterator(new Form(body, type, announced));
            while (items.hasNext()) {
                FileItemStream item = items.next();
                try (InputStream content = item.openStream()) {
                    byte[] bytes = content.readAllBytes();
                    if (item.isFormField()) {
                        continue;
                    }
                    if (recordings.size() == MOST_FILES) {
                        throw new HttpFailure(413, "TOO_LARGE", "the form has more than " + MOST_FILES + " files");
                    }
                    if (recordings.put(item.getFieldName(), bytes) != null) {
                        throw new HttpFailure(400, "BAD_REQUEST", "the form has two files " + item.getFieldName()
                                + "; give each field a name of its own");
                    }
                }
            }
            return recordings;
        } catch (FileUploadException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new HttpFailure(400, "BAD_REQUEST", "the form could not be read: " + e.getMessage());
        }
    }

    private record Form(InputStream body, String type, long announced) implements UploadContext, RequestContext {

        @Override
        public long contentLength() {
            return announced;
        }

        @Override
        @Deprecated
        public int getContentLength() {
            return (int) Math.min(announced, Integer.MAX_VALUE);
        }

        @Override
        public @Nullable String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return type;
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }
    }
}
