package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.api.Answer;
import org.junit.jupiter.api.Test;

class HeadersTest {
    /** By the HTML standard, one that also had an opener policy would be a network error. */
    @Test
    void a_paper_that_is_a_page_of_a_carriers_stays_in_the_sandbox_it_was_answered_in() {
        Answer paper = Answer.bytes("text/html", new byte[0]).with("Content-Security-Policy", "sandbox");

        assertThat(Headers.safe(paper).headers())
                .containsEntry("Content-Security-Policy", "sandbox")
                .containsEntry("X-Frame-Options", "DENY")
                .doesNotContainKey("Cross-Origin-Opener-Policy");
        assertThat(Headers.page(200, new byte[0]).headers())
                .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
                .hasEntrySatisfying(
                        "Content-Security-Policy", policy -> assertThat(policy).contains("script-src 'self'"));
    }
}
