package io.waybill;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.delivery.BundleRule;
import io.waybill.delivery.Bundles;
import io.waybill.ledger.BundleBook.Bundle;
import io.waybill.ledger.Ledger;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A folder of a sink without room for its bundle, which was closed more than a quarter of an hour ago. */
final class FullFolder implements Bundles.Place {
    private static final BundleRule ONE =
            BundleRule.read(Settings.of("sink.sap.batch=1d/1\n").section("sink.sap"));

    private final Bundles bundles;
    private boolean full = true;

    FullFolder(Ledger ledger) {
        bundles = new Bundles(ledger, "node-1", Clock.offset(Clock.systemUTC(), Duration.ofMinutes(16)));
    }

    void isTold() {
        bundles.add("sap", "evt_1", "{}", "[]");
        assertThatThrownBy(() -> bundles.finish("sap", ONE, this)).hasMessageContaining("no space left");
    }

    void isEmptied() {
        full = false;
        try {
            bundles.finish("sap", ONE, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(Bundle bundle, List<String> contents) throws IOException {
        if (full) {
            throw new IOException("no space left on device");
        }
    }

    @Override
    public void publish(Bundle bundle) {
        // it has its name
    }
}
