package io.waybill.carrier.easypost;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NotNow;
import io.waybill.carrier.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code error}: a code, a message, and {@code errors}, which are texts or objects of field and message.
 *
 * @param fields that the errors name, as EasyPost calls them
 */
record EasyPostError(int status, String code, String words, List<String> fields) {
    private static final CodeTable CODES = CodeTable.read(EasyPostError.class, "errors.csv", "");
    private static final CodeTable FIELDS = CodeTable.read(EasyPostError.class, "fields.csv", "");
    private static final Pattern ITEM = Pattern.compile("customs_items?\\W*(\\d{1,3})");

    /** @throws RuntimeException when the answer holds no error */
    static EasyPostError of(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        Reply error = json.at("error");
        boolean isText = error.json().isTextual();
        String code = isText ? "" : error.text("code");
        List<Reply> parts = isText ? List.of() : error.list("errors");
        List<String> words = new ArrayList<>();
        words.add(isText ? error.text() : texts(error.at("message")));
        parts.forEach(part -> words.add(texts(part)));
        String all = words.stream().filter(text -> !text.isEmpty()).distinct().collect(Collectors.joining("; "));
        if (all.isEmpty() && code.isEmpty()) {
            throw new IllegalArgumentException("it tells no error" + Reply.words(answer));
        }
        List<String> fields = parts.stream()
                .map(part -> part.json().isObject() ? part.text("field") : "")
                .filter(field -> !field.isEmpty())
                .toList();
        return new EasyPostError(answer.status(), code, all.isEmpty() ? code : all, fields);
    }

    /** An answer of 2xx that is an error and no shipment. */
    static boolean isToldInSuccess(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        return json.at("error").json().isObject() && json.text("id").isEmpty();
    }

    /** A message is a text, a list of them, or an object of them. */
    private static String texts(Reply json) {
        if (json.json().isValueNode()) {
            return json.text();
        }
        if (json.json().isObject() && !json.text("message").isEmpty()) {
            return (json.text("field") + " " + json.text("message")).strip();
        }
        List<String> all = new ArrayList<>();
        json.json().forEach(one -> all.add(texts(new Reply(one))));
        return all.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
    }

    /** The key, its rights or the account's funds are at fault; the same shipment may be bought once that is mended. */
    boolean isAboutTheCaller() {
        return status == 401 || status == 402 || status == 403 || means("caller");
    }

    /** The carrier behind it did not answer, or another request about it is not done: it may have sold. */
    boolean isUnclear() {
        return status == 409 || means("unclear") || NotNow.isSaid(words);
    }

    /** This shipment was bought before. */
    boolean isBoughtBefore() {
        return means("bought");
    }

    private boolean means(String word) {
        if (CODES.codes().contains(code) && !CODES.word(code).equals("words")) {
            return CODES.word(code).equals(word);
        }
        String said = words.toLowerCase(Locale.ROOT);
        return CODES.codes().stream()
                .filter(phrase -> phrase.equals(phrase.toLowerCase(Locale.ROOT)))
                .filter(said::contains)
                .findFirst()
                .map(CODES::word)
                .filter(word::equals)
                .isPresent();
    }

    /** The field of our order that one of them names, or null. */
    @Nullable
    String pointer() {
        return Stream.concat(fields.stream(), Stream.of(code, words))
                .map(EasyPostError::pointer)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** An end of the way and what is wrong there; else what alone is named. */
    private static @Nullable String pointer(String name) {
        String said = name.toLowerCase(Locale.ROOT)
                .replace('.', ' ')
                .replace('[', ' ')
                .replace(']', ' ');
        Matcher item = ITEM.matcher(said);
        if (item.find()) {
            return "/items/" + item.group(1);
        }
        String place = first(said, "/");
        String leaf = first(said, ".");
        if (place.isEmpty() && leaf.isEmpty()) {
            return null;
        }
        if (!place.startsWith("/ship") && !place.isEmpty()) {
            return place;
        }
        return (place.isEmpty() ? "/shipTo" : place) + leaf.replace('.', '/');
    }

    private static String first(String said, String begin) {
        return FIELDS.codes().stream()
                .filter(said::contains)
                .map(FIELDS::word)
                .filter(word -> word.startsWith(begin))
                .findFirst()
                .orElse("");
    }
}
