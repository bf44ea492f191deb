package io.waybill.connectors;

@Connector(system = "Magento 2", page = "magento.md", hasNone = Cell.BAD_SIGNATURE)
class MagentoTest extends ShopContract {
    @Override
    String name() {
        return "acme-magento";
    }
}
