package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;

/** The calls of the REST interface, {@code /v1}, as commands make them. */
public interface Desk extends AutoCloseable {
    /** Whether a running hub answers, rather than its database. */
    boolean isRunning();

    /**
     * Makes one call.
     *
     * @param path under {@code /v1}, with its query: {@code /deliveries/evt_1/replay}
     * @param body empty for none
     */
    Reply call(String verb, String path, byte[] body, Locale language);

    /** Hands a file over as the body of a POST. */
    Reply upload(String path, Path file, Locale language);

    /** Saves what a GET answers; where it is refused, nothing is saved and the reply says why. */
    Reply download(String path, Path target, Locale language);

    /** @param status of HTTP; from 400 on the body is a problem document */
    record Reply(int status, JsonNode body) {
        public boolean isOk() {
            return status < 400;
        }
    }

    @Override
    void close();
}
