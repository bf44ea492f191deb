package io.waybill.mapping;

import io.waybill.format.Formats;

/** A small order schema of our own, with the shapes the canonical order has. */
final class OrderShape {
    private static final String SCHEMA = """
            {"type":"object","required":["orderId","shipTo"],"additionalProperties":false,"properties":{
              "orderId":{"type":"string","minLength":1,"maxLength":64},"placedAt":{"type":"string","format":"date-time"},
              "reference":{"type":"string","maxLength":40},"service":{"type":"string"},"account":{"type":"string"},
              "identifiers":{"type":"array","items":{"type":"object","required":["system","value"],"additionalProperties":false,
                 "properties":{"system":{"type":"string"},"type":{"type":"string"},"value":{"type":"string"}}}},
              "shipTo":{"$ref":"#/$defs/address"},"shipFrom":{"$ref":"#/$defs/address"},
              "parcels":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{
                 "reference":{"type":"string"},"weight":{"$ref":"#/$defs/weight"},"dimensions":{"type":"object","additionalProperties":false,
                   "properties":{"length":{"type":"number"},"width":{"type":"number"},"height":{"type":"number"},"unit":{"enum":["cm","in","mm"]}}}}}},
              "items":{"type":"array","items":{"type":"object","required":["sku"],"additionalProperties":false,"properties":{
                 "sku":{"type":"string"},"externalId":{"type":"string"},"description":{"type":"string"},
                 "quantity":{"type":"integer","minimum":1},"unitPrice":{"$ref":"#/$defs/money"},"weight":{"$ref":"#/$defs/weight"},
                 "originCountry":{"type":"string","pattern":"^[A-Z]{2}$"},"hsCode":{"type":"string","pattern":"^\\\\d{4}[\\\\d. ]{0,11}$"}}}},
              "customs":{"type":"object","additionalProperties":false,"properties":{"contents":{"enum":["merchandise","gift"]},
                 "declaredValue":{"$ref":"#/$defs/money"}}},
              "billing":{"type":"object","additionalProperties":false,"properties":{"references":{"type":"array","items":{"type":"string"}},
                 "costCenter":{"type":"string"}}},
              "options":{"type":"object","additionalProperties":false,"properties":{"saturday":{"type":"boolean"},"shipDate":{"type":"string","format":"date"}}},
              "metadata":{"type":"object","additionalProperties":true}},
             "$defs":{
              "address":{"type":"object","required":["line1","city","country"],"additionalProperties":false,
                "anyOf":[{"required":["name"]},{"required":["company"]}],"properties":{
                "name":{"type":"string","maxLength":100},"company":{"type":"string"},"line1":{"type":"string"},"line2":{"type":"string"},
                "line3":{"type":"string"},"city":{"type":"string"},"state":{"type":"string"},"postalCode":{"type":"string","maxLength":20},
                "country":{"type":"string","pattern":"^[A-Z]{2}$"},"phone":{"type":"string"},"email":{"type":"string"},
                "residential":{"type":"boolean"},"taxId":{"type":"string"}}},
              "weight":{"type":"object","required":["value","unit"],"additionalProperties":false,"properties":{
                "value":{"type":"number","exclusiveMinimum":0},"unit":{"enum":["g","kg","oz","lb"]}}},
              "money":{"type":"object","required":["amount","currency"],"additionalProperties":false,"properties":{
                "amount":{"oneOf":[{"type":"string","pattern":"^-?\\\\d+(\\\\.\\\\d+)?$"},{"type":"number"}]},
                "currency":{"type":"string","pattern":"^[A-Z]{3}$"}}}}}
            """;

    static final Target ORDER = Target.of("order/1", Formats.json(SCHEMA, "order.schema.json"));

    private OrderShape() {}
}
