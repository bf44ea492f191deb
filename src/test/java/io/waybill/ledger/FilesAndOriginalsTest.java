package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.DocumentBook.Original;
import io.waybill.ledger.FileBook.Drop;
import io.waybill.ledger.FileBook.End;
import io.waybill.ledger.OutcomeBook.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilesAndOriginalsTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Drop DROP = new Drop("acme", "orders", "ab12", "orders.csv", 120, "acme-order");

    @TempDir
    Path folder;

    enum Store {
        H2 {
            @Override
            Ledger open(Path folder) {
                return Ledger.open(Stores.h2(folder), Subscriptions.NONE);
            }
        },
        POSTGRES {
            @Override
            Ledger open(Path folder) {
                return Ledger.open(Stores.postgres(), Subscriptions.NONE);
            }
        };

        abstract Ledger open(Path folder);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_is_one_nodes_until_it_is_finished(Store store) {
        try (Ledger ledger = store.open(folder)) {
            FileRow file = claim(ledger, "node-1");

            assertThat(ledger.<Optional<FileRow>>commit(tx -> tx.files().claim(DROP, "node-2", LEASE)))
                    .isEmpty();
            assertThat(claim(ledger, "node-1").drops()).isEqualTo(1);
            assertThat(ledger.<Boolean>commit(tx -> tx.files().progress(file.id(), List.of(), 2, "node-2", LEASE)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_file_half_taken_goes_on_and_a_finished_one_starts_anew(Store store) {
        try (Ledger ledger = store.open(folder)) {
            FileRow file = claim(ledger, "node-1");
            Outcome outcome = new Outcome(1, 2, 3, "A1", "ord_1", "ACCEPTED", null, null, null, null);
            ledger.commitAll(tx -> tx.files().progress(file.id(), List.of(outcome), 2, "node-1", LEASE));
            ledger.commitAll(tx -> tx.files().progress(file.id(), List.of(outcome), 2, "node-1", LEASE));
            assertThat(claim(ledger, "node-1").nextDocument()).isEqualTo(2);

            ledger.commitAll(tx -> tx.files().finish(file.id(), new End("ARCHIVED", 1, 1, 0, null, "archive/x")));
            FileRow again = claim(ledger, "node-2");

            assertThat(again.id()).isEqualTo(file.id());
            assertThat(again.drops()).isEqualTo(2);
            assertThat(again.nextDocument()).isEqualTo(1);
            assertThat(ledger.<List<Outcome>>read(tx -> tx.outcomes().of(file.id(), 0, 10)))
                    .singleElement()
                    .satisfies(read -> assertThat(read.recordedAt()).isBefore(again.receivedAt()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_original_is_kept_byte_for_byte_until_its_time_is_over(Store store) {
        try (Ledger ledger = store.open(folder)) {
            byte[] bytes = "order_no;city\nA1;Köln\n".getBytes(StandardCharsets.ISO_8859_1);
            String kept = ledger.commit(tx -> tx.originals().keep(original(bytes, null)));
            String brief = ledger.commit(tx -> tx.originals().keep(original(bytes, Duration.ZERO)));

            assertThat(ledger.<Integer>commit(tx -> tx.originals().erase(10))).isEqualTo(1);
            assertThat(ledger.<Optional<byte[]>>read(
                            tx -> tx.originals().find(kept).map(DocumentBook.Kept::bytes)))
                    .contains(bytes);
            assertThat(ledger.<Optional<byte[]>>read(
                            tx -> tx.originals().find(brief).map(DocumentBook.Kept::bytes)))
                    .isEmpty();
            assertThat(ledger.<List<String>>read(tx -> tx.originals().latest("acme-order", 5)))
                    .containsExactly(kept);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_document_rejected_again_is_one_rejection_until_it_becomes_an_order(Store store) {
        try (Ledger ledger = store.open(folder)) {
            String first = ledger.commit(tx -> tx.rejections().keep(rejection("acme/a:3"), match("acme/a:3", null)));
            String second = ledger.commit(tx -> tx.rejections().keep(rejection("acme/a:3"), match("acme/a:3", null)));
            String handedBack =
                    ledger.commit(tx -> tx.rejections().keep(rejection("acme/b:1"), match("acme/b:1", first)));

            assertThat(List.of(second, handedBack)).containsOnly(first);
            assertThat(open(ledger, first)).map(RejectionBook.Row::subject).hasValue("acme/b:1");
            ledger.commitAll(tx -> tx.rejections().close(match("acme/c:9", first), "ord_1"));
            assertThat(open(ledger, first)).isEmpty();
        }
    }

    private static Optional<RejectionBook.Row> open(Ledger ledger, String id) {
        return ledger.read(tx -> tx.rejections().newest("acme", id, null));
    }

    private static RejectionBook.Row rejection(String subject) {
        return new RejectionBook.Row(null, "acme", "acme", "file", null, "fil_1", 3, 7L, null, subject, "[]");
    }

    private static RejectionBook.Match match(String subject, String answers) {
        return new RejectionBook.Match("acme", "acme", subject, answers, null);
    }

    private static FileRow claim(Ledger ledger, String node) {
        return ledger.commit(tx -> tx.files().claim(DROP, node, LEASE)).orElseThrow();
    }

    private static Original original(byte[] bytes, Duration keep) {
        return new Original("acme", "file", "fil_1", 1, null, "acme-order", "text/csv", bytes, keep);
    }
}
