package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page Rollout, without scripts: what is switched is seen by everybody, switched by administrators, and can be taken back. */
class PortalRolloutTest {
    private static PortalHub hub;
    private static PortalHub.Visitor adam;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running();
        adam = hub.person("Adam", "admin", "*");
    }

    @Test
    void a_channel_is_closed_from_a_moment_on_and_rolled_back() throws Exception {
        String closed = adam.done(
                "/rollout",
                "/rollout/channel",
                "namespace",
                "acme",
                "channel",
                "excel",
                "turn",
                "open",
                "until",
                "2098-12-01T00:00:00+01:00",
                "reason",
                "cut-over");
        assertThat(closed).contains("It is switched.", "Adam <small>cut-over</small>", "2098-11-30T23:00:00Z");
        assertThat(adam.post(
                                "/rollout",
                                "/rollout/channel",
                                "namespace",
                                "acme",
                                "channel",
                                "excel",
                                "turn",
                                "open",
                                "until",
                                "soon")
                        .body())
                .contains("role=\"alert\"", "is no moment");
        assertThat(adam.done("/rollout", "/rollout/back", "namespace", "acme")).doesNotContain("2098-11-30T23:00:00Z");
    }

    @Test
    void a_stage_is_switched_and_the_next_one_says_what_it_lacks() throws Exception {
        String off = "Switch on<span class=\"unseen\"> billing acme</span>";
        assertThat(adam.done("/rollout", "/rollout/stage", "namespace", "acme", "stage", "billing", "turn", "off"))
                .contains(off)
                .containsAnyOf("is not pulled, and no invoice was taken in yet", "nothing: switch it on");
        assertThat(adam.done("/rollout", "/rollout/stage", "namespace", "acme", "stage", "billing", "turn", "on"))
                .doesNotContain(off);
    }

    @Test
    void a_source_is_only_looked_at_and_compared_with_what_is_live() throws Exception {
        hub.order("SHADE-1", PortalTest.WEIGHED);
        adam.done("/rollout", "/rollout/shadow", "source", "canary", "turn", "on");
        HttpResponse<String> seen =
                hub.hub.postTo("/v1/orders?source=canary", """
                        {"orderId": "SHADE-1", "service": "ground", "reference": "PO-9",
                         "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                    "postalCode": "78701", "country": "US"},
                         "parcels": [{"weight": {"value": 1000, "unit": "g"}}]}""", "Authorization", "Bearer " + hub.admin);
        assertThat(seen.statusCode()).as(seen.body()).isEqualTo(200);
        assertThat(seen.body()).contains("\"shadow\":true", "only looked at");

        assertThat(adam.page("/rollout")).contains("/rollout/shadow/canary", "only looked at");
        assertThat(adam.page("/rollout/shadow/canary"))
                .contains("SHADE-1: <b>PO-9</b>", "<code>/reference</code>", "1 documents, 1 compared, 0 agree");
        assertThat(adam.get("/rollout/shadow/canary/file").body()).contains("SHADE-1,different,/reference,PO-9");
        adam.done("/rollout", "/rollout/shadow", "source", "canary", "turn", "off");
    }

    @Test
    void others_look_and_the_page_speaks_chinese() throws Exception {
        PortalHub.Visitor olga = hub.person("Olga", "ops", "*");
        assertThat(olga.page("/rollout")).contains("Channels").doesNotContain("action=\"/rollout/");
        assertThat(olga.post("/rollout", "/rollout/stage", "namespace", "acme", "stage", "labels", "turn", "off")
                        .statusCode())
                .isEqualTo(403);
        adam.language = "zh";
        assertThat(adam.page("/rollout")).contains("渠道", "阶段", "开放").doesNotContain(">rollout.");
        adam.language = "en";
    }
}
