package io.waybill.mapping;

import io.waybill.text.Shortened;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a value may be shown in a problem: personal ones as first letter and length, the others short and on one line. */
public final class Masked {
    private static final int SHOWN = 80;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern WORDLESS = Pattern.compile("[\\s_.()-]");
    private static final Pattern PERSONAL =
            Pattern.compile("(first|last|middle|full|sur|nick|person|contact|customer|buyer|recipient|receiver|sender"
                    + "|consignee|shipping|billing|company|business|attention)?name|first|last|company|name[1-4]|stras|strs2|.*tel(f|ephone)\\d?|recipient|signer"
                    + "|.*street(line)?\\d?|.*address(line)?\\d?|line[1-3]|.*phone(number)?|.*mobile|.*fax|.*e?mail"
                    + "|.*(tax|vat)(id|no|number|vat)|eori|ip|.*(browser|client|customer|remote|user)ip|.*ipaddress|latitude|longitude"
                    + "|.*(姓名|收件人|寄件人|联系人|电话|手机|地址\\d?|邮箱|公司|税号|身份证).*");
    private static final Set<String> TREES = Set.of("name", "phone", "email", "street", "taxid");
    private static final Pattern REMARK =
            Pattern.compile(".*(note|notes|message|comments?|remarks?|instructions?|备注|留言)");

    private Masked() {}

    /** Whether a field or column of this name holds what identifies a person. */
    public static boolean personal(String name) {
        return PERSONAL.matcher(plain(name)).matches();
    }

    /** The same of a path: its last name counts, and the others where they say what is below, {@code phone.number}. */
    static boolean personal(List<String> names) {
        return !names.isEmpty()
                && (personal(names.get(names.size() - 1))
                        || names.stream().anyMatch(name -> TREES.contains(plain(name))));
    }

    /** Whether it is for free text, in which people write anything. */
    static boolean remark(String name) {
        return REMARK.matcher(plain(name)).matches();
    }

    private static String plain(String name) {
        return WORDLESS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** {@code J*******}. */
    static String text(String value) {
        return value.isEmpty()
                ? ""
                : brief(value.substring(0, value.offsetByCodePoints(0, 1)))
                        + "*".repeat(Math.min(SHOWN, value.length() - 1));
    }

    static String brief(String value) {
        String line = CONTROL.matcher(value).replaceAll(" ");
        return Shortened.openly(SHOWN, line);
    }
}
