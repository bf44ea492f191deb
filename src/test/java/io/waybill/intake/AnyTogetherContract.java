package io.waybill.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Choice;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Tx;
import io.waybill.order.Content;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** Documents taken in by one commit become what they become one after the other: new ones, known ones, bad ones, in any order. */
abstract class AnyTogetherContract {
    private static final Settings SETTINGS = Settings.of("""
            defaults.namespace=acme
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            source.erp.onChange=replace
            """);
    private static final Orders ORDERS = new Orders();

    private final Ledger ledger = Store.getOrCreate(
                    "together",
                    Lifespan.PROPERTY,
                    () -> new Opened(Ledger.open(database(), (space, type) -> List.of("oms"))))
            .get()
            .ledger();
    private final Intake intake = new Intake(
            ledger,
            ORDERS,
            new Sources(SETTINGS),
            (order, namespace) -> new Choice.Fixed("fake", "fake", "ground", "test"),
            Spending.read(SETTINGS),
            new Originals(Duration.ofDays(1)),
            AtOnce.NEVER,
            () -> {});

    abstract Database database();

    private record Opened(Ledger ledger) implements Store.CloseOnReset {
        @Override
        public void close() {
            ledger.close();
        }
    }

    /** How good a document is. */
    enum Kind {
        GOOD,
        /** Its number can be read, and it is no order. */
        BAD,
        /** Its mapping says no. */
        UNMAPPED
    }

    /** @param place the same place of a file comes twice when it was corrected */
    record Paper(int number, int street, int place, Kind kind) {}

    @Property(tries = 60)
    void in_one_commit_or_one_by_one_they_become_the_same(@ForAll("papers") List<List<Paper>> files) {
        String together = Ids.next("A");
        String alone = Ids.next("B");
        for (List<Paper> file : files) {
            List<Taken> all = intake.takeAll(arrivals(file, together));
            List<Taken> each = new ArrayList<>();
            arrivals(file, alone).forEach(one -> each.addAll(intake.takeAll(List.of(one))));

            assertThat(told(all)).isEqualTo(told(each));
            assertThat(seen(together)).isEqualTo(seen(alone));
        }
    }

    private static List<String> told(List<Taken> taken) {
        return taken.stream()
                .map(one -> one.result() + " "
                        + one.problems().stream().map(Problem::code).toList())
                .toList();
    }

    /** What the ledger says of the numbers of one way. */
    private List<String> seen(String way) {
        List<String> seen = new ArrayList<>();
        ledger.read(tx -> {
            for (int number = 0; number < 3; number++) {
                String name = "order " + number;
                tx.orders().lock("acme", way + number).ifPresent(order -> seen.add(name + story(tx, order)));
            }
            OpenExceptions.of(tx).stream()
                    .filter(row -> String.valueOf(row.orderId()).startsWith(way)
                            || row.problems().contains(way))
                    .map(row -> "open " + row.reason() + " " + row.occurrences() + " "
                            + String.valueOf(row.orderId()).replace(way, ""))
                    .sorted()
                    .forEach(seen::add);
            return true;
        });
        return seen;
    }

    private static String story(Tx tx, OrderRow order) {
        return " revision " + order.revision() + " "
                + tx.shipments().of(order.id()).stream()
                        .map(row -> row.state().word())
                        .toList() + " "
                + tx.story().of(order.id()).stream().map(entry -> entry.what()).toList() + " originals "
                + tx.originals().ofOrder(order.id()).isPresent();
    }

    private static List<Arrival> arrivals(List<Paper> papers, String way) {
        return papers.stream().map(paper -> arrival(paper, way)).toList();
    }

    private static Arrival arrival(Paper paper, String way) {
        ObjectNode content = (ObjectNode) ORDERS.parse("""
                {"service": "ground", "shipTo": {"name": "Jane Roe", "city": "Austin", "state": "TX", "postalCode": "78701",
                "country": "US"}, "parcels": [{"weight": {"value": 1.2, "unit": "kg"}}]}""".getBytes(UTF_8));
        content.put("orderId", way + paper.number());
        content.withObject("/shipTo").put("line1", paper.kind() == Kind.BAD ? "" : paper.street() + " Main St");
        Origin origin = CameAlone.of(way + "@" + paper.place(), content);
        Submission submission = new Submission(
                "erp",
                "file",
                content,
                null,
                Content.hash(content),
                origin,
                "erp",
                1,
                false,
                false,
                "erp",
                content,
                null);
        List<Problem> problems =
                paper.kind() == Kind.UNMAPPED ? List.of(Problem.of(OrderCode.MISSING_FIELD, "field", way)) : List.of();
        return new Arrival(submission, problems, null);
    }

    @Provide
    Arbitrary<List<List<Paper>>> papers() {
        Arbitrary<Paper> paper = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(Kind.GOOD, Kind.GOOD, Kind.GOOD, Kind.BAD, Kind.UNMAPPED))
                .as(Paper::new);
        return paper.list().ofMinSize(1).ofMaxSize(8).list().ofMinSize(1).ofMaxSize(3);
    }
}
