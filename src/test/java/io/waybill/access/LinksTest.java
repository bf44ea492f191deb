package io.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LinksTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    private final Links links = new Links(now::get);

    @Test
    void a_link_opens_what_it_was_made_for_until_its_time_is_over() {
        Links.Link link = links.to("shp_1 1 PDF");

        assertThat(links.open(link.token())).hasValue("shp_1 1 PDF");
        now.set(link.expiresAt().minusSeconds(1));
        assertThat(links.open(link.token())).isPresent();
        now.set(link.expiresAt());
        assertThat(links.open(link.token())).isEmpty();
    }

    @Test
    void a_changed_or_strange_link_opens_nothing() {
        String token = links.to("shp_1 1 PDF").token();

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(links.open(changed)).as(changed).isEmpty();
        }
        assertThat(links.open("")).isEmpty();
        assertThat(links.open(".")).isEmpty();
        assertThat(links.open("x".repeat(5_000))).isEmpty();
        assertThat(links.open(new Links(now::get).to("shp_1 1 PDF").token())).isEmpty();
    }
}
