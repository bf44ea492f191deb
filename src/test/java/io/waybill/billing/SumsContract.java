package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.SumBook.Asked;
import io.waybill.ledger.SumBook.By;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The ledger summed up: 40 labels of October and November, every fourth one paid in euros, at the prices 1.01, 1.02, … */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SumsContract {
    private static final int LABELS = 40;
    private static final Namespaces ACME = Namespaces.of(Set.of("acme"));

    private Ledger ledger;
    private Sums sums;
    private Path table;

    abstract Database database(Path at);

    @BeforeAll
    void open(@TempDir Path at) {
        Database database = database(at.resolve("data"));
        table = at.resolve("fx.csv");
        ledger = Ledger.open(database, Subscriptions.NONE);
        sums = new Sums(ledger, table);
        for (String currency : List.of("USD", "EUR")) {
            SoldLabels.put(
                    database,
                    currency.equals("USD") ? "ups" : "dhl",
                    currency,
                    IntStream.rangeClosed(1, LABELS)
                            .filter(n -> (n % 4 == 0) == currency.equals("EUR"))
                            .mapToObj(SumsContract::label)
                            .toList());
        }
    }

    @AfterAll
    void close() {
        ledger.close();
    }

    /** The first half is of October. */
    private static Label label(int n) {
        LocalDate day = LocalDate.of(2026, 11, 10).minusDays(n <= LABELS / 2 ? 31 : 0);
        return new Label(
                "SO-%02d".formatted(n), "1Z" + n, day, Map.of("shipping", new BigDecimal("1.00").add(cents(n))), false);
    }

    private static BigDecimal cents(int n) {
        return BigDecimal.valueOf(n, 2);
    }

    private static Asked by(By... by) {
        return new Asked(ACME, List.of(by), null, null, null);
    }

    private List<String> apart(Asked asked) {
        return told(sums.apart(asked, List.of(), 500));
    }

    private static List<String> told(Sums.Page page) {
        return page.rows().stream()
                .map(row -> String.join(" ", row.sum().keys()) + " " + row.sum().currency() + " "
                        + row.sum().expected().setScale(2))
                .toList();
    }

    private void rates(@Nullable String rows) {
        try {
            if (rows == null) {
                Files.deleteIfExists(table);
            } else {
                Files.writeString(table, "date,from,to,rate,source\n" + rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sums_are_by_whatever_is_asked_for_and_no_currencies_are_mixed() {
        assertThat(apart(by(By.ACCOUNT))).containsExactly("dhl EUR 12.20", "ups USD 36.00");
        assertThat(apart(by(By.CARRIER))).containsExactly("ups EUR 12.20", "ups USD 36.00");
        assertThat(apart(by(By.COST_CENTER))).containsExactly("CC-1 EUR 12.20", "CC-1 USD 36.00");
        assertThat(apart(by(By.NAMESPACE, By.PERIOD)))
                .containsExactly(
                        "acme 2026-10 EUR 5.60",
                        "acme 2026-10 USD 16.50",
                        "acme 2026-11 EUR 6.60",
                        "acme 2026-11 USD 19.50");
        assertThat(apart(by(By.ORDER))).hasSize(LABELS).startsWith("SO-01 USD 1.01", "SO-02 USD 1.02");
        assertThat(apart(by(By.SHIPMENT))).hasSize(LABELS);
        assertThat(apart(by(By.SERVICE))).containsExactly(" EUR 12.20", " USD 36.00");
    }

    @Test
    void only_what_is_asked_for_and_may_be_seen_is_summed() {
        assertThat(apart(new Asked(ACME, List.of(By.ACCOUNT), "ups", LocalDate.of(2026, 11, 10), null)))
                .containsExactly("ups USD 19.50");
        assertThat(apart(new Asked(ACME, List.of(By.ACCOUNT), null, null, LocalDate.of(2026, 10, 10))))
                .containsExactly("dhl EUR 5.60", "ups USD 16.50");
        assertThat(apart(new Asked(Namespaces.of(Set.of("other")), List.of(By.ACCOUNT), null, null, null)))
                .isEmpty();
    }

    @Test
    void pages_of_sums_come_to_the_whole() {
        rates("2026-10-01,EUR,USD,1.0873,ECB\n2026-11-01,EUR,USD,1.0911,ECB\n");
        List<String> apart = new ArrayList<>();
        List<String> in = new ArrayList<>();
        Asked asked = by(By.ORDER, By.PERIOD);
        List<String> after = List.of();
        do {
            Sums.Page page = sums.apart(asked, after, 7);
            apart.addAll(told(page));
            after = page.after();
        } while (!after.isEmpty());
        do {
            Sums.Page page = sums.in("USD", asked, after, 7);
            in.addAll(told(page));
            after = page.after();
        } while (!after.isEmpty());

        assertThat(apart).isEqualTo(apart(asked)).hasSize(LABELS);
        assertThat(in).isEqualTo(told(sums.in("USD", asked, List.of(), 500))).hasSize(LABELS);
    }

    @Test
    void in_one_currency_every_way_of_grouping_comes_to_the_same() {
        rates("2026-10-01,EUR,USD,1.0873,ECB\n2026-11-01,EUR,USD,1.0911,ECB\n2026-11-11,EUR,USD,9,too late\n");
        BigDecimal expected = new BigDecimal("36.00");
        for (int n = 4; n <= LABELS; n += 4) {
            BigDecimal rate = new BigDecimal(n <= LABELS / 2 ? "1.0873" : "1.0911");
            expected = expected.add(Rounding.converted(new BigDecimal("1.00").add(cents(n)), rate, "USD"));
        }
        for (By by : By.values()) {
            Sums.Page page = sums.in("USD", by(by), List.of(), 500);
            assertThat(page.rows().stream().map(row -> row.sum().expected()).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .as(by.word())
                    .isEqualByComparingTo(expected);
            assertThat(page.rows()).allSatisfy(row -> assertThat(row.noRate()).isNull());
            assertThat(page.rates())
                    .extracting(Sums.Rate::rate)
                    .map(BigDecimal::toPlainString)
                    .containsExactly("1.0873", "1.0911");
        }
    }

    @Test
    void what_has_no_rate_stays_in_its_own_currency_and_is_said() {
        rates("2026-11-01,EUR,USD,1.10,ECB\n2026-09-01,EUR,USD,1.20,too old\n2026-10-01,USD,EUR,0.90,the other way\n");
        Sums.Page page = sums.in("USD", by(By.NAMESPACE), List.of(), 500);

        assertThat(told(page)).containsExactlyInAnyOrder("acme USD 43.26", "acme EUR 5.60");
        assertThat(page.rows().stream().filter(row -> row.sum().currency().equals("EUR")))
                .singleElement()
                .satisfies(row -> assertThat(row.noRate()).isEqualTo("EUR to USD, 2026-10-10"));
        rates(null);
        assertThat(sums.in("JPY", by(By.NAMESPACE), List.of(), 500).rows())
                .extracting(Sums.Row::noRate)
                .containsExactlyInAnyOrder(
                        "EUR to JPY, 2026-10-10 .. 2026-11-10", "USD to JPY, 2026-10-10 .. 2026-11-10");
    }

    @Test
    void a_table_that_cannot_be_read_converts_nothing_and_says_where() {
        rates("2026-11-01,EUR,USD,1.10,ECB\n2026-11-02,EUR,USD,1.1E+00,Excel\n");
        assertThat(refused()).contains("row 3", "rate", "1.1E+00");
        rates("01.11.2026,EUR,USD,1.10,ECB\n");
        assertThat(refused()).contains("row 2", "date", "01.11.2026");
        rates("2026-11-01,Euro,USD,1.10,ECB\n");
        assertThat(refused()).contains("row 2", "from", "Euro");
    }

    private String refused() {
        return catchThrowableOfType(ProblemException.class, () -> sums.in("USD", by(By.ACCOUNT), List.of(), 500))
                .problems()
                .get(0)
                .toString();
    }
}
