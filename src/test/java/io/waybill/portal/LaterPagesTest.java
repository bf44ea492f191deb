package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import io.waybill.access.Caller;
import io.waybill.api.Answer;
import io.waybill.api.Request;
import io.waybill.api.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are longer than what a call answers at once. */
class LaterPagesTest {
    private static final List<Page> PAGES = Stream.of(
                    new Money().pages(),
                    new Spend().pages(),
                    new Variances().pages(),
                    new Exceptions().pages(),
                    new OneAccount().pages())
            .flatMap(List::stream)
            .toList();

    private static final List<Resource> CALLS = Stream.of(
                    "/accounts",
                    "/accruals",
                    "/charges/sums",
                    "/crosswalk",
                    "/disputes",
                    "/exceptions/causes",
                    "/invoices",
                    "/manifests",
                    "/mappings",
                    "/refunds",
                    "/variances")
            .map(path -> new Resource("get", path, Optional.empty(), LaterPagesTest::oneOfTwo))
            .toList();

    private static Answer oneOfTwo(Request request) {
        boolean first = request.query("cursor").isEmpty();
        return Answer.ok(Visit.json()
                .put("next", first ? "second" : null)
                .set("items", JsonNodeFactory.instance.arrayNode().add(item(first ? "newer" : "older"))));
    }

    private static ObjectNode item(String id) {
        return Visit.json()
                .put("id", id)
                .put("name", "paket")
                .put("manifests", true)
                .put("status", "open");
    }

    @Test
    void the_manifests_of_an_account_lead_on_and_a_close_on_a_later_page_has_seen_the_newest_of_all() throws Exception {
        String self = "/settings/accounts/{name}";
        String first = shown(self, Map.of(), "paket");
        String last = shown(self, Map.of("cursor", "second"), "paket");

        assertThat(first)
                .contains("href=\"/settings/accounts/paket?cursor=second\" rel=\"next\"", "/manifests/newer\"");
        assertThat(last).doesNotContain("rel=\"next\"", "/manifests/newer\"").contains("/manifests/older\"");
        assertThat(List.of(first, last)).allMatch(page -> page.contains("name=\"seen\" value=\"newer\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/exceptions/causes",
                "/money",
                "/money/disputes",
                "/money/refunds",
                "/money/shipments",
                "/money/spend",
                "/money/variances"
            })
    void a_list_leads_on_to_its_last_page(String path) throws Exception {
        assertThat(shown(path, Map.of()))
                .containsPattern("href=\"" + path + "\\?[^\"]*cursor=second[^\"]*\" rel=\"next\"");
        assertThat(shown(path, Map.of("cursor", "second")))
                .doesNotContain("rel=\"next\"")
                .doesNotContainPattern("/export\\?[^\"]*cursor=");
    }

    private static String shown(String path, Map<String, String> query, String... ids) throws Exception {
        Request request = new Request(
                "1",
                Caller.LOCAL,
                "GET",
                path,
                Map.of(),
                query,
                Map.of(),
                Map.of(),
                new byte[0],
                null,
                Locale.ENGLISH,
                "",
                "");
        Page page = PAGES.stream()
                .filter(one -> one.verb().equals("GET") && one.path().equals(path))
                .findFirst()
                .orElseThrow();
        Visit visit = new Visit(
                TemplateEngine.createPrecompiled(ContentType.Html),
                request,
                new Calls(CALLS, request),
                Form.EMPTY,
                ids,
                null);
        return new String(page.handler().handle(visit).body(), StandardCharsets.UTF_8);
    }
}
