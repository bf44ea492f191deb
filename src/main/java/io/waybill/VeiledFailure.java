package io.waybill;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.waybill.settings.Veiled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a line of the log tells of a failure, of its causes and of those it suppressed. */
record VeiledFailure(IThrowableProxy failure) implements IThrowableProxy {

    static @Nullable IThrowableProxy of(@Nullable IThrowableProxy failure) {
        return failure == null ? null : new VeiledFailure(failure);
    }

    @Override
    public @Nullable String getMessage() {
        return Veiled.line(failure.getMessage());
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return Veiled.line(failure.getOverridingMessage());
    }

    @Override
    public String getClassName() {
        return failure.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
        return failure.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
        return failure.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return of(failure.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return Arrays.stream(failure.getSuppressed()).map(VeiledFailure::new).toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
        return failure.isCyclic();
    }
}
