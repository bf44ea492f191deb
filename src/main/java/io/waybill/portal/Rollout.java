package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** How far a namespace has come on its way to the API: its channels, its stages, and what is only looked at. */
final class Rollout {
    List<Page> pages() {
        return List.of(
                Page.get("/rollout", this::show),
                Page.post("/rollout/channel", this::channel),
                Page.post("/rollout/back", this::back),
                Page.post("/rollout/stage", this::stage),
                Page.post("/rollout/shadow", this::shadow),
                Page.get("/rollout/shadow/{source}", this::report),
                Page.get("/rollout/shadow/{source}/file", this::file));
    }

    private Answer show(Visit visit) {
        ObjectNode cutOver = Visit.json();
        cutOver.putObject("channels").putObject("excel").put("until", "2026-12-01T00:00:00+01:00");
        return visit.page(
                "rollout",
                Map.of(
                        "items",
                        visit.calls().get("/rollout").path("items"),
                        "command",
                        Curl.of(visit.request(), "PUT", "/rollout/acme/channels", cutOver)));
    }

    /** Times as they were typed: the call says what is wrong with them. */
    private Answer channel(Visit visit) {
        Form form = visit.form();
        ObjectNode body = reasoned(form);
        ObjectNode channel = body.putObject("channels").putObject(form.text("channel"));
        form.value("from").ifPresent(from -> channel.put("from", from));
        form.value("until").ifPresent(until -> channel.put("until", until));
        channel.put("readOnly", form.text("turn").equals("read-only"));
        visit.calls().send("put", of(form) + "/channels", body);
        return visit.done("switched", "/rollout");
    }

    /** Of one change: whoever presses twice, or after somebody else changed a channel, takes no other one back. */
    private Answer back(Visit visit) {
        ObjectNode body = reasoned(visit.form());
        visit.form().value("seen").ifPresent(change -> body.put("change", change));
        visit.calls().send("post", of(visit.form()) + "/channels/rollback", body);
        return visit.done("switched", "/rollout");
    }

    private Answer stage(Visit visit) {
        ObjectNode body = reasoned(visit.form());
        body.putObject("stages")
                .put(visit.form().text("stage"), visit.form().text("turn").equals("on"));
        visit.calls().send("put", of(visit.form()) + "/stages", body);
        return visit.done("switched", "/rollout");
    }

    private Answer shadow(Visit visit) {
        ObjectNode body =
                reasoned(visit.form()).put("shadow", visit.form().text("turn").equals("on"));
        visit.calls().send("put", "/sources/" + Address.part(visit.form().text("source")) + "/shadow", body);
        return visit.done("switched", "/rollout");
    }

    private static String of(Form form) {
        return "/rollout/" + Address.part(form.text("namespace"));
    }

    private static ObjectNode reasoned(Form form) {
        ObjectNode body = Visit.json();
        form.value("reason").ifPresent(reason -> body.put("reason", reason));
        return body;
    }

    private Answer report(Visit visit) {
        String call = "/shadow?source=" + Address.part(source(visit));
        JsonNode report = visit.calls().get(call);
        return visit.page(
                "shadow",
                Map.of("source", source(visit), "report", report, "command", Curl.get(visit.request(), call)));
    }

    private Answer file(Visit visit) {
        return Headers.safe(visit.calls().raw("/shadow?format=csv&source=" + Address.part(source(visit))))
                .with("Content-Disposition", "attachment; filename=\"differences.csv\"");
    }

    private static String source(Visit visit) {
        return java.net.URLDecoder.decode(visit.id(), StandardCharsets.UTF_8);
    }
}
