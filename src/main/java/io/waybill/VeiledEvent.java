package io.waybill;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import io.waybill.settings.Veiled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** One event of the log as it may be written, whoever logged it. */
record VeiledEvent(ILoggingEvent event) implements ILoggingEvent {
    @Override
    public @Nullable String getFormattedMessage() {
        return Veiled.line(event.getFormattedMessage());
    }

    @Override
    public @Nullable String getMessage() {
        return Veiled.line(event.getMessage());
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return VeiledFailure.of(event.getThrowableProxy());
    }

    /** None: an argument is told in the message. */
    @Override
    public Object @Nullable [] getArgumentArray() {
        return null;
    }

    /** None, as no argument is. */
    @Override
    public @Nullable List<KeyValuePair> getKeyValuePairs() {
        return null;
    }

    /** A thread may be named after the address it reads from. */
    @Override
    public @Nullable String getThreadName() {
        return Veiled.line(event.getThreadName());
    }

    @Override
    public Level getLevel() {
        return event.getLevel();
    }

    @Override
    public String getLoggerName() {
        return event.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return event.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return event.hasCallerData();
    }

    @Override
    public @Nullable List<Marker> getMarkerList() {
        return event.getMarkerList();
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        return event.getMDCPropertyMap();
    }

    @Override
    @Deprecated
    public Map<String, String> getMdc() {
        return event.getMDCPropertyMap();
    }

    @Override
    public long getTimeStamp() {
        return event.getTimeStamp();
    }

    @Override
    public Instant getInstant() {
        return event.getInstant();
    }

    @Override
    public int getNanoseconds() {
        return event.getNanoseconds();
    }

    @Override
    public long getSequenceNumber() {
        return event.getSequenceNumber();
    }

    @Override
    public void prepareForDeferredProcessing() {
        event.prepareForDeferredProcessing();
    }
}
