package io.waybill.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The demo's input, as it ships. */
final class Samples {
    private Samples() {}

    /** A file with its placeholders filled; names and values in turn. */
    static String read(String file, Object... namesAndValues) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream("/demo/" + file)) {
            if (in == null) {
                throw new IOException("the demo's file " + file + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
                text = text.replace("{" + namesAndValues[i] + "}", String.valueOf(namesAndValues[i + 1]));
            }
            return text;
        }
    }

    static String order(String orderId, String name) throws IOException {
        return read("order.json", "orderId", orderId, "name", name);
    }
}
