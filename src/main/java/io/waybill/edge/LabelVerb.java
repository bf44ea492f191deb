package io.waybill.edge;

import io.waybill.order.Json;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-label:SINK?folder=…}: lays the labels of the event's shipment into a folder that a print program watches, a file a
 * parcel, {@code <event id>-<parcel>.pdf} (png, zpl, epl). None is there before all are written. An event of a
 * shipment without labels here writes none.
 */
public final class LabelVerb extends Verb {
    private final Labels labels;

    LabelVerb(Labels labels) {
        this.labels = labels;
    }

    /** The labels that were bought. */
    @FunctionalInterface
    public interface Labels {
        /** One a parcel, in order; none for a shipment that was bought elsewhere or was given back. */
        List<Label> of(String shipment) throws ProblemException;
    }

    /** @param format PDF, PNG, ZPL or EPL2 */
    public record Label(String format, byte[] bytes) {}

    @Override
    Processor step(String sink, Map<String, Object> options) {
        Path folder = Path.of(option(options, "folder", ""));
        if (folder.toString().isEmpty()) {
            throw new IllegalArgumentException("waybill-label:" + sink + " needs a folder");
        }
        return exchange -> lay(exchange, folder);
    }

    private void lay(Exchange exchange, Path folder) throws IOException {
        String shipment = Json.kept(exchange.getMessage().getBody(String.class))
                .at("/data/shipmentId")
                .asText();
        if (shipment.isEmpty()) {
            return;
        }
        WholeFile.require(folder);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (Label label : labels.of(shipment)) {
            String end = label.format().equals("EPL2") ? "epl" : label.format().toLowerCase(Locale.ROOT);
            files.put(EventProperties.id(exchange) + "-" + (files.size() + 1) + "." + end, label.bytes());
        }
        WholeFile.write(folder, files);
    }
}
