package io.waybill.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.LinkKeyBook;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinksTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    private static Ledger ledger;
    private final Links links = new Links(ledger, now::get);

    @BeforeAll
    static void open(@TempDir Path folder) {
        ledger = Ledger.open(Stores.h2(folder), (namespace, type) -> List.of());
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

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
    }

    @Test
    void every_node_of_the_database_opens_it_and_no_other_hub(@TempDir Path elsewhere) {
        String token = links.to("shp_1 1 PDF").token();

        assertThat(new Links(ledger, now::get).open(token)).hasValue("shp_1 1 PDF");
        try (Ledger other = Ledger.open(Stores.h2(elsewhere), (namespace, type) -> List.of())) {
            assertThat(new Links(other, now::get).open(token)).isEmpty();
        }
    }

    @Test
    void what_signs_is_forgotten_after_two_hours_and_signs_for_one() {
        links.to("shp_1 1 PDF");
        ledger.commitAll(tx -> tx.linkKeys().add("lnk_new", new byte[32], Duration.ZERO));

        assertThat(keys(Duration.ofHours(1)))
                .extracting(LinkKeyBook.Row::id, LinkKeyBook.Row::fresh)
                .containsExactly(tuple("lnk_new", true));
        assertThat(keys(Duration.ZERO)).extracting(LinkKeyBook.Row::fresh).containsExactly(false);
    }

    private static List<LinkKeyBook.Row> keys(Duration signs) {
        return ledger.read(tx -> tx.linkKeys().all(signs));
    }
}
