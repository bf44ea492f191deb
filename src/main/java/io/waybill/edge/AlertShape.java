package io.waybill.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import io.waybill.settings.Section;
import io.waybill.text.Shortened;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a messenger takes, and how it says that it did not. */
enum AlertShape {
    /** Everything as fields; any 2xx is a yes. */
    JSON {
        @Override
        ObjectNode body(Alert alert) {
            return alert.fields();
        }
    },

    /** Incoming webhook: {@code {"text": …}}, in which {@code & < >} are control characters. */
    SLACK {
        @Override
        ObjectNode body(Alert alert) {
            String safe =
                    alert.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            return JsonNodeFactory.instance.objectNode().put("text", safe);
        }
    },

    /** Group robot of WeCom (企业微信): a text of at most 2048 bytes, in which {@code <@…>} would call somebody. */
    WECOM {
        @Override
        ObjectNode body(Alert alert) {
            return textMessage(cut(alert.text().replace('<', '＜'), 2048));
        }

        @Override
        Optional<String> refusal(int status, String answer) {
            return byErrcode(status, answer);
        }
    },

    /** Group robot of DingTalk (钉钉). */
    DINGTALK {
        @Override
        ObjectNode body(Alert alert) {
            return textMessage(alert.text());
        }

        @Override
        Optional<String> refusal(int status, String answer) {
            return byErrcode(status, answer);
        }
    };

    private static final int LONGEST_WORDS = 200;

    abstract ObjectNode body(Alert alert);

    /** Why it was not taken; empty when it was. */
    Optional<String> refusal(int status, String answer) {
        return status >= 200 && status < 300 ? Optional.empty() : Optional.of("HTTP " + status);
    }

    /** {@code sink.<name>.shape}, {@code json} unless given. */
    static AlertShape read(Section sink) {
        String asked = sink.get("shape", JSON.word());
        return Arrays.stream(values())
                .filter(shape -> shape.word().equals(asked))
                .findFirst()
                .orElseThrow(() -> sink.bad(
                        "shape",
                        asked,
                        Arrays.stream(values()).map(AlertShape::word).collect(Collectors.joining(", "))));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode textMessage(String content) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("msgtype", "text");
        body.putObject("text").put("content", content);
        return body;
    }

    /** These robots answer 200 also when they refuse; only {@code errcode} 0 is a yes. */
    private static Optional<String> byErrcode(int status, String answer) {
        if (status != 200) {
            return Optional.of("HTTP " + status);
        }
        try {
            JsonNode said = Json.mapper().readTree(answer);
            JsonNode code = said.path("errcode");
            if (code.isInt() && code.intValue() == 0) {
                return Optional.empty();
            }
            String words = said.path("errmsg").asText().replaceAll("\\p{Cntrl}+", " ");
            return Optional.of("HTTP 200, errcode " + (code.isMissingNode() ? "missing" : code.asText()) + ": "
                    + Shortened.to(LONGEST_WORDS, words));
        } catch (JsonProcessingException e) {
            return Optional.of("HTTP 200 without the JSON this robot answers with");
        }
    }

    /** No more than so many bytes of UTF-8, in whole characters. */
    private static String cut(String text, int bytes) {
        StringBuilder kept = new StringBuilder();
        int size = 0;
        for (int codePoint : text.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            size += character.getBytes(StandardCharsets.UTF_8).length;
            if (size > bytes) {
                break;
            }
            kept.append(character);
        }
        return kept.toString();
    }
}
