package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.CameAlone;
import io.waybill.intake.Origin;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.order.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source may bring orders of several namespaces: what is looked at of one is neither told nor decided by another. */
class ShadowBoundsTest {
    private static final Namespaces ACME = Namespaces.of(Set.of("acme"));
    private static final String ON = "{\"shadow\": true}";

    @TempDir
    Path folder;

    private Switchboard switchboard;

    @BeforeEach
    void start() {
        switchboard = Switchboard.on(
                Rig.start(Stores.h2(folder), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.C, "8.10"))));
    }

    @AfterEach
    void stop() {
        switchboard.close();
    }

    @Test
    void what_a_source_brought_for_another_namespace_is_not_told() throws IOException {
        look("local");
        takeFor("globex", "local", "SO-1");
        takeFor("acme", "local", "SO-2");

        assertThat(report(ACME, "local").path("documents").asInt()).isOne();
        assertThat(rows(ACME)).contains("SO-2").doesNotContain("SO-1");
        assertThat(documents(ACME)).isOne();
        assertThat(report(Namespaces.ALL, "local").path("documents").asInt()).isEqualTo(2);
        assertThat(documents(Namespaces.ALL)).isEqualTo(2);
    }

    @Test
    void a_table_of_nothing_that_was_looked_at_has_the_columns_of_one_with_rows() {
        look("local");
        String header = "orderId,result,field,shadow,live,shadowCost,liveCost";
        assertThat(rows(Namespaces.ALL).lines()).containsExactly(header);

        takeFor("acme", "local", "SO-1");
        assertThat(rows(Namespaces.ALL).lines()).hasSize(2).first().isEqualTo(header);
    }

    @Test
    void equal_numbers_of_two_namespaces_are_two_documents() throws IOException {
        look("local");
        takeFor("acme", "local", "1001");
        takeFor("globex", "local", "1001");
        takeFor("acme", "local", "1001");

        assertThat(report(Namespaces.ALL, "local").path("documents").asInt()).isEqualTo(2);
    }

    @Test
    void what_would_be_no_order_is_kept_for_the_namespace_it_names() throws IOException {
        look("strict");
        ObjectNode broken = Rig.order("SO-1", "1.2").put("namespace", "globex");
        ((ObjectNode) broken.path("shipTo")).put("postalCode", "nowhere");
        take("strict", broken);
        ObjectNode nameless = Rig.order("SO-2", "1.2").put("namespace", "no namespace, but a sentence");
        take("strict", nameless);

        assertThat(report(Namespaces.ALL, "strict").at("/noOrders/count").asInt())
                .isEqualTo(2);
        assertThat(report(ACME, "strict").at("/noOrders/examples"))
                .singleElement()
                .satisfies(one -> assertThat(one.path("orderId").asText()).isEqualTo("SO-2"));
    }

    @Test
    void an_admin_switches_only_sources_that_bring_orders_of_no_other_namespace() {
        assertThat(turn(ACME, "local")).isEqualTo(403);
        assertThat(turn(ACME, "strict")).isEqualTo(200);
        takeFor("globex", "strict", "SO-1");
        assertThat(turn(ACME, "strict")).isEqualTo(403);
        takeFor("globex", "shop", "SO-2");
        assertThat(turn(ACME, "shop")).isEqualTo(403);
        takeFor("acme", "erp", "SO-3");
        assertThat(turn(ACME, "erp")).isEqualTo(200);
        assertThat(turn(Namespaces.of(Set.of("acme", "globex")), "shop")).isEqualTo(200);
        assertThat(turn(Namespaces.ALL, "local")).isEqualTo(200);
    }

    private int turn(Namespaces seen, String source) {
        return switchboard
                .call(seen, "put", "/sources/" + source + "/shadow", ON)
                .status();
    }

    private void look(String source) {
        assertThat(turn(Namespaces.ALL, source)).isEqualTo(200);
    }

    private Result takeFor(String namespace, String source, String orderId) {
        return take(source, Rig.order(orderId, "1.2").put("namespace", namespace));
    }

    private Result take(String source, ObjectNode order) {
        Origin origin = CameAlone.of("f/" + order.path("orderId").asText(), order);
        return switchboard
                .rig()
                .take(new Submission(
                        source, "file", order, null, Content.hash(order), origin, null, null, false, "Jane"))
                .result();
    }

    private JsonNode report(Namespaces seen, String source) throws IOException {
        return switchboard.told(seen, "/shadow?source=" + source);
    }

    /** A file that is saved under a name a desktop knows what to open with. */
    private String rows(Namespaces seen) {
        Answer saved = switchboard.call(seen, "get", "/shadow?source=local&format=csv", "");
        assertThat(saved.headers().get("Content-Disposition")).endsWith("shadow.csv");
        try {
            return Files.readString(Objects.requireNonNull(saved.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the source {@code local}, as it stands beside its switch. */
    private int documents(Namespaces seen) throws IOException {
        for (JsonNode source : switchboard.told(seen, "/rollout/acme").path("sources")) {
            if (source.path("source").asText().equals("local")) {
                return source.path("documents").asInt();
            }
        }
        throw new AssertionError("local is not among the sources of acme");
    }
}
