package io.waybill.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.tools.Server;

/** The table of orders of an OMS that is a process of its own for the hub: its server runs here and outlives every hub. */
final class ShopTable implements AutoCloseable {
    private final Server server;
    private final Connection connection;

    ShopTable() {
        try {
            server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
            connection = DriverManager.getConnection(url());
            run("""
                    CREATE TABLE oms_order (order_no VARCHAR(40) PRIMARY KEY, recipient VARCHAR(80), street VARCHAR(80),
                      city VARCHAR(40), state VARCHAR(20), zip VARCHAR(20), country VARCHAR(40), phone VARCHAR(30),
                      service VARCHAR(20), sku VARCHAR(40), qty INT, weight_g INT, waybill_taken TIMESTAMP,
                      waybill_result VARCHAR(500))""");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:oms" + server.getPort();
    }

    synchronized void insert(String number) {
        run("""
                INSERT INTO oms_order (order_no, recipient, street, city, state, zip, country, phone, service, sku, qty, weight_g)
                VALUES ('%s', 'Jane Roe', '1 Main St', 'Austin', 'TX', '78701', 'US', '+15125550100', 'GROUND', 'A-1', 2, 1200)
                """.formatted(number));
    }

    /** Whether the hub has marked every row. */
    synchronized boolean allTaken() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM oms_order WHERE waybill_taken IS NULL")) {
            rows.next();
            return rows.getInt(1) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
