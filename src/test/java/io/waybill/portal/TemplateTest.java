package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void the_sheet_in_chinese_asks_for_all_that_the_one_in_english_does() throws IOException {
        assertThat(columns("zh")).hasSameSizeAs(columns("en")).contains("长(cm)", "宽(cm)", "高(cm)");
    }

    private static List<String> columns(String language) throws IOException {
        byte[] sheet = Template.of(language).body();
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(sheet), "sheet.xlsx", Reading.of(Format.XLSX))) {
            return reader.columns();
        }
    }
}
