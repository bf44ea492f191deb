package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.waybill.carrier.Account;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LikeFake;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.measure.Money;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a carrier answered is not forgotten because the database takes nothing down for a while. */
abstract class AnswerKeptContract {
    private static final String AGAIN = "is written again";
    private static final String GIVEN_UP = "is not written down";

    final List<String> log = new CopyOnWriteArrayList<>();
    private final Logger dispatch = (Logger) LoggerFactory.getLogger("io.waybill.dispatch");
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getFormattedMessage());
        }
    };
    Database database;
    FakeCarrier carrier;
    Rig rig;

    abstract Database database();

    @BeforeEach
    void listen() {
        listener.start();
        dispatch.addAppender(listener);
        database = database();
    }

    @AfterEach
    void stop() {
        dispatch.detachAppender(listener);
        rig.close();
    }

    @Test
    void a_label_is_on_record_once_the_database_takes_it_down_and_nobody_is_asked() {
        start(IdempotencyClass.C, Rig.PATIENCE, () -> withoutTable("charge"));
        Taken taken = take("K-1");
        soon().until(() -> hears(AGAIN));
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.BUYING);

        withTable("charge");

        isBoughtOnce(taken);
    }

    @Test
    void a_person_who_was_asked_meanwhile_is_not_any_more() {
        start(IdempotencyClass.C, RecoveryTest.leased(Duration.ofSeconds(1), 3), () -> withoutTable("document"));
        Taken taken = take("K-2");
        soon().until(() -> rig.shipment(taken).state() == ShipmentState.REVIEW);
        soon().until(() -> hears(AGAIN));
        assertThat(rig.exceptions()).hasSize(1);

        withTable("document");

        isBoughtOnce(taken);
    }

    @Test
    void a_refusal_is_on_record_and_nobody_is_asked_whether_it_was_sold() {
        start(IdempotencyClass.C, Rig.PATIENCE, () -> withoutTable("story"));
        carrier.script.add(Turn.REFUSE);
        Taken taken = take("K-3");
        soon().until(() -> hears(AGAIN));

        withTable("story");

        soon().until(() -> rig.shipment(taken).state() == ShipmentState.REFUSED);
        assertThat(rig.exceptions()).extracting(ExceptionBook.Row::reason).containsExactly("carrier-refused");
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void a_sale_that_another_writer_found_meanwhile_stays_one_sale() {
        start(IdempotencyClass.A, RecoveryTest.leased(Duration.ofSeconds(1), 3), () -> withoutTable("charge"));
        Taken taken = take("K-4");
        soon().until(() -> hears(AGAIN) && carrier.lookUps.get() > 0);

        withTable("charge");

        isBoughtOnce(taken);
        assertThat(rig.charges(taken)).containsExactly("label_charge shipping 8.1");
    }

    @Test
    void a_hub_that_stops_does_not_wait_for_its_database_and_the_next_one_looks_it_up() {
        start(IdempotencyClass.B, RecoveryTest.leased(Duration.ofSeconds(1), 3), () -> withoutTable("charge"));
        Taken taken = take("K-5");
        String number = "F100000";
        soon().until(() -> hears(AGAIN));

        rig.close();

        assertThat(log).anyMatch(line -> line.contains(GIVEN_UP) && line.contains(number));
        soon().untilAsserted(
                        () -> assertThat(buyers()).as("threads that still buy").isZero());
        withTable("charge");
        rig = Rig.start(database, FakeCarrier.account("fake", carrier));
        isBoughtOnce(taken);
    }

    @Test
    void an_answer_that_never_fits_into_the_database_does_not_keep_its_worker() {
        start(IdempotencyClass.B, Rig.PATIENCE, () -> {});
        carrier.parts = List.of(new Charge("x".repeat(9_000), Money.of("8.10", "USD"), null, null));

        take("K-7");

        soon().until(() -> hears(GIVEN_UP));
        soon().until(() -> hears("broke off"));
    }

    void start(IdempotencyClass kind, DispatchSettings patience, Runnable meanwhile) {
        carrier = new FakeCarrier(kind, "8.10");
        rig = Rig.start(
                database,
                patience,
                new Account(
                        "fake",
                        "fake",
                        new Interrupted(carrier, meanwhile),
                        Set.of(),
                        4,
                        Duration.ofMillis(50),
                        "on_creation",
                        false));
    }

    Taken take(String orderId) {
        return rig.take(Rig.order(orderId, "1.2"));
    }

    void isBoughtOnce(Taken taken) {
        soon().until(() -> rig.shipment(taken).state() == ShipmentState.LABELLED);
        ShipmentRow shipment = rig.shipment(taken);
        assertThat(shipment.carrierShipment())
                .isEqualTo(carrier.book.values().iterator().next().id().value());
        assertThat(rig.attempts(shipment)).extracting(AttemptRow::state).containsExactly("BOUGHT");
        assertThat(rig.exceptions()).isEmpty();
        assertThat(carrier.asked).hasSize(1);
        assertThat(carrier.book).hasSize(1);
    }

    boolean hears(String words) {
        return log.stream().anyMatch(line -> line.contains(words));
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
    }

    private static long buyers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("buy-fake"))
                .count();
    }

    private void withoutTable(String name) {
        rename(name, name + "_away");
    }

    private void withTable(String name) {
        rename(name + "_away", name);
    }

    private void rename(String from, String to) {
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.user(), database.password())) {
            connection.createStatement().execute("ALTER TABLE " + from + " RENAME TO " + to);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something happens between its decision and the answer. */
    private record Interrupted(FakeCarrier fake, Runnable meanwhile) implements LikeFake {
        @Override
        public Outcome buy(Prepared request) {
            Outcome outcome = fake.buy(request);
            meanwhile.run();
            return outcome;
        }
    }
}
