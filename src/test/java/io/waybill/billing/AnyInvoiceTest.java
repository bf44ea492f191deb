package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestFolders;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Database;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a carrier bills: what is billed is what the invoice states, the variance of all parts is billed less expected, and
 * nothing of it stays unexplained as long as the carrier does only what a rule knows.
 */
class AnyInvoiceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static Database database;
    private static Ledger ledger;
    private static Billing billing;
    private static int tries;

    /** What the carrier does to a label's bill. */
    enum Twist {
        AS_EXPECTED,
        DEARER,
        CORRECTED_ADDRESS,
        CORRECTED_WEIGHT,
        TWICE,
        VOIDED,
        CREDITED,
        NOT_BILLED,
        OUTSIDE
    }

    record Parcel(int cents, int fuel, Twist twist) {
        BigDecimal price() {
            return BigDecimal.valueOf(cents, 2);
        }

        BigDecimal surcharge() {
            return BigDecimal.valueOf(fuel, 2);
        }
    }

    @BeforeContainer
    static void open() throws IOException {
        Path folder = TestFolders.fresh("invoices");
        folder.toFile().deleteOnExit();
        database = Stores.h2(folder);
        ledger = Ledger.open(database, Subscriptions.NONE);
        Account account = new Account(
                "ups",
                "ups",
                new FakeCarrier(IdempotencyClass.A, "1"),
                Set.of("acme"),
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
        billing = new Billing(
                ledger, new Accounts(List.of(account)), Mappings.load(folder, name -> null), folder, folder, "n");
    }

    @AfterContainer
    static void close() {
        ledger.close();
    }

    @Property(tries = 15)
    void the_sums_hold_for_any_invoice(@ForAll("parcels") @Size(min = 1, max = 12) List<Parcel> parcels) {
        String invoice = "I-" + ++tries;
        UpsFile file =
                new UpsFile().charge(invoice, "", "2026-11-16", new Charge("MIS", "", "MSC", "S", "Service", "1.00"));
        List<Label> labels = new ArrayList<>();
        BigDecimal expected = BigDecimal.ZERO;
        for (int n = 0; n < parcels.size(); n++) {
            Parcel parcel = parcels.get(n);
            String tracking = "1Z" + tries + "X" + n;
            Label label = new Label(
                    "SO-" + tracking,
                    tracking,
                    DAY,
                    Map.of("shipping", parcel.price(), "fuel_charge", parcel.surcharge()),
                    parcel.twist() == Twist.VOIDED);
            if (parcel.twist() != Twist.OUTSIDE) {
                labels.add(label);
            }
            if (parcel.twist() != Twist.OUTSIDE && parcel.twist() != Twist.NOT_BILLED) {
                expected = expected.add(label.expected());
            }
            bill(file, invoice, tracking, parcel);
        }
        SoldLabels.put(database, "ups", "USD", labels);

        Taken taken = billing.take(
                new Handed(invoice + ".csv", Content.of(file.bytes()), "ups", "ups", null, "Jane"), Namespaces.ALL);
        Reconciled done = billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 100);

        assertThat(done.billed()).isEqualByComparingTo(file.total(invoice));
        assertThat(done.places().stream().map(InvoiceLineBook.ByPlace::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(done.billed());
        assertThat(done.expected()).isEqualByComparingTo(expected);
        assertThat(done.variance()).isEqualByComparingTo(file.total(invoice).subtract(expected));
        assertThat(done.unexplained()).isEqualByComparingTo("0");
    }

    private static void bill(UpsFile file, String invoice, String tracking, Parcel parcel) {
        String day = "2026-11-16";
        if (parcel.twist() == Twist.NOT_BILLED) {
            return;
        }
        BigDecimal price = parcel.twist() == Twist.DEARER ? parcel.price().add(BigDecimal.ONE) : parcel.price();
        file.charge(invoice, tracking, day, Charge.transport(price.toPlainString()))
                .charge(invoice, tracking, day, Charge.fuel(parcel.surcharge().toPlainString()));
        switch (parcel.twist()) {
            case CORRECTED_ADDRESS -> file.charge(invoice, tracking, day, Charge.adjusted("ADC", "Address", "18.00"));
            case CORRECTED_WEIGHT -> file.charge(invoice, tracking, day, Charge.adjusted("SCC", "Weight", "2.50"));
            case TWICE -> file.charge(invoice, tracking, day, Charge.transport(price.toPlainString()));
            case CREDITED ->
                file.charge(
                        invoice,
                        tracking,
                        day,
                        Charge.adjusted("GSR", "Late", price.negate().toPlainString()));
            default -> {}
        }
    }

    @Provide
    Arbitrary<List<Parcel>> parcels() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 9_999),
                        Arbitraries.integers().between(1, 999),
                        Arbitraries.of(Twist.class))
                .as(Parcel::new)
                .list();
    }
}
