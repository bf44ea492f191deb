package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithheldTest {
    private static final String JANE = "\"Jane\"; SQL statement: 'Roe' ".repeat(20);

    @TempDir
    Path folder;

    @Test
    void a_text_that_does_not_fit_is_refused_without_its_words() {
        on(ledger -> {
            Throwable refused =
                    catchThrowable(() -> ledger.commitAll(tx -> tx.audit().record(JANE, "", "", "", "")));

            assertThat(refused).isInstanceOf(JdbiException.class).matches(LedgerFailure::doesNotFit);
            assertThat(logged(refused))
                    .contains("too long", "22001", "INSERT INTO audit_log")
                    .doesNotContain("Jane", "Roe");
        });
    }

    @Test
    void a_key_that_is_there_is_refused_without_its_words() {
        InboxBook.Entry entry = new InboxBook.Entry("0".repeat(64), null, "REJECTED", null);
        on(ledger -> {
            Throwable refused = catchThrowable(() -> ledger.commitAll(tx -> {
                tx.inbox().put("oms", "Jane Roe", entry);
                tx.inbox().put("oms", "Jane Roe", entry);
            }));

            assertThat(refused).isInstanceOf(JdbiException.class).matches(LedgerFailure::doesNotFit);
            assertThat(logged(refused))
                    .contains("there already", "23505", "INSERT INTO inbox")
                    .doesNotContain("Jane", "Roe");
        });
    }

    @Test
    void a_statement_that_fails_for_any_other_reason_is_told_without_what_was_bound() {
        Jdbi jdbi = Statements.known(Jdbi.create("jdbc:h2:mem:"));

        Throwable failed = catchThrowable(
                () -> jdbi.useHandle(handle -> handle.createUpdate("UPDATE nowhere SET recipient = :recipient")
                        .bind("recipient", "Jane Roe")
                        .execute()));

        assertThat(failed).isInstanceOf(JdbiException.class);
        assertThat(logged(failed))
                .contains("UPDATE nowhere SET recipient = :recipient")
                .doesNotContain("Jane", "Roe");
    }

    @Test
    void what_does_not_come_from_values_is_told_as_it_is() {
        JdbiException failure = new JdbiException("no more connections") {};

        assertThat(Withheld.from(failure)).isSameAs(failure);
    }

    private void on(Consumer<Ledger> work) {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            work.accept(ledger);
        }
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".trace.db"));
    }

    /** As a log would have it. */
    private static String logged(Throwable refused) {
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        return all.toString();
    }
}
