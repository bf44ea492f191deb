package io.waybill;

import io.waybill.cli.Desk;
import io.waybill.cli.Findings;
import io.waybill.cli.Wiring;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.nio.file.Path;

/** What the commands do with a hub. */
final class HubWiring implements Wiring {
    @Override
    public Running start(Settings settings) {
        return Hub.start(settings);
    }

    @Override
    public Findings check(Settings settings) {
        return new HubCheck(settings).run();
    }

    @Override
    public Mappings mappings(Settings settings) {
        return Spine.mappings(settings, new Orders());
    }

    @Override
    public Desk desk(Settings settings) {
        Path data = Path.of(settings.section("waybill").get("data", "data"));
        return HubToken.read(new DataFolder(data).token())
                .flatMap(RunningDesk::at)
                .orElseGet(() -> OpenedDesk.open(settings));
    }
}
