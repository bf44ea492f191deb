package io.waybill;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The log as lines of JSON, as {@link VeiledText} has it. */
public final class VeiledLines extends JsonEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        return super.encode(new VeiledEvent(event));
    }
}
