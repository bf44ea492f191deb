package io.waybill.carrier.sandbox;

import java.util.List;
import uk.org.okapibarcode.backend.Code128;
import uk.org.okapibarcode.backend.HumanReadableLocation;

/** A Code 128 symbol as bars in modules, the narrowest bar being one. */
record Bars(int modules, List<Bar> bars) {
    record Bar(int from, int width) {}

    static Bars of(String content) {
        Code128 symbol = new Code128();
        symbol.setHumanReadableLocation(HumanReadableLocation.NONE);
        symbol.setModuleWidth(1);
        symbol.setContent(content);
        return new Bars(
                symbol.getWidth(),
                symbol.getRectangles().stream()
                        .map(bar -> new Bar((int) bar.x, (int) bar.width))
                        .toList());
    }
}
