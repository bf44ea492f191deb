package io.waybill.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** An empty sheet to be filled in, as the mapping {@code excel-template} reads it, with one row that shows how and that it leaves out. */
final class Template {
    private static final List<String> ENGLISH = List.of(
            "Order number",
            "EXAMPLE-1",
            "Recipient",
            "Jane Roe",
            "Company",
            "",
            "Address 1",
            "1 Main St",
            "Address 2",
            "",
            "City",
            "Austin",
            "State",
            "TX",
            "Postal code",
            "78701",
            "Country",
            "US",
            "Phone",
            "+15125550100",
            "Email",
            "jane@example.com",
            "Service",
            "Standard",
            "SKU",
            "MUG-1",
            "Description",
            "Mug",
            "Quantity",
            "2",
            "Unit price",
            "12.50",
            "Currency",
            "USD",
            "Weight (kg)",
            "1.2",
            "Length (cm)",
            "30",
            "Width (cm)",
            "20",
            "Height (cm)",
            "10",
            "HS code",
            "691200",
            "Origin",
            "CN",
            "Reference",
            "PO-77",
            "Note",
            "");
    private static final List<String> CHINESE = List.of(
            "订单号",
            "EXAMPLE-1",
            "收件人",
            "Jane Roe",
            "公司",
            "",
            "地址1",
            "1 Main St",
            "地址2",
            "",
            "城市",
            "Austin",
            "省份",
            "TX",
            "邮编",
            "78701",
            "国家",
            "US",
            "电话",
            "+15125550100",
            "邮箱",
            "jane@example.com",
            "渠道",
            "标准",
            "商品编码",
            "MUG-1",
            "品名",
            "马克杯",
            "数量",
            "2",
            "单价",
            "12.50",
            "币种",
            "USD",
            "重量(kg)",
            "1.2",
            "长(cm)",
            "30",
            "宽(cm)",
            "20",
            "高(cm)",
            "10",
            "海关编码",
            "691200",
            "原产国",
            "中国",
            "参考号",
            "PO-77",
            "备注",
            "");

    private Template() {}

    static Answer of(String language) {
        List<String> columns = language.equals("zh") ? CHINESE : ENGLISH;
        ObjectNode row = Visit.json();
        for (int i = 0; i < columns.size(); i += 2) {
            row.put(columns.get(i), columns.get(i + 1));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(Format.XLSX, List.of(row), out);
        return Headers.safe(Answer.bytes(
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", out.toByteArray()))
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"waybill-orders-" + (language.equals("zh") ? "zh" : "en") + ".xlsx\"");
    }
}
