package io.waybill.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** While open, warnings go to a file and the terminal belongs to the story. */
final class QuietLog implements AutoCloseable {
    private final Logger root;
    private final List<Appender<ILoggingEvent>> before = new ArrayList<>();
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();
    private final Path file;

    QuietLog(Path file) {
        this.file = file;
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.iteratorForAppenders().forEachRemaining(before::add);
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d %-5level %logger{0} %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.addFilter(new AtLeastWarn());
        appender.start();
        before.forEach(root::detachAppender);
        root.addAppender(appender);
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
        before.forEach(root::addAppender);
    }

    private static final class AtLeastWarn extends ch.qos.logback.classic.filter.ThresholdFilter {
        AtLeastWarn() {
            setLevel(Level.WARN.toString());
            start();
        }
    }
}
