package io.waybill.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written into an address beside its host is told nobody. */
class VeiledTest {
    @ParameterizedTest
    @CsvSource({
        "sftp://acme:s3cr@t@files.example.com/in, sftp://***@files.example.com/in",
        "https://s3cret@api.example.com, https://***@api.example.com",
        "jdbc:postgresql://db:5432/waybill?user=w&Password=s3cret&ssl=true, jdbc:postgresql://db:5432/waybill?user=w&Password=***&ssl=true",
        "jdbc:sqlserver://db;user=w;password=s3cret, jdbc:sqlserver://db;user=w;password=***",
        "sftp://acme:s3cr/et@files.example.com/in, sftp://***@files.example.com/in",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s3cr-et, https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=***",
        "https://oapi.dingtalk.com/robot/send?access_token=s3cret, https://oapi.dingtalk.com/robot/send?access_token=***",
        "jdbc:postgresql://db/waybill?sslpassword=s3cret, jdbc:postgresql://db/waybill?sslpassword=***",
        "jdbc:sqlserver://db;password={s3cr;et};encrypt=true, jdbc:sqlserver://db;password=***;encrypt=true",
        "jdbc:oracle:thin:scott/s3cret@//db:1521/orders, jdbc:oracle:thin:***@//db:1521/orders",
        "jdbc:oracle:thin:@//db:1521/orders, jdbc:oracle:thin:@//db:1521/orders",
        "https://api.example.com:8443/a@b, https://api.example.com:8443/a@b",
        "https://api.example.com/a?sortkey=sku&monkey=1, https://api.example.com/a?sortkey=sku&monkey=1",
        "'jdbc:postgresql://a:5432,b:5432/w?user=x@y', 'jdbc:postgresql://a:5432,b:5432/w?user=x@y'",
        "jdbc:postgresql://[::1]:5432/w?user=x@y, jdbc:postgresql://[::1]:5432/w?user=x@y",
        "https://api.example.com/a@b, https://api.example.com/a@b",
        "jane@example.com, jane@example.com",
        "tset, tset"
    })
    void an_address_is_told_without_who_may_enter(String said, String told) {
        assertThat(Veiled.of(said)).isEqualTo(told);
        assertThat(Settings.of("system.erp.url=x")
                        .section("system.erp")
                        .bad("url", said, "a URL")
                        .getMessage())
                .contains(told)
                .doesNotContain("s3cr");
    }
}
