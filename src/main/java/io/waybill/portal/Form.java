package io.waybill.portal;

import io.waybill.api.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a form sent.
 *
 * @param file what was put into its one field for a file; or null
 * @param to the path it was sent to; empty where none was
 */
record Form(Map<String, List<String>> values, @Nullable Sent file, String to) {
    static final Form EMPTY = new Form(Map.of(), null);

    Form(Map<String, List<String>> values, @Nullable Sent file) {
        this(values, file, "");
    }

    /**
     * A file.
     *
     * @param name as the visitor's machine calls it
     * @param alone false where others came with it, which are not kept
     */
    record Sent(String name, Path path, boolean alone) {}

    /** @throws IOException when the body is no form */
    static Form of(Request request) throws IOException {
        if (!request.method().equals("POST")) {
            return EMPTY;
        }
        String type = request.header("Content-Type").orElse("");
        Form sent = type.startsWith("multipart/form-data") ? Multipart.read(request, type) : encoded(request.body());
        return new Form(sent.values(), sent.file(), request.path());
    }

    private static Form encoded(byte[] body) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.computeIfAbsent(decoded(pair.substring(0, equals)), first -> new ArrayList<>())
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return new Form(values, null);
    }

    /** What cannot be decoded stays as it is written. */
    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }

    /** The value of a field without spaces around it; empty when it was left empty. */
    Optional<String> value(String name) {
        return all(name).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** Whether it asks for this, filled in or not. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) {
        return value(name).orElse("");
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
