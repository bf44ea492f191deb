package io.waybill.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.mapping.MappingCode;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system of orders with pages of two, asked by a route as order-rest asks. */
class PollTest {
    private static final Instant BEGIN = Instant.parse("2026-11-24T09:00:00Z");

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private static final String NOBODY = "http://127.0.0.1:9";

    private final Map<String, Instant> positions = new ConcurrentHashMap<>(Map.of("shop", BEGIN));
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Map<String, String> orders = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private DefaultCamelContext camel = new DefaultCamelContext();
    private HttpServer shop;

    /** What a page behind the last is answered with. */
    private boolean repeatsItsLastPage;

    /** Whether its answer says that it is the last page, as Cursor Connections do. */
    private boolean saysTheLast;

    private volatile boolean fails;
    private volatile int pagesUntilKilled = Integer.MAX_VALUE;
    private int size = 2;

    /** What the shop gives at a time, whatever it is asked for. */
    private int most = Integer.MAX_VALUE;

    private String slow = NOBODY;

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        shop.createContext("/", this::answer);
        shop.start();
    }

    @AfterEach
    void close() throws IOException {
        camel.close();
        shop.stop(0);
    }

    @Test
    void a_source_is_asked_at_once_when_its_system_says_that_something_changed() throws Exception {
        start(3_600_000);
        soon(() -> assertThat(asked).hasSize(1));
        orders.put("A", "2026-11-24T09:05:00Z");

        camel.createProducerTemplate().sendBody("direct:nudge", "");

        soon(() -> assertThat(taken).containsExactly("A"));
        assertThat(asked).hasSize(2);
    }

    @Test
    void many_orders_of_one_second_are_all_taken_in_also_where_a_page_too_far_is_the_last_again() throws Exception {
        repeatsItsLastPage = true;
        for (int i = 0; i < 6; i++) {
            orders.put("A" + i, "2026-11-24T09:05:00Z");
        }
        start(3_600_000);

        soon(() -> assertThat(taken).containsExactlyInAnyOrder("A0", "A1", "A2", "A3", "A4", "A5"));
        soon(() -> assertThat(asked).hasSizeBetween(4, 5));
    }

    @Test
    void more_orders_of_one_second_than_one_look_asks_for_come_with_the_next() throws Exception {
        for (int i = 0; i < 10; i++) {
            orders.put("A" + i, "2026-11-24T09:05:00Z");
        }
        Poll poll = poll("/orders?since={since}&page={page}", "", 3);

        assertThat(poll.run(this::take, () -> true)).isEqualTo(4);
        assertThat(poll.run(this::take, () -> true)).isEqualTo(6);

        assertThat(taken).containsExactly("A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9");
        assertThat(poll.run(this::take, () -> true)).as("and begins anew").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"page={page}", "after={after}"})
    void a_shop_of_large_pages_is_read_on_behind_the_last_page_that_was_taken_in(String by) throws Exception {
        size = 250;
        for (int i = 0; i < 2_000; i++) {
            orders.put("A" + (1_000 + i), BEGIN.plusSeconds(i + 1).toString());
        }
        pagesUntilKilled = 3;
        start(100, by);
        soon(() -> assertThat(asked).hasSizeGreaterThan(3));
        camel.close();
        assertThat(taken).hasSizeBetween(740, 750);
        Instant stands = BEGIN.plusSeconds(taken.size());
        assertThat(positions.get("shop")).as("the last of the third page").isEqualTo(stands);
        asked.clear();

        pagesUntilKilled = Integer.MAX_VALUE;
        camel = new DefaultCamelContext();
        start(100, by);

        soon(() -> assertThat(new HashSet<>(taken)).hasSize(2_000));
        assertThat(asked.get(0)).contains("since=" + stands.minus(Duration.ofMinutes(5)));
        assertThat(taken).as("only what lies in the overlap is offered again").hasSize(2_301);
        assertThat(new ArrayList<>(new LinkedHashSet<>(taken)))
                .as("oldest first")
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"page={page}", "after={after}"})
    void a_shop_that_gives_less_at_a_time_than_a_full_page_is_said_to_have_is_read_to_its_end(String by)
            throws Exception {
        size = 100;
        most = 50;
        for (int i = 0; i < 130; i++) {
            orders.put("A" + (1_000 + i), BEGIN.plusSeconds(i + 1).toString());
        }
        start(100, by);
        soon(() -> assertThat(taken).hasSize(130));

        orders.put("B", BEGIN.plusSeconds(200).toString());

        soon(() -> assertThat(taken).hasSize(131).endsWith("B"));
    }

    @Test
    void a_system_that_says_there_is_no_next_page_is_not_asked_for_one() throws Exception {
        orders.put("A", "2026-11-24T09:05:00Z");
        orders.put("B", "2026-11-24T09:06:00Z");
        saysTheLast = true;

        start(3_600_000, "after={after}", "&items=/orders&after=/endCursor");

        soon(() -> assertThat(taken).containsExactly("A", "B"));
        soon(() -> assertThat(positions.get("shop")).isEqualTo(Instant.parse("2026-11-24T09:06:00Z")));
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_system_that_hangs_holds_up_no_other() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        CountDownLatch hangs = new CountDownLatch(1);
        other.createContext("/", exchange -> {
            hangs.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        other.start();
        slow = "http://127.0.0.1:" + other.getAddress().getPort();
        try {
            start(100);
            hangs.await();
            orders.put("A", "2026-11-24T09:05:00Z");
            soon(() -> assertThat(taken).containsExactly("A"));
            orders.put("B", "2026-11-24T09:06:00Z");
            soon(() -> assertThat(taken).containsExactly("A", "B"));
        } finally {
            never.countDown();
            camel.close();
            other.stop(0);
        }
    }

    @Test
    void what_a_restart_finds_goes_on_where_it_stood_and_begins_an_overlap_before() throws Exception {
        orders.put("A", "2026-11-24T09:05:00Z");
        start(100);
        soon(() -> assertThat(positions.get("shop")).isEqualTo("2026-11-24T09:05:00Z"));
        camel.close();
        orders.put("B", "2026-11-24T09:01:30Z"); // written by a clock that is behind
        orders.put("C", "2026-11-24T09:30:00Z");
        taken.clear();
        asked.clear();

        camel = new DefaultCamelContext();
        start(100);

        soon(() -> assertThat(taken).containsExactly("B", "A", "C"));
        assertThat(asked.get(0)).contains("since=2026-11-24T09:00:00Z");
    }

    @Test
    void the_position_stays_where_it_was_when_a_page_was_not_taken_in() throws Exception {
        orders.put("A", "2026-11-24T09:05:00Z");
        fails = true;
        start(100);
        soon(() -> assertThat(asked).hasSizeGreaterThan(1));
        assertThat(positions.get("shop")).isEqualTo(BEGIN);

        fails = false;
        soon(() -> assertThat(taken).containsExactly("A"));
        soon(() -> assertThat(positions.get("shop")).isEqualTo("2026-11-24T09:05:00Z"));
    }

    @Test
    void a_document_that_does_not_say_when_it_changed_holds_nobody_up() throws Exception {
        orders.put("A", "");
        orders.put("B", "2026-11-24T09:05:00Z");
        start(100);

        soon(() -> assertThat(taken).containsExactlyInAnyOrder("A", "B"));
        soon(() -> assertThat(positions.get("shop")).isEqualTo("2026-11-24T09:05:00Z"));
    }

    @Test
    void a_list_that_came_in_part_and_is_never_completed_is_told_and_not_taken() throws Exception {
        orders.put("A", "2026-11-24T09:05:00Z");
        start(100, "page={page}", "&more=/lines=more");

        soon(() -> assertThat(told).isNotEmpty());
        assertThat(told.get(0)).contains("poll-cut-off", "/lines");
        assertThat(taken).isEmpty();
        assertThat(positions.get("shop")).isEqualTo(BEGIN);
    }

    /** A clock that was wrong for a moment, or a date somebody typed. */
    @Test
    void an_order_that_says_it_changed_in_the_future_hides_none_that_changes_before() throws Exception {
        orders.put("A", "2099-01-01T00:00:00Z");
        start(100);
        soon(() -> assertThat(taken).containsExactly("A"));
        soon(() -> assertThat(positions.get("shop")).isEqualTo(NOW));

        orders.put("B", "2026-11-24T10:00:01Z");
        soon(() -> assertThat(taken).containsExactly("A", "B"));
        assertThat(positions.get("shop")).isEqualTo(NOW);
    }

    /** What else could look like a quiet day for ever: a pointer with a slip, or an error told with 200. */
    @ParameterizedTest
    @ValueSource(strings = {"/order", "/next", "/orders/0"})
    void an_answer_without_a_list_where_the_route_says_is_a_failure_and_no_quiet_day(String items) throws Exception {
        orders.put("A", "2026-11-24T09:05:00Z");
        Poll poll = poll("/orders?since={since}&after={after}", items, 3);

        assertThatThrownBy(() -> poll.run(this::take, () -> true))
                .isInstanceOf(SystemException.class)
                .hasMessageContaining("source shop")
                .hasMessageContaining("\"" + items + "\"")
                .hasMessageContaining("next, orders");
        assertThat(positions.get("shop")).isEqualTo(BEGIN);
        assertThat(taken).isEmpty();
    }

    @Test
    void an_answer_without_content_and_a_list_that_is_null_or_left_out_of_nothing_are_no_orders() throws Exception {
        assertThat(poll("/empty?since={since}&after={after}", "/orders", 3).run(this::take, () -> true))
                .isZero();
        assertThat(poll("/nothing?since={since}&after={after}", "/orders", 3).run(this::take, () -> true))
                .isZero();
        assertThat(poll("/null?since={since}&after={after}", "/orders", 3).run(this::take, () -> true))
                .isZero();
    }

    /** As of a fact of the system that it does not know. */
    @Test
    void a_person_is_told_at_once_when_the_question_cannot_be_written() throws Exception {
        orders.put("A", "2026-11-24T09:05:00Z");
        start(100, "page={page}", "&ask=unreadable");

        soon(() -> assertThat(told).isNotEmpty());
        assertThat(told.get(0)).contains("poll-not-written", "unreadable", "/facts/locaton");
        assertThat(asked).isEmpty();
    }

    @Test
    void an_order_that_says_again_what_it_said_before_it_changed_is_news_again_and_only_once() throws Exception {
        Poll poll = poll("/orders?since={since}&page={page}", "", 3);

        for (String second : List.of("00", "01", "00", "00")) {
            orders.put("A", "2026-11-24T09:05:" + second + "Z");
            poll.run(this::take, () -> true);
        }

        assertThat(taken).containsExactly("A", "A", "A");
    }

    @Test
    void an_order_that_changed_between_two_pages_of_one_look_and_back_is_news_again() throws Exception {
        Poll poll = poll("/orders?since={since}&page={page}", "", 3);
        orders.put("A", "2026-11-24T09:05:00Z");
        orders.put("B", "2026-11-24T09:05:10Z");
        poll.run(
                page -> {
                    take(page);
                    orders.put("A", "2026-11-24T09:05:10Z");
                },
                () -> true);

        orders.put("A", "2026-11-24T09:05:00Z");
        poll.run(this::take, () -> true);
        poll.run(this::take, () -> true);

        assertThat(taken).containsExactly("A", "B", "A", "A");
    }

    @Test
    void a_person_is_told_when_no_document_says_when_it_changed() throws Exception {
        orders.put("A", "yesterday");
        start(100);

        soon(() -> assertThat(told).isNotEmpty());
        assertThat(told.get(0)).contains("poll-bad-item", "yesterday");
        assertThat(taken).isEmpty();
    }

    private Poll poll(String path, String items, int mostPages) {
        return new Poll(
                PollPlan.read("shop", (option, usual) -> switch (option) {
                    case "path" -> path;
                    case "items" -> items;
                    case "size" -> "2";
                    default -> usual;
                }),
                HttpSystem.read(settings(), "shop"),
                (mapping, json) -> json,
                ledger(),
                () -> BEGIN,
                () -> NOW,
                mostPages);
    }

    private void start(long every) throws Exception {
        start(every, "page={page}");
    }

    private void start(long every, String by) throws Exception {
        start(every, by, by.startsWith("after") ? "&items=/orders&after=/next" : "");
    }

    /** @param by how a page is asked for */
    private void start(long every, String by, String more) throws Exception {
        Verbs.register(
                camel,
                settings(),
                (mapping, json) -> {
                    if (mapping.equals("unreadable")) {
                        throw new ProblemException(
                                Problem.of(MappingCode.UNMAPPED_SOURCE_FIELD, "unread", "/facts/locaton"));
                    }
                    return json;
                },
                (name, owner) -> {
                    throw new IllegalStateException("no numbers");
                },
                VerifyVerb.Inbox.FORGETFUL,
                new Verbs.Doors(ledger(), shipment -> List.of(), null, Path.of("work"), () -> NOW));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("waybill-poll:shop?size=" + size + "&every=" + every + "&path=RAW(/orders?since={since}&" + by
                                + ")" + more)
                        .process(exchange -> take(exchange.getMessage().getBody(String.class)));
                from("direct:nudge").to("waybill-look:shop");
                if (!slow.equals(NOBODY)) {
                    from("waybill-poll:slow?size=2&every=100&path=RAW(/orders)").to("log:never");
                }
            }
        });
        camel.start();
    }

    private Settings settings() {
        return Settings.of(
                "system.shop.url=http://127.0.0.1:" + shop.getAddress().getPort() + "\nsystem.slow.url=" + slow);
    }

    private Positions ledger() {
        return new Positions() {
            @Override
            public Optional<Instant> of(String source) {
                return Optional.ofNullable(positions.get(source));
            }

            @Override
            public void move(String source, Instant to) {
                positions.put(source, to);
            }

            @Override
            public Optional<Long> number(String source) {
                return Optional.empty();
            }

            @Override
            public void moveNumber(String source, long to) {
                // nobody asks
            }

            @Override
            public void silent(String source, Problem why) {
                told.add(why.code() + " " + why);
            }

            @Override
            public void heard(String source) {
                // nobody listens
            }
        };
    }

    private void take(String documents) throws IOException {
        if (fails) {
            throw new IOException("the disk is full");
        }
        Json.mapper()
                .readTree(documents)
                .forEach(order -> taken.add(order.path("id").asText()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        if (exchange.getRequestURI().getPath().equals("/nothing")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8);
        asked.add(query);
        if (asked.size() > pagesUntilKilled) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        boolean isNull = exchange.getRequestURI().getPath().equals("/null");
        boolean isEmpty = exchange.getRequestURI().getPath().equals("/empty");
        byte[] page =
                (isEmpty ? "{}" : isNull ? "{\"orders\":null}" : page(query).toString()).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private JsonNode page(String query) {
        String since = query.replaceAll(".*since=([^&]*).*", "$1");
        if (query.contains("page=")) {
            return page(since, Integer.parseInt(query.replaceAll(".*page=(\\d+).*", "$1")));
        }
        String after = query.replaceAll(".*after=(\\d*)", "$1");
        int number = after.isEmpty() ? 1 : Integer.parseInt(after);
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("next", String.valueOf(number + 1));
        if (saysTheLast) {
            answer.put("endCursor", "2").put("hasNextPage", false);
        }
        answer.set("orders", page(since, number));
        return answer;
    }

    private JsonNode page(String since, int number) {
        List<Map.Entry<String, String>> later = new ArrayList<>(orders.entrySet());
        int given = Math.min(size, most);
        later.removeIf(order -> !order.getValue().isEmpty() && order.getValue().compareTo(since) < 0);
        later.sort(Map.Entry.<String, String>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
        int last = Math.max(1, (later.size() + given - 1) / given);
        int page = repeatsItsLastPage ? Math.min(last, number) : number;
        ArrayNode answer = JsonNodeFactory.instance.arrayNode();
        later.stream()
                .skip((page - 1) * (long) given)
                .limit(given)
                .forEach(order -> answer.addObject()
                        .put("id", order.getKey())
                        .put("updated_at", order.getValue())
                        .set("lines", partly()));
        return answer;
    }

    private static ObjectNode partly() {
        ObjectNode lines = JsonNodeFactory.instance.objectNode();
        lines.putObject("pageInfo").put("hasNextPage", true);
        lines.putArray("nodes").add(1);
        return lines;
    }

    private static void soon(ThrowingRunnable fact) {
        await().pollInterval(Duration.ofMillis(20)).untilAsserted(fact);
    }
}
