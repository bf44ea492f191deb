package io.waybill.connectors;

import org.junit.jupiter.api.BeforeAll;

@Connector(
        system = "ERP by SQL",
        page = "erp-sql.md",
        hasNone = {Cell.BAD_SIGNATURE, Cell.BUSY})
class ErpSqlOnH2Test extends ErpSqlContract {
    private static ErpHub hub;

    @BeforeAll
    static void start() throws Exception {
        hub = ErpHub.running();
    }

    @Override
    String name() {
        return "h2";
    }

    @Override
    ErpHub hub() {
        return hub;
    }
}
