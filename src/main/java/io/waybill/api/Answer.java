package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.text.UrlPart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a resource answers.
 *
 * @param body not copied; empty for none
 * @param file what is sent instead of the body, piece by piece, and deleted; or null
 */
public record Answer(
        int status,
        String mediaType,
        byte[] body,
        Map<String, String> headers,
        @Nullable Path file) {

    public Answer(int status, String mediaType, byte[] body, Map<String, String> headers) {
        this(status, mediaType, body, headers, null);
    }

    /** A temporary file to be saved under this name. */
    public static Answer file(String mediaType, Path file, String name) {
        return new Answer(200, mediaType, new byte[0], Map.of(), file)
                .with("Content-Disposition", "attachment; filename*=UTF-8''" + UrlPart.of(name));
    }

    public static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json", body.toString().getBytes(UTF_8), Map.of());
    }

    public static Answer ok(JsonNode body) {
        return json(200, body);
    }

    public static Answer bytes(String mediaType, byte[] body) {
        return new Answer(200, mediaType, body, Map.of());
    }

    public static Answer empty(int status) {
        return new Answer(status, "", new byte[0], Map.of());
    }

    /** The same answer with one more header: {@code Location}, {@code Retry-After}. */
    public Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, mediaType, body, more, file);
    }
}
