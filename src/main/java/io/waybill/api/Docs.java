package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.problem.Messages;
import java.util.List;
import java.util.Optional;

/** {@code GET /docs}: every problem this hub can tell, under the name its {@code type} ends with. For anyone. */
public final class Docs {
    private Docs() {}

    public static List<Resource> resources() {
        return List.of(new Resource("get", "/docs", Optional.empty(), Docs::page));
    }

    private static Answer page(Request request) {
        Messages messages = Messages.in(request.language());
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"")
                .append(request.language().getLanguage())
                .append("\"><meta charset=\"utf-8\"><title>Waybill</title><dl>");
        for (String code : messages.codes()) {
            page.append("<dt id=\"").append(code).append("\">").append(code);
            page.append("<dd>").append(escaped(messages.template(code)));
        }
        return Answer.bytes(
                "text/html; charset=utf-8",
                page.append("</dl></html>").toString().getBytes(UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
