package io.waybill.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.Hub;
import io.waybill.HubWiring;
import io.waybill.cli.Commands;
import io.waybill.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final Demo DEMO = new Demo(new Machine());

    @TempDir
    Path labels;

    @Test
    void every_fact_of_the_whole_demo_is_true() throws Exception {
        StringWriter told = new StringWriter();

        boolean good = play(null, Locale.ENGLISH, told);

        assertThat(told.toString())
                .contains("201", "Idempotent-Replayed: true", "Webhook-signature: v1,", "fuel_charge")
                .contains("17 orders are good", "The sheet comes back with 20 tracking numbers")
                .contains("SO-1001 is delivered", "LOOKUP_MISS", "unresolved", "revision 2")
                .contains("31 orders, 31 labels; the carrier's book has 31 sold", "Bought twice: 0.")
                .contains("All 7 were found, and nothing else", "Unexplained: 0.00 USD", "address-correction")
                .contains(
                        "It is one order, held, known to",
                        "1 label for the order",
                        "Delivered: the OMS got",
                        "DELIVERED")
                .contains("The hub is killed", "book still has 1 label", "It found the label: ")
                .doesNotContain("\u2717", "Exception");
        five_accounts_are_compared_for_an_order_and_a_sheet(told.toString());
        assertThat(good).isTrue();
        assertThat(Files.size(labels.resolve("SO-1001.pdf"))).isGreaterThan(1_000);
    }

    private static void five_accounts_are_compared_for_an_order_and_a_sheet(String told) {
        assertThat(told)
                .containsPattern("usps +ground +9.85 .*cheapest")
                .containsPattern("ups +next_day_air +52.10 +74.43 +1 .*fastest")
                .containsPattern("fedex +ground +10.05 +14.36 +3 .*best value")
                .containsPattern("dhl +\\* .*No product of this account takes the parcel")
                .containsPattern("yun +\\* .*No product of this account goes to that country")
                .containsPattern("SO-8004 +ups +ground +21.35 USD")
                .containsPattern("SO-8006 +yun +global_registered_express +44.30 USD")
                .contains("6 orders are compared; the cheapest come to 109.30 USD together")
                .contains("5 of them can go by UPS Ground. Always UPS Ground: 73.92 USD")
                .contains("each the cheapest way: 65.00 USD, 8.92 less");
    }

    @Test
    void some_acts_are_told_in_chinese_and_a_gbk_sheet_comes_back_with_its_tracking_numbers() throws Exception {
        StringWriter told = new StringWriter();

        boolean good = play("refusal,excel", Locale.CHINESE, told);

        assertThat(good).isTrue();
        assertThat(told.toString())
                .contains("承运商拒绝", "该异常已自动关闭", "sandbox 拒绝")
                .doesNotContain("1. 订单通过 REST 进来", "REST")
                .contains("17 个订单正确", "3 个有误", "| 18: ", "海运", "20 行都已存在", "没有重复购买")
                .contains("订单号,收件人", "状态,运单号,渠道,费用,标签链接,原因", "sandbox:ground", "SO-7001：200")
                .doesNotContain("\u2717", "Exception");
        assertThat(Files.size(labels.resolve("orders-results.xlsx"))).isGreaterThan(1_000);
        assertThat(Files.size(labels.resolve("orders-labels.pdf"))).isGreaterThan(10_000);
    }

    @Test
    void the_temporary_folder_is_removed_unless_it_is_kept() throws Exception {
        StringWriter told = new StringWriter();

        play("rest", Locale.ENGLISH, told);

        String folder = told.toString().replaceAll("(?s).*Everything is in (\\S+);.*", "$1");
        assertThat(Path.of(folder)).isAbsolute().doesNotExist();
    }

    private static final class Machine implements Demo.Machine {
        private final HubWiring wiring = new HubWiring();

        @Override
        public Demo.Running start(Settings settings) {
            Hub hub = Hub.start(settings);
            return new Demo.Running(hub.port(), hub::close);
        }

        @Override
        public Demo.Printed run(String... arguments) {
            StringWriter out = new StringWriter();
            PrintWriter printer = new PrintWriter(out, true);
            int code = Commands.run(arguments, wiring, printer, printer);
            return new Demo.Printed(code, out.toString());
        }
    }

    private boolean play(@Nullable String act, Locale language, StringWriter told) throws Exception {
        Demo.Wish wish = new Demo.Wish(act, language, Path.of("."), labels, false, false);
        return DEMO.play(wish, new PrintWriter(told));
    }
}
