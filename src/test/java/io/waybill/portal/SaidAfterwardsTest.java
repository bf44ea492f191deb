package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.Request;
import io.waybill.api.Resource;
import io.waybill.order.Json;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a page says of an act is what its call has answered. */
class SaidAfterwardsTest {
    private final List<String> sent = new ArrayList<>();

    @Test
    void a_label_that_is_not_bought_yet_is_not_said_to_be() throws Exception {
        List<Page> pages = new OneOrder().pages();

        assertThat(said(pages, "/orders/{id}/shipments", 201, "{\"id\": \"ord_1\"}"))
                .endsWith("?done=another");
        assertThat(said(pages, "/orders/{id}/shipments", 202, "{\"id\": \"ord_1\"}"))
                .endsWith("?done=another-asked");
    }

    @Test
    void a_sheet_whose_prices_are_asked_for_again_first_is_not_said_to_be_taken_in() throws Exception {
        List<Page> pages = new Upload().pages();

        assertThat(said(pages, "/upload/{id}/commit", 202, "{\"state\": \"taking\"}"))
                .endsWith("?done=committed");
        assertThat(said(pages, "/upload/{id}/commit", 202, "{\"state\": \"checking\"}"))
                .endsWith("?done=committed-later");
    }

    @Test
    void a_day_its_carrier_has_not_closed_is_not_said_to_be_handed_over() throws Exception {
        List<Page> pages = new OneAccount().pages();
        String path = "/settings/accounts/{name}/manifests";

        assertThat(said(pages, path, 200, "{\"items\": [{\"status\": \"closed\", \"shipments\": 2}]}"))
                .endsWith("?handed=2&done=handed-over");
        assertThat(
                        said(
                                pages,
                                path,
                                200,
                                "{\"items\": [{\"status\": \"closed\", \"shipments\": 2}, {\"status\": \"refused\", \"shipments\": 0}]}"))
                .endsWith("?handed=2&done=not-handed-over");
        assertThat(
                        said(
                                pages,
                                path,
                                200,
                                "{\"items\": [{\"status\": \"closed\", \"shipments\": 2, \"words\": \"not for today (1Z9)\"}]}"))
                .endsWith("?handed=2&done=not-handed-over");
        assertThat(said(pages, path, 200, "{\"items\": [{\"status\": \"open\", \"shipments\": 2}]}"))
                .endsWith("?handed=0&done=not-handed-over");
        assertThat(sent).allMatch(body -> body.contains("\"day\":\"" + LocalDate.now(ZoneId.systemDefault()) + "\""));
    }

    private String said(List<Page> pages, String path, int status, String answer) throws Exception {
        List<Resource> calls = List.of(
                call("get", "/accounts", request -> Answer.ok(Json.kept("{\"items\": [{\"name\": \"one\"}]}"))),
                call("get", "/orders/{id}", request -> Answer.ok(Json.kept("{\"order\": {}}"))),
                call("post", "/orders/{id}/shipments", request -> Answer.json(status, Json.kept(answer))),
                call("post", "/batches/{id}/commit", request -> Answer.json(status, Json.kept(answer))),
                call("post", "/manifests", request -> {
                    sent.add(Json.kept(new String(request.body(), java.nio.charset.StandardCharsets.UTF_8))
                            .toString());
                    return Answer.json(status, Json.kept(answer));
                }));
        Request request = new Request(
                "1",
                Caller.LOCAL,
                "POST",
                path,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                new byte[0],
                null,
                Locale.ENGLISH,
                "",
                "");
        Visit visit = new Visit(
                TemplateEngine.createPrecompiled(ContentType.Html),
                request,
                new Calls(calls, request),
                Form.EMPTY,
                new String[] {"one"},
                null);
        Page page = pages.stream()
                .filter(one -> one.verb().equals("POST") && one.path().equals(path))
                .findFirst()
                .orElseThrow();
        return page.handler().handle(visit).headers().get("Location");
    }

    private static Resource call(String verb, String path, io.waybill.api.Handler handler) {
        return new Resource(verb, path, Optional.empty(), handler);
    }
}
