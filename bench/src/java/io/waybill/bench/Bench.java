package io.waybill.bench;

import java.util.List;
import java.util.Locale;

/** {@code bench/run purchases h2|postgres …}; bench/README.md names every measurement. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println(machine());
        measure(List.of(arguments));
        System.exit(0);
    }

    /** @param words what, of which store, and how much of it: {@code purchases h2 orders=8000} */
    static void measure(List<String> words) throws Exception {
        String what = words.isEmpty() ? "" : words.get(0);
        switch (what) {
            case "purchases" -> purchases(words);
            case "flat" -> {
                try (Store store = new Store(words.get(1))) {
                    new Flat(store, Option.number(words, "looks", 200)).run(Option.number(words, "orders", 1_000_000));
                }
            }
            case "pages" -> {
                try (Store store = new Store(words.get(1))) {
                    new Pages(store).run(Option.number(words, "orders", 1_000_000));
                }
            }
            case "rows" -> {
                try (Store store = new Store(words.get(1))) {
                    new Rows(store).run(Option.number(words, "orders", 100_000), Option.number(words, "warm", 20_000));
                }
            }
            case "topic" -> {
                try (Store store = new Store(words.get(1))) {
                    new Topic(store, Option.number(words, "consumers", 2))
                            .run(Option.number(words, "orders", 60_000), Option.number(words, "warm", 20_000));
                }
            }
            case "upload" -> {
                try (Store store = new Store(words.get(1));
                        Upload upload = new Upload(store)) {
                    upload.run(Option.number(words, "rows", 50_000));
                }
            }
            case "deliveries" -> {
                try (Store store = new Store(words.get(1))) {
                    new Deliveries(store).run(Option.number(words, "events", 40_000));
                }
            }
            case "tracking" -> {
                try (Store store = new Store(words.get(1))) {
                    Following following = new Following(store);
                    following.run(Option.number(words, "shipments", 10_000), 1);
                    following.run(Option.number(words, "shipments", 10_000), 30);
                }
            }
            case "invoices" -> {
                try (Store store = new Store(words.get(1))) {
                    new Invoices(store)
                            .run(Option.number(words, "lines", 1_000_000), Option.number(words, "shipments", 200_000));
                }
            }
            case "baseline" -> {
                try (Store store = new Store("postgres")) {
                    int orders = Option.number(words, "orders", 4_000);
                    new Baseline(store, Option.number(words, "connections", 32))
                            .run(orders, Option.number(words, "warm", 2 * orders));
                }
            }
            case "day" -> {
                try (Store store = new Store(words.get(1))) {
                    new Day(store).run(Option.number(words, "orders", 1_728_000));
                }
            }
            case "start" -> new Start().run();
            case "hang" -> hang(words);
            case "burst" -> burst(words);
            case "statements" -> {
                try (Store store = new Store("h2")) {
                    Statements.run(store);
                }
            }
            case "big" -> new Big(words.get(1), Option.number(words, "mb", 1_024)).run();
            case "edi" -> Edi.run(Option.number(words, "megabytes", 300));
            case "mapping" -> MappingTable.run(words.get(1));
            case "mapping-jmh" -> org.openjdk.jmh.Main.main(new String[] {"MappingJmh"});
            default ->
                throw new IllegalArgumentException(
                        "bench/run purchases|rows|topic|upload|deliveries|flat|pages|hang|burst|tracking|invoices|day h2|postgres, baseline, start, statements, mapping trees|rows|slow, mapping-jmh, edi, big csv|ndjson|fixed|idoc-flat");
        }
    }

    private static void purchases(List<String> words) throws Exception {
        try (Store store = new Store(words.get(1))) {
            int orders = Option.number(words, "orders", 8_000);
            new Purchases(
                            store,
                            orders,
                            Option.number(words, "warm", orders / 4),
                            Option.number(words, "workers", 48),
                            Option.number(words, "nodes", 1))
                    .run(!words.contains("nobare"), Option.number(words, "rate", store.kind.equals("h2") ? 150 : 300));
        }
    }

    private static void hang(List<String> words) throws Exception {
        try (Store store = new Store(words.get(1))) {
            new Hang(store, Option.number(words, "rate", 40)).run();
        }
    }

    private static void burst(List<String> words) throws Exception {
        try (Store store = new Store(words.get(1));
                Burst burst = new Burst(store)) {
            burst.run(Option.number(words, "rate", 20));
        }
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%d processors, everything on one machine; Java %s, at most %d MB heap",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** {@code orders=8000} */
    private static final class Option {
        static int number(List<String> words, String name, int fallback) {
            return words.stream()
                    .filter(word -> word.startsWith(name + "="))
                    .map(word -> Integer.parseInt(word.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(fallback);
        }
    }
}
