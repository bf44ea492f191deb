package io.waybill.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in the broker's topics, read from the outside. */
public final class Log implements AutoCloseable {
    private final Admin admin;
    private final KafkaConsumer<String, String> consumer;

    /** @param broker that is up */
    public Log(KafkaProcess broker) {
        admin = broker.admin();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new StringDeserializer());
    }

    /** Where a group stands, by partition; what it never committed is left out. */
    public Map<String, Long> committed(String group) throws Exception {
        Map<String, Long> all = new TreeMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(60, TimeUnit.SECONDS)
                .forEach((partition, offset) -> all.put(partition.toString(), offset.offset()));
        return all;
    }

    /** The end of each partition that is not empty. */
    public Map<String, Long> ends(String topic) {
        Map<String, Long> all = new TreeMap<>();
        consumer.endOffsets(partitions(topic)).forEach((partition, end) -> {
            if (end > 0) {
                all.put(partition.toString(), end);
            }
        });
        return all;
    }

    /** Every record there is now, partition by partition in the order of the log. */
    List<ConsumerRecord<String, String>> all(String topic) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(200)).forEach(all::add);
        }
        return all;
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        return known.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
