package io.waybill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.FreePort;
import io.waybill.ledger.Database;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * What one would write without any promise: HTTP in, the order mapped, the carrier asked, one row, HTTP out. Nothing is looked up,
 * nothing is known twice, and what happens between the sale and the row is nobody's.
 */
final class PlainRoute extends RouteBuilder implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int carrier;
    private final int port = FreePort.next();
    private final HikariDataSource rows;
    private final Main camel = new Main();

    PlainRoute(Database database, int carrier) throws Exception {
        this.carrier = carrier;
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(16);
        rows = new HikariDataSource(pool);
        try (Connection connection = rows.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE bought (order_id VARCHAR(100), number VARCHAR(100), amount DECIMAL(12, 2),"
                    + " currency CHAR(3), label BYTEA)");
        }
        camel.setDefaultPropertyPlaceholderLocation("false");
        camel.configure().httpServer().withEnabled(true).withHost("127.0.0.1").withPort(port);
        camel.bind("rows", rows);
        camel.configure().addRoutesBuilder(this);
        camel.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/orders");
    }

    @Override
    public void configure() {
        from("platform-http:/orders?httpMethodRestrict=POST")
                .process(PlainRoute::map)
                .to("http://127.0.0.1:" + carrier
                        + "/v1/shipments?httpMethod=POST&connectionsPerRoute=64&maxTotalConnections=64")
                .process(PlainRoute::row)
                .to("sql:INSERT INTO bought VALUES (:#order, :#number, :#amount, :#currency, :#label)?dataSource=#rows")
                .process(PlainRoute::answer);
    }

    private static void map(Exchange exchange) throws IOException {
        JsonNode order = JSON.readTree(exchange.getMessage().getBody(byte[].class));
        ObjectNode asked = JSON.createObjectNode();
        asked.put("reference", order.path("orderId").asText());
        asked.put("service", order.path("service").asText());
        asked.set("shipTo", order.path("shipTo"));
        JsonNode weight = order.at("/parcels/0/weight/value");
        asked.putArray("parcels").addObject().put("kilograms", weight.decimalValue());
        exchange.setProperty("order", order.path("orderId").asText());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(JSON.writeValueAsBytes(asked));
    }

    private static void row(Exchange exchange) throws IOException {
        JsonNode sale = JSON.readTree(exchange.getMessage().getBody(byte[].class));
        exchange.getMessage()
                .setBody(Map.of(
                        "order",
                        exchange.getProperty("order", String.class),
                        "number",
                        sale.at("/parcels/0/trackingNumber").asText(),
                        "amount",
                        new BigDecimal(sale.at("/price/total").asText()),
                        "currency",
                        sale.at("/price/currency").asText(),
                        "label",
                        sale.at("/label/documents/0/content").binaryValue()));
        exchange.setProperty("number", sale.at("/parcels/0/trackingNumber").asText());
    }

    private static void answer(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage()
                .setBody(JSON.createObjectNode()
                        .put("orderId", exchange.getProperty("order", String.class))
                        .put("trackingNumber", exchange.getProperty("number", String.class))
                        .toString());
    }

    @Override
    public void close() {
        camel.stop();
        rows.close();
    }
}
