package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a refund is said not to have come it can be written off. */
class OverdueRefundPageTest {
    @ParameterizedTest
    @CsvSource({"en, Write off", "zh, 核销"})
    void an_overdue_refund_is_written_off_where_it_is_told(String language, String button) throws Exception {
        assertThat(shown("refund-overdue", "open", Locale.forLanguageTag(language)))
                .contains("action=\"/money/refunds\"", "name=\"id\" value=\"rfd_1\"", "name=\"reason\" required")
                .contains(button);
    }

    @Test
    void nothing_is_written_off_of_one_that_is_closed_or_about_another_thing() throws Exception {
        assertThat(shown("refund-overdue", "closed", Locale.ENGLISH)).doesNotContain("/money/refunds");
        assertThat(shown("void-refused", "open", Locale.ENGLISH)).doesNotContain("/money/refunds");
    }

    private static String shown(String reason, String state, Locale language) throws Exception {
        ObjectNode exception = Visit.json()
                .put("id", "exc_1")
                .put("reason", reason)
                .put("state", state)
                .put("subject", "rfd_1");
        Resource call = new Resource("get", "/exceptions/{id}", Optional.empty(), request -> Answer.ok(exception));
        Request request = new Request(
                "1",
                Caller.LOCAL,
                "GET",
                "/exceptions/exc_1",
                Map.of("id", "exc_1"),
                Map.of(),
                Map.of(),
                Map.of(),
                new byte[0],
                null,
                language,
                "",
                "");
        Page page = new Exceptions()
                .pages().stream()
                        .filter(one -> one.path().equals("/exceptions/{id}"))
                        .findFirst()
                        .orElseThrow();
        Visit visit = new Visit(
                TemplateEngine.createPrecompiled(ContentType.Html),
                request,
                new Calls(List.of(call), request),
                Form.EMPTY,
                new String[] {"exc_1"},
                null);
        return new String(page.handler().handle(visit).body(), StandardCharsets.UTF_8);
    }
}
