package io.waybill.connectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.servers.MariaDbServer;
import org.junit.jupiter.api.BeforeAll;

@Connector(
        system = "ERP by SQL",
        page = "erp-sql.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.BAD_SIGNATURE, Cell.BUSY})
class ErpSqlOnMariaDbTest extends ErpSqlContract {
    private static ErpHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = ErpHub.running(ErpSqlOnMariaDbTest.class);
        assumeTrue(hub.has("mariadb"), MariaDbServer.HOW);
    }

    @Override
    String name() {
        return "mariadb";
    }

    @Override
    ErpHub hub() {
        return hub;
    }
}
