package io.waybill.carrier.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Samples;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCarrierTest {
    @TempDir
    Path folder;

    SandboxServer server;

    @BeforeEach
    void start() throws IOException {
        server = SandboxServer.start(folder.resolve("book.jsonl"), 0, SandboxPace.DEFAULT);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    Carrier carrier() {
        return new Carriers()
                .open(
                        "sandbox",
                        Settings.of("account.sandbox.adapter=sandbox\naccount.sandbox.baseUrl=" + server.url())
                                .section("account.sandbox"));
    }

    @Test
    void buys_one_label_as_pdf() {
        Carrier carrier = carrier();
        Outcome outcome = carrier.buy(carrier.prepare(Samples.shipment(), Samples.ref()));
        assertThat(outcome).isInstanceOf(Outcome.Bought.class);
        Outcome.Bought bought = (Outcome.Bought) outcome;
        assertThat(bought.numbers()).hasSize(2);
        assertThat(bought.label().orElseThrow().documents().get(0).bytes())
                .startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(bought.charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("shipping 8.10 USD", "fuel_charge 0.97 USD", "additional_fees 0.35 USD");
    }
}
