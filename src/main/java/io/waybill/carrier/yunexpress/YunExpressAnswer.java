package io.waybill.carrier.yunexpress;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The envelope of an answer: whether it was a success, the carrier's code and words, and what was asked for. Fields are found
 * however they are spelled: {@code waybill_number}, {@code waybillNumber} and {@code WayBillNumber} are the same.
 */
record YunExpressAnswer(Reply json) {

    /** @throws RuntimeException when it is no JSON */
    static YunExpressAnswer of(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        Reply inner = at(json, "response");
        return new YunExpressAnswer(inner.json().isObject() ? inner : json);
    }

    /** It says so; where it has no {@code success}, a code of zeros and what was asked for do. */
    boolean isSuccess() {
        return success().isEmpty() ? isZero() && !results().isEmpty() : says("true", "1");
    }

    /** It says that it is none, or has another code and not what was asked for; an answer that says nothing is neither. */
    boolean isRefusal() {
        return success().isEmpty() ? !code().isEmpty() && !isZero() && results().isEmpty() : says("false", "0");
    }

    /** Whether its code is that of a success. */
    boolean isZero() {
        return code().matches("0+|200");
    }

    private boolean says(String... words) {
        return Stream.of(words).anyMatch(success()::equalsIgnoreCase);
    }

    String success() {
        return text(json, "success");
    }

    String code() {
        return text(json, "code");
    }

    String words() {
        return Stream.of("msg", "message", "error_description", "error")
                .map(field -> text(json, field))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The first thing that was asked for; absent when there is none. */
    Reply result() {
        return results().stream().findFirst().orElseGet(() -> json.at("result", "none"));
    }

    /** All of them, a list or one object. */
    List<Reply> results() {
        return Stream.of("result", "data", "detail")
                .map(field -> list(json, field))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    static String text(Reply json, String field) {
        return at(json, field).text();
    }

    static List<Reply> list(Reply json, String field) {
        return at(json, field).list().stream()
                .filter(one -> !one.json().isEmpty() || one.json().isValueNode())
                .toList();
    }

    /** By its name in any spelling, the one with something in it first. */
    static Reply at(Reply json, String field) {
        JsonNode node = json.json().isArray() ? json.json().path(0) : json.json();
        JsonNode empty = node.path(field);
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (plain(entry.getKey()).equals(plain(field))) {
                empty = entry.getValue();
                if (!empty.isNull() && !(empty.isTextual() && empty.asText().isBlank())) {
                    return new Reply(empty);
                }
            }
        }
        return new Reply(empty);
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
