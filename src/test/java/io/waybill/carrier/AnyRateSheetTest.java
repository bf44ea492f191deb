package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.PrintedSheet.Box;
import io.waybill.carrier.PrintedSheet.Place;
import io.waybill.carrier.PrintedSheet.Printed;
import io.waybill.carrier.PrintedSheet.Sent;
import io.waybill.carrier.Rates.Rate;
import io.waybill.measure.Dimensions;
import io.waybill.measure.LengthUnit;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any legal sheet, and parcels on its bounds: the price of each service is to the cent what one comes to by hand. More of them with
 * {@code -Dsheets.seeds=10000}, one alone with {@code -Dsheets.from=17 -Dsheets.seeds=1}.
 */
class AnyRateSheetTest {
    private static final List<String> CURRENCIES = List.of("USD", "EUR", "JPY", "KWD");
    private static final int ORDERS = 8;

    private final long from = Long.getLong("sheets.from", 1);
    private final int seeds = Integer.getInteger("sheets.seeds", 150);

    @TempDir
    Path folder;

    @Test
    void every_price_is_what_the_printed_sheet_comes_to_by_hand() throws IOException {
        List<String> broken = new ArrayList<>();
        int priced = 0;
        for (long seed = from; seed < from + seeds; seed++) {
            GeneratedSheets generated = new GeneratedSheets(new Random(seed * 7_919_123_457L));
            PrintedSheet printed = generated.sheet(generated.one(CURRENCIES));
            Path at = folder.resolve(String.valueOf(seed));
            printed.write(at);
            RateSheet sheet = RateSheet.read(at);
            for (int n = 0; n < ORDERS; n++) {
                Sent sent = generated.sent();
                List<Printed> byHand = printed.prices(sent);
                List<Printed> told = sheet.rates(shipment(sent), sent.day()).stream()
                        .map(AnyRateSheetTest::told)
                        .toList();
                priced += (int) byHand.stream()
                        .filter(one -> !one.total().equals("null"))
                        .count();
                if (!told.equals(byHand)) {
                    broken.add("seed " + seed + " " + sent + "\n  by hand " + byHand + "\n  told    " + told);
                }
            }
        }
        assertThat(String.join("\n", broken)).isEmpty();
        assertThat(priced).as("enough of them have a price").isGreaterThan(seeds);
    }

    private static Printed told(Rate rate) {
        if (rate.why() != null) {
            return new Printed(rate.service(), List.of(rate.why().code()), "null", "null", "null");
        }
        return new Printed(
                rate.service(),
                rate.charges().stream()
                        .map(charge ->
                                charge.type() + " " + charge.amount().amount().toPlainString() + " " + charge.code())
                        .toList(),
                String.valueOf(rate.total()),
                String.valueOf(rate.list()),
                String.valueOf(rate.promised()));
    }

    private static Shipment shipment(Sent sent) {
        Order order = new Order(
                "SO-1",
                null,
                null,
                null,
                List.of(),
                null,
                address(sent.to(), sent.atHome()),
                null,
                null,
                null,
                sent.boxes().stream().map(AnyRateSheetTest::parcel).toList(),
                List.of(),
                null,
                null,
                null,
                new Order.Options(sent.signature() ? "direct" : "none", null, sent.saturday(), null, null, null),
                Map.of());
        return new Shipment(
                order, 1, "", address(sent.from(), false), order.parcels(), new LabelRequest("PDF", "4x6", 203));
    }

    private static Order.Parcel parcel(Box box) {
        Dimensions size = box.mm().isEmpty()
                ? null
                : new Dimensions(box.mm().get(1), box.mm().get(2), box.mm().get(0), LengthUnit.MM);
        Weight weight = box.kg().signum() == 0 ? null : new Weight(box.kg(), MassUnit.KG);
        return new Order.Parcel(null, weight, size, null, List.of());
    }

    private static Address address(Place place, boolean atHome) {
        return new Address(
                "Jane Roe",
                null,
                "1 Main St",
                null,
                null,
                "Town",
                null,
                place.postal().isEmpty() ? null : place.postal(),
                place.country(),
                null,
                null,
                atHome,
                null);
    }
}
