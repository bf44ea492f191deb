package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.delivery.Event;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels for a folder of a print program, which takes each file as soon as it has its name. */
class LabelSinkTest {
    private static final Event LABELLED =
            new Event("evt_1", "order.labelled", "acme", "SO-1", "{\"data\": {\"shipmentId\": \"shp_1\"}}");

    @TempDir
    Path data;

    @Test
    void no_label_is_printed_before_there_is_room_for_all_of_its_shipment() throws Exception {
        Path folder = Files.createDirectory(data.resolve("print"));
        Path inTheWay = Files.createDirectory(folder.resolve(".evt_1-2.zpl.tmp"));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            SinkPort sink = sink(camel, folder);

            assertThatThrownBy(() -> sink.deliver(LABELLED)).isInstanceOf(IOException.class);
            assertThat(shown(folder)).isEmpty();

            Files.delete(inTheWay);
            sink.deliver(LABELLED);
            sink.deliver(LABELLED);
        }
        assertThat(shown(folder)).containsExactly("evt_1-1.zpl", "evt_1-2.zpl");
        assertThat(folder.resolve("evt_1-2.zpl")).hasContent("second");
    }

    private SinkPort sink(DefaultCamelContext camel, Path folder) throws Exception {
        List<LabelVerb.Label> two = List.of(
                new LabelVerb.Label("ZPL", "first".getBytes(UTF_8)),
                new LabelVerb.Label("ZPL", "second".getBytes(UTF_8)));
        Verbs.Doors doors = new Verbs.Doors(Positions.NONE, shipment -> two, null, data.resolve("work"));
        Verbs.register(camel, Settings.of(""), (mapping, json) -> json, (name, key) -> null, null, doors);
        camel.start();
        var loader = PluginHelper.getRoutesLoader(camel);
        loader.loadRoutes(
                PluginHelper.getResourceLoader(camel).resolveResource("file:routes/templates/sink-label.yaml"));
        loader.loadRoutes(ResourceHelper.fromString("print.yaml", """
                - templatedRoute:
                    routeTemplateRef: sink-label
                    routeId: sink.print
                    parameters:
                      - name: name
                        value: print
                      - name: folder
                        value: "%s"
                """.formatted(folder)));
        return new SinkPort(camel.createProducerTemplate(), "print");
    }

    private static List<String> shown(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
