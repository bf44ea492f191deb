package io.waybill.carrier.dhl_parcel_de;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Tracks.Event;
import io.waybill.format.Formats;
import io.waybill.format.XmlOutput;
import io.waybill.text.UrlPart;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /parcel/de/tracking/v0/shipments?xml=}: an XML query in the address, with a second login inside it. The
 * application's key and secret stand in the headers.
 */
final class PaketTracking {
    /** Documented as fifteen at once, joined by semicolons. */
    static final int MOST = 15;

    private final PaketSettings settings;
    private final Optional<AccountLine> line;

    PaketTracking(CarrierHttp http, PaketSettings settings) {
        this.settings = settings;
        this.line = settings.apiSecret()
                .map(secret -> new AccountLine(
                        http,
                        Authorization.basic(settings.apiKey(), secret)
                                .and(Authorization.fixed(Map.of("dhl-api-key", settings.apiKey()))),
                        settings.calls()));
    }

    List<Event> track(List<String> numbers) {
        AccountLine asked = line.orElseThrow(
                () -> new IllegalStateException("tracking needs apiSecret in the settings of this account"));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += MOST) {
            List<String> batch = numbers.subList(i, Math.min(i + MOST, numbers.size()));
            String path = "/parcel/de/tracking/v0/shipments?xml=" + UrlPart.of(query(batch));
            Answer answer = asked.read(path, Map.of("Accept", "application/xml"));
            events.addAll(answer.readOrThrow(said -> PaketEvents.of(said, batch), "DHL tells nothing of " + batch));
        }
        return events;
    }

    private String query(List<String> numbers) {
        ObjectNode data = RequestJson.object()
                .put("@appname", settings.tracking().username())
                .put("@language-code", "en")
                .put("@password", settings.tracking().password())
                .put("@piece-code", String.join(";", numbers))
                .put("@request", "d-get-piece-detail");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XmlOutput xml = Formats.xml(out, List.of("data"))) {
            xml.document(data);
        }
        return out.toString(UTF_8);
    }
}
