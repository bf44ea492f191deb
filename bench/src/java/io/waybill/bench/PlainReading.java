package io.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.ledger.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The floor of taking records in: each becomes one row as it came, a commit of the database and then one of the offsets for what a poll
 * brought, 200 records at most. No order is checked, none is known again.
 */
final class PlainReading {
    private final Store store;
    private final String broker;

    PlainReading(Store store, String broker) {
        this.store = store;
        this.broker = broker;
    }

    /**
     * Reads a topic from its beginning.
     *
     * @return records a second, from the first poll
     */
    double rate(String topic, int records, int consumers) throws Exception {
        Database database = store.next();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE record (part INT, place BIGINT, of_order VARCHAR(200), content VARCHAR(100000), PRIMARY KEY (part, place))");
        }
        AtomicInteger left = new AtomicInteger(records);
        ExecutorService all = Executors.newFixedThreadPool(consumers);
        long begun = System.nanoTime();
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < consumers; i++) {
            readers.add(all.submit(() -> read(topic, database, left)));
        }
        for (Future<?> reader : readers) {
            reader.get();
        }
        all.shutdown();
        return records / ((System.nanoTime() - begun) / 1e9);
    }

    private Void read(String topic, Database database, AtomicInteger left) throws SQLException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker,
                "group.id",
                "plain",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                200);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Connection connection = connect(database);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO record VALUES (?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            consumer.subscribe(List.of(topic));
            while (left.get() > 0) {
                ConsumerRecords<byte[], byte[]> some = consumer.poll(Duration.ofMillis(100));
                for (ConsumerRecord<byte[], byte[]> one : some) {
                    insert.setInt(1, one.partition());
                    insert.setLong(2, one.offset());
                    insert.setString(3, new String(one.key(), UTF_8));
                    insert.setString(4, new String(one.value(), UTF_8));
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                consumer.commitSync();
                left.addAndGet(-some.count());
            }
        }
        return null;
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
