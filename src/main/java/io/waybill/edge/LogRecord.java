package io.waybill.edge;

import io.waybill.batch.LogPlace;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.text.Sha256;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One record of a log, with its place in it.
 *
 * @param writtenAt as its writer or the log says
 * @param traceparent what its writer said of a trace (W3C), or null
 * @param bytes empty for a record without a value, which a compacted topic has for what was deleted
 * @param commit says to the log that everything up to this record is done with
 */
record LogRecord(
        TopicPartition partition,
        long offset,
        Instant writtenAt,
        @Nullable String traceparent,
        byte[] bytes,
        Runnable commit) {
    static LogRecord of(Exchange exchange) {
        DefaultKafkaManualCommit place =
                exchange.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
        byte[] value = exchange.getMessage().getBody(byte[].class);
        return new LogRecord(
                place.getPartition(),
                place.getRecordOffset(),
                Instant.ofEpochMilli(
                        Math.max(0, exchange.getMessage().getHeader(KafkaConstants.TIMESTAMP, 0L, Long.class))),
                exchange.getMessage().getHeader("traceparent", String.class),
                value == null ? new byte[0] : value,
                place::commit);
    }

    /** {@code orders-3-17}, and how its bytes are to be read. */
    String fileName(Reading reading) {
        return partition + "-" + offset + "." + reading.format().word();
    }

    /** @throws io.waybill.problem.ProblemException where not all of it can be read */
    List<Document> documents(Reading reading) {
        List<Document> all = new ArrayList<>();
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(bytes), fileName(reading), reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                all.add(next);
            }
        }
        return all;
    }

    /** The same each time this record is handed over; another in a topic that was made anew. */
    String key(Document document) {
        return new LogPlace(partition.toString(), offset, writtenAt)
                .key(Sha256.of(bytes).substring(0, 24) + "#" + document.ordinal());
    }
}
