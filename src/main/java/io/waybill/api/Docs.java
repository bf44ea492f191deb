package io.waybill.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.access.Scope;
import io.waybill.problem.Messages;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /docs}: every call and what a key needs for it; every problem, under the name its {@code type} ends with. For anyone. */
public final class Docs {
    private Docs() {}

    /** @param calls those under {@code /v1} */
    public static List<Resource> resources(List<Resource> calls) {
        return List.of(new Resource("get", "/docs", Optional.empty(), request -> page(request, calls)));
    }

    private static Answer page(Request request, List<Resource> calls) {
        Messages messages = Messages.in(request.language());
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"")
                .append(request.language().getLanguage())
                .append("\"><meta charset=\"utf-8\"><title>Waybill</title><table>");
        calls.stream()
                .sorted(Comparator.comparing(Resource::path).thenComparing(Resource::verb))
                .forEach(call -> page.append("<tr><td>")
                        .append(call.verb().toUpperCase(Locale.ROOT))
                        .append("<td>/v1")
                        .append(escaped(call.path()))
                        .append("<td>")
                        .append(call.scope().map(Scope::text).orElse("")));
        page.append("</table><dl>");
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
