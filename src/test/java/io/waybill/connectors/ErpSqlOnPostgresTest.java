package io.waybill.connectors;

import org.junit.jupiter.api.BeforeAll;

@Connector(
        system = "ERP by SQL",
        page = "erp-sql.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.BAD_SIGNATURE, Cell.BUSY})
class ErpSqlOnPostgresTest extends ErpSqlContract {
    private static ErpHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = ErpHub.running(ErpSqlOnPostgresTest.class);
    }

    @Override
    String name() {
        return "postgresql";
    }

    @Override
    ErpHub hub() {
        return hub;
    }
}
