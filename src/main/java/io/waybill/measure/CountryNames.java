package io.waybill.measure;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of countries that shops, customs and people write, and the Java platform does not know. */
final class CountryNames {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern ARTICLE = Pattern.compile("^the (?=\\p{L})|, the$");
    private static final Pattern PLAIN = Pattern.compile("\\p{IsLatin}*");

    /** ISO 3166's own names where they differ, former ones, and those of everyday use. */
    private static final String NAMES = """
            AE: uae, 阿联酋
            BN: brunei darussalam
            BO: bolivia (plurinational state of), bolivia/plurinational state of
            BA: bosnia
            CD: democratic republic of the congo, dr congo, congo/the democratic republic of the
            CG: congo, republic of the congo
            CI: ivory coast
            CN: pr china, people's republic of china, mainland china, 中国大陆, 中华人民共和国
            CV: cabo verde
            CZ: czech republic
            FK: falkland islands (malvinas)
            FM: micronesia (federated states of), micronesia/federated states of
            GB: uk, united kingdom (uk), england, scotland, wales, northern ireland, great britain, united kingdom of great britain and northern ireland
            HK: hong kong, hong kong sar, hong kong china, 香港, 中国香港
            IE: republic of ireland
            IR: iran (islamic republic of), iran/islamic republic of
            KR: republic of korea, korea (republic of), korea/republic of
            LA: lao people's democratic republic
            MD: republic of moldova, moldova (republic of), moldova/republic of
            MF: saint martin (french part)
            MK: macedonia, republic of north macedonia
            MM: myanmar, burma
            MO: macao, macau, macao sar, macau sar, 澳门, 中国澳门
            NL: holland
            PS: palestine, state of palestine, palestine/state of
            RU: russian federation
            SX: sint maarten (dutch part)
            SY: syrian arab republic
            SZ: swaziland
            TR: turkiye
            TW: taiwan (province of china), taiwan/province of china
            TZ: united republic of tanzania, tanzania (united republic of), tanzania/united republic of
            US: usa, united states (us), united states of america
            VA: holy see
            VE: venezuela (bolivarian republic of), venezuela/bolivarian republic of
            VG: virgin islands (british), virgin islands/british
            VI: virgin islands (us), virgin islands/us
            VN: viet nam
            XK: xk, xkx, kosovo
            """;

    private CountryNames() {}

    /** Folded names, each with its country's code. */
    static Map<String, String> others() {
        return NAMES.lines()
                .flatMap(line -> Pattern.compile(", ")
                        .splitAsStream(line.substring(4))
                        .map(name -> Map.entry(fold(name.replace("/", ", ")), line.substring(0, 2))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A name without what people write now so, now so: capitals, accents, points, {@code &}, {@code St.}, an article. */
    static String fold(String name) {
        String marked = Normalizer.normalize(name.strip(), Normalizer.Form.NFD);
        String bare = PLAIN.matcher(marked.replaceAll("[\\p{M}\\p{P}\\p{S}\\p{Z}]", ""))
                        .matches()
                ? MARKS.matcher(marked).replaceAll("")
                : name.strip();
        String even = bare.toLowerCase(Locale.ROOT)
                .replace("’", "'")
                .replace(".", "")
                .replace("&", "and")
                .replace("saint ", "st ")
                .replaceAll("\\s+", " ");
        return ARTICLE.matcher(even).replaceFirst("");
    }
}
