package io.waybill.edge;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Camel begins anew, from the last committed offset, when a poll fails, but at once, and never again where the cluster does
 * not let us in, or where memory is short: an error ends its thread. This one takes a breath first, and being let in may come later;
 * meanwhile a person is told.
 */
final class PatientConsumer extends KafkaConsumer<Object, Object> {
    private static final Duration BREATH = Duration.ofSeconds(2);

    /** How long a broker may take to hear that we leave; without it others get our partitions when our session is over. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final @Nullable TopicWatch watch;

    /** @param watch of the source that reads; null for a reader that is none */
    PatientConsumer(Properties properties, @Nullable TopicWatch watch) {
        super(properties);
        this.watch = watch;
    }

    @Override
    public ConsumerRecords<Object, Object> poll(Duration timeout) {
        try {
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            if (watch != null) {
                watch.polled(this, records.isEmpty());
            }
            return records;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException | Error e) {
            KafkaException failed = new KafkaException(String.valueOf(e.getMessage()), e);
            if (watch != null) {
                watch.failed(e instanceof KafkaException told ? told : failed);
            }
            LockSupport.parkNanos(BREATH.toNanos());
            throw failed;
        }
    }

    /** Not after half a minute, as the client ships: Camel interrupts it after ten seconds. */
    @Override
    public void close() {
        close(FAREWELL);
    }
}
