package io.waybill;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A call with one thing in it as nobody should send it.
 *
 * @param what that is
 * @param headers by name and value
 * @param isWrong whether the contract does not allow it, so that it must be refused
 * @param names the parameter or the pointer of the field that a refusal names; empty for any
 */
record Twist(String what, String path, byte[] body, List<String> headers, boolean isWrong, String names) {
    Twist(String what, String path, String body, boolean isWrong, String names) {
        this(what, path, body.getBytes(StandardCharsets.UTF_8), List.of(), isWrong, names);
    }

    static String cut(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "… of " + text.length() : text;
    }
}
