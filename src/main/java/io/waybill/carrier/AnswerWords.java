package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.text.Shortened;
import java.util.List;
import java.util.stream.Collectors;

/** What an answer says in words, under whichever name and however deep it says it. */
final class AnswerWords {
    private static final int LONGEST_WORDS = 300;
    private static final int LONGEST_PAGE = 20_000;
    private static final List<String> WORDS = List.of(
            "error_description",
            "message",
            "detail",
            "description",
            "faultstring",
            "title",
            "error",
            "msg",
            "body",
            "code");

    private AnswerWords() {}

    /** With a colon before; empty when it says nothing. */
    static String of(Answer.Read answer) {
        String words;
        try {
            words = said(Reply.of(answer.body()).json());
        } catch (RuntimeException noJson) {
            words = text(answer.body());
        }
        return words.isEmpty() ? "" : ": " + Shortened.to(LONGEST_WORDS, words);
    }

    /** What a page shows, or any text; of what is no text nothing. */
    private static String text(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, LONGEST_PAGE), UTF_8);
        boolean isText = text.chars().filter(c -> c == 0 || c == '\uFFFD').count() <= 1;
        return isText ? ShownText.of(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip() : "";
    }

    /** A list of errors says more than what stands above it, which is often no more than the status in words. */
    private static String sentence(JsonNode node) {
        JsonNode list = node.path("errors");
        String errors = list.isContainerNode() ? said(list) : "";
        if (errors.isEmpty()) {
            errors = ofFields(list);
        }
        if (!errors.isEmpty()) {
            return errors;
        }
        JsonNode error = node.path("error");
        if (error.path("errors").isContainerNode() && !error.path("errors").isEmpty()) {
            return sentence(error);
        }
        for (String field : WORDS) {
            String text = texts(node.path(field));
            if (!text.isEmpty()) {
                return text;
            }
        }
        for (JsonNode child : node) {
            String text = child.isContainerNode() ? sentence(child) : "";
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** Of an object that tells what is wrong with each field, under the field's own name. */
    private static String ofFields(JsonNode errors) {
        return errors.properties().stream()
                .filter(field -> !texts(field.getValue()).isEmpty())
                .map(field -> field.getKey() + ": " + texts(field.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String said(JsonNode node) {
        String texts = texts(node);
        return texts.isEmpty() ? sentence(node) : texts;
    }

    /** A text, or those of a list. */
    private static String texts(JsonNode node) {
        return new Reply(node)
                .list().stream()
                        .filter(one -> one.json().isTextual())
                        .map(one -> Reply.plain(one.json().asText()))
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; "));
    }
}
