package io.waybill.portal;

import io.waybill.api.Answer;
import io.waybill.api.Request;
import io.waybill.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;

/**
 * Style, script and signs: read when they are first asked for, compressed once, and kept by browsers for as long as their
 * address stays. Pages are not compressed: they hold a secret beside what was asked.
 */
final class Assets {
    private static final Map<String, String> PLACES = Map.of(
            "portal.css", "portal/portal.css",
            "portal.js", "portal/portal.js",
            "waybill.svg", "portal/waybill.svg",
            "htmx.js", "META-INF/resources/webjars/htmx.org/2.0.4/dist/htmx.min.js");
    private static final Map<String, String> TYPES =
            Map.of("css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");
    private static final Map<String, Asset> READ = new ConcurrentHashMap<>();

    private Assets() {}

    private record Asset(byte[] bytes, byte[] zipped, String mark) {}

    static String address(String name) {
        return "/assets/" + read(name).mark() + "/" + name;
    }

    /** @param name without a folder */
    static Answer answer(Request request, String name) {
        if (!PLACES.containsKey(name)) {
            return Headers.safe(Answer.empty(404));
        }
        Asset asset = read(name);
        boolean zip = request.header("Accept-Encoding").orElse("").contains("gzip");
        Answer answer = Headers.safe(Answer.bytes(
                        String.valueOf(TYPES.get(name.substring(name.lastIndexOf('.') + 1))),
                        zip ? asset.zipped() : asset.bytes()))
                .with("Cache-Control", "public, max-age=31536000, immutable")
                .with("Vary", "Accept-Encoding");
        return zip ? answer.with("Content-Encoding", "gzip") : answer;
    }

    private static Asset read(String name) {
        return READ.computeIfAbsent(name, Assets::open);
    }

    private static Asset open(String name) {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(String.valueOf(PLACES.get(name)))) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            byte[] bytes = in.readAllBytes();
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
                zip.write(bytes);
            }
            return new Asset(bytes, zipped.toByteArray(), mark(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mark(byte[] bytes) {
        return Sha256.of(bytes).substring(0, 12);
    }
}
