package io.waybill;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** The log as text: passwords, keys and tokens in whatever a library says, or an exception of one, are veiled before a line is made. */
public final class VeiledText extends PatternLayoutEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        return super.encode(new VeiledEvent(event));
    }
}
