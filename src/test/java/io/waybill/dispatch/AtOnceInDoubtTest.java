package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Intake;
import io.waybill.intake.Originals;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Content;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An order is taken in with its claim, and whoever would have bought it cannot. Its carrier has no look-up. */
class AtOnceInDoubtTest {
    private static final Spending UNLIMITED = Spending.read(Settings.of(""));
    private static final DispatchSettings PATIENCE = Waits.of(
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));
    private static final Settings SETTINGS = Settings.of("""
            defaults.namespace=acme
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            source.erp.onChange=replace
            service.ground=blind:ground
            """);
    private static final Orders ORDERS = new Orders();

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.C, "8");
    private final Account account = FakeCarrier.account("blind", carrier);
    private final Accounts accounts = new Accounts(List.of(account));
    private final List<Runnable> atWork = new ArrayList<>();
    private Ledger ledger;
    private Dispatch dispatch;

    @BeforeEach
    void open() throws SQLException {
        VirtualTime.reset();
        SteppedDatabase.install();
        ledger = Ledger.open(new Database(SteppedDatabase.URL, "sa", ""), (namespace, type) -> List.of("oms"));
        dispatch = new Dispatch(ledger, accounts, PATIENCE, UNLIMITED, Ids.next("run"), () -> {}, Outside.REAL);
        claim();
        carrier.asked.clear(); // of what an earlier test left
    }

    @AfterEach
    void close() {
        SteppedDatabase.commits = SteppedDatabase.Commits.NOBODY;
        ledger.close();
    }

    @Test
    void one_whose_commit_was_not_answered_is_ready_again_and_bought_with_the_next() {
        Intake intake = intake(atWork::add);
        answerLost();

        Taken taken = intake.take(order());
        assertThat(taken.result()).isEqualTo(Taken.Result.DUPLICATE);
        atWork.forEach(Runnable::run);

        assertThat(row(taken).state()).isEqualTo(ShipmentState.READY);
        assertThat(attempts(taken)).containsExactly("NOT_SENT");
        assertThat(carrier.asked).isEmpty();
        claim();
        assertThat(row(taken).state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void one_whose_commit_never_reached_the_database_is_taken_in_alone() {
        Intake intake = intake(atWork::add);
        commitLost();

        Taken taken = intake.take(order());
        assertThat(taken.result()).isEqualTo(Taken.Result.ACCEPTED);
        atWork.forEach(Runnable::run);

        claim();
        assertThat(row(taken).state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(attempts(taken)).containsExactly("BOUGHT");
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void one_that_no_worker_takes_any_more_because_the_hub_stops_waits_for_the_next_start() {
        Intake intake = intake(buy -> {
            throw new RejectedExecutionException();
        });

        Taken taken = intake.take(order());

        assertThat(taken.result()).isEqualTo(Taken.Result.ACCEPTED);
        assertThat(row(taken).state()).isEqualTo(ShipmentState.READY);
        assertThat(attempts(taken)).containsExactly("NOT_SENT");
    }

    @Test
    void one_there_is_no_thread_for_is_taken_in_and_bought_with_the_next() {
        Taken taken = intake(AtOnceInDoubtTest::noThread).take(order());

        assertThat(taken.result()).isEqualTo(Taken.Result.ACCEPTED);
        assertThat(row(taken).state()).isEqualTo(ShipmentState.READY);
        assertThat(attempts(taken)).containsExactly("NOT_SENT");
        claim();
        assertThat(row(taken).state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    @Test
    void one_whose_commit_was_not_answered_and_there_is_no_thread_for_is_ready_again() {
        Intake intake = intake(AtOnceInDoubtTest::noThread);
        answerLost();

        Taken taken = intake.take(order());

        assertThat(row(taken).state()).isEqualTo(ShipmentState.READY);
        assertThat(attempts(taken)).containsExactly("NOT_SENT");
    }

    @Test
    void one_that_is_ready_and_finds_no_thread_is_bought_at_the_next_look() {
        Taken taken = intake(buy -> {
                    throw new RejectedExecutionException();
                })
                .take(order());
        Buyers buyers = dispatch.buyers().get(0);

        assertThatThrownBy(() -> buyers.claim(AtOnceInDoubtTest::noThread)).isInstanceOf(InternalError.class);

        assertThat(dispatch.await(String.valueOf(taken.orderUid()), Duration.ZERO)
                        .shipments())
                .extracting(ShipmentRow::state)
                .containsExactly(ShipmentState.READY);
        claim();
        assertThat(row(taken).state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(carrier.asked).hasSize(1);
    }

    /** Much as a pool does where the system gives no more threads; its own error would end the tests. */
    private static void noThread(Runnable task) {
        throw new InternalError("unable to create native thread");
    }

    /** Its buyers look whether others wait, and buy what is ready. */
    private void claim() {
        dispatch.buyers().get(0).claim(Runnable::run);
    }

    private Intake intake(Executor worker) {
        Sources sources = new Sources(SETTINGS);
        return new Intake(
                ledger,
                ORDERS,
                sources,
                Choosing.read(SETTINGS.section(""), accounts),
                UNLIMITED,
                Originals.NONE,
                dispatch.atOnce(its -> worker),
                () -> {});
    }

    private static Submission order() {
        ObjectNode order = (ObjectNode) ORDERS.parse("""
                {"orderId": "SO", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""".getBytes(StandardCharsets.UTF_8));
        order.put("orderId", Ids.next("SO"));
        return new Submission("erp", "api", order, null, Content.hash(order), null, null, null, false, "erp");
    }

    private ShipmentRow row(Taken taken) {
        return ledger.read(tx -> tx.shipments().of(String.valueOf(taken.orderUid())))
                .get(0);
    }

    private List<String> attempts(Taken taken) {
        return ledger.read(tx -> tx.attempts().of(row(taken).id())).stream()
                .map(AttemptRow::state)
                .toList();
    }

    private static void answerLost() {
        AtomicInteger commits = new AtomicInteger();
        SteppedDatabase.commits = new SteppedDatabase.Commits() {
            @Override
            public void before() {}

            @Override
            public void after() {
                if (commits.incrementAndGet() == 1) {
                    throw new IllegalStateException("the answer is lost");
                }
            }
        };
    }

    private static void commitLost() {
        AtomicInteger commits = new AtomicInteger();
        SteppedDatabase.commits = new SteppedDatabase.Commits() {
            @Override
            public void before() {
                if (commits.incrementAndGet() == 1) {
                    throw new IllegalStateException("the database is gone");
                }
            }

            @Override
            public void after() {}
        };
    }
}
