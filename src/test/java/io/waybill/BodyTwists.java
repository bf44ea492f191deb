package io.waybill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every way in which the body of one call is wrong: that there is one, how it is written, and each of its fields. */
final class BodyTwists {
    private final TwistedCall call;
    private final List<Twist> twists = new ArrayList<>();

    BodyTwists(TwistedCall call) {
        this.call = call;
    }

    List<Twist> all() throws Exception {
        JsonNode media = call.call().told().path("requestBody").path("content");
        if (media.isMissingNode()) {
            noneIsDue();
            return List.copyOf(twists);
        }
        boolean isOurs = media.has("application/json") && call.isStrict();
        others(isOurs);
        codings();
        if (isOurs) {
            add("cut off: ", call.body().substring(0, call.body().length() / 2), true);
            fields(media.path("application/json").path("schema"));
        }
        return List.copyOf(twists);
    }

    private void noneIsDue() {
        Stream.of("{\"colour\":\"red\"}", "colour=red", "[1]", "x".repeat(100_000))
                .forEach(none -> add("a body where none is due: ", none, call.isStrict()));
    }

    private void others(boolean isOurs) {
        TwistWords.NO_OBJECTS.forEach(none -> add("body ", none, isOurs));
        TwistWords.UNKNOWN.forEach(unknown -> add("body ", unknown, isOurs && call.isJudged()));
        Stream.of("", " ", "null", "\ufeff{}").forEach(nothing -> add("body ", nothing, false));
    }

    private void codings() {
        add("UTF-16", call.body().getBytes(UTF_16));
        add("UTF-16 without a mark", call.body().getBytes(UTF_16LE));
        add("ISO 8859-1", call.body().replace('e', 'é').getBytes(ISO_8859_1));
        add("gzip cut off", new byte[] {0x1f, (byte) 0x8b, 8, 0});
        add("half a mark", new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    }

    private void fields(JsonNode schema) throws Exception {
        TwistedJson twisted = new TwistedJson(Json.mapper().readTree(call.body()));
        for (String pointer : twisted.pointers()) {
            for (Map.Entry<String, String> one : twisted.at(pointer).entrySet()) {
                String what = pointer + " = " + Twist.cut(one.getKey());
                boolean isWrong = isNone(one.getKey()) || isBroken(schema, one.getValue());
                twists.add(call.with(what, one.getValue(), isWrong, pointer));
            }
        }
    }

    /** Whether a value is none of JSON. */
    private boolean isNone(String value) {
        boolean isBroken = value.contains("\\u0000") || value.contains("\\ud800");
        return value.equals("twice") || (isBroken && call.isJudged());
    }

    private boolean isBroken(JsonNode schema, String body) throws Exception {
        return !schema.isMissingNode()
                && !call.contract().broken(schema, TwistedJson.said(body)).isEmpty();
    }

    private void add(String coding, byte[] bytes) {
        twists.add(call.with("a body in " + coding, bytes));
    }

    private void add(String what, String text, boolean isWrong) {
        twists.add(call.with(what + Twist.cut(text), text, isWrong, ""));
    }
}
