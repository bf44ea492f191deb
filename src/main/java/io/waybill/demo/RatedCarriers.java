package io.waybill.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.order.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Five carriers that give tokens and prices and sell nothing, under {@code /<carrier>}. Their answers are the files {@code
 * demo/rates/<carrier>-<postal code>.json}, and where there is none, {@code <carrier>.json}; the figures are invented.
 */
final class RatedCarriers implements AutoCloseable {
    private static final Pattern PLACES = Pattern.compile("\\b(10001|98101|60601|33101|80202|10115)\\b");
    private static final List<String> NOT_IN_THE_COUNTRY = List.of("dhl-express", "yunexpress");
    private static final String ABROAD = "10115";
    private static final int LONGEST = 9;

    private final HttpServer http;

    RatedCarriers() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String file = path.endsWith("/token")
                    ? "token"
                    : file(
                            path.split("/", -1)[1],
                            body + " " + exchange.getRequestURI().getQuery());
            String text = Samples.read("rates/" + file + ".json", days());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(
                    Json.mapper().readTree(text).path("status").asInt(200), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String file(String carrier, String asked) throws IOException {
        Matcher place = PLACES.matcher(asked);
        if (!place.find()) {
            throw new IOException("the demo's carriers know no such place: " + asked);
        }
        boolean refuses = NOT_IN_THE_COUNTRY.contains(carrier) && !place.group().equals(ABROAD);
        return refuses ? carrier : carrier + "-" + place.group();
    }

    /** {@code {day3}} and {@code {basic3}}: the date in three days, with hyphens and without. */
    private static Object[] days() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<Object> namesAndValues = new ArrayList<>();
        for (int n = 1; n <= LONGEST; n++) {
            LocalDate day = today.plusDays(n);
            namesAndValues.addAll(List.of("day" + n, day, "basic" + n, day.format(DateTimeFormatter.BASIC_ISO_DATE)));
        }
        return namesAndValues.toArray();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
