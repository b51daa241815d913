package io.inkfast.mask;

import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.TextScanner;
import io.inkfast.mask.scan.Types;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says roughly what a value said: of an address its network, of a date its year, of a place its surroundings. */
enum Generalised implements Replacement {
    /** IPv4 to /24, IPv6 to /48. */
    IP {
        @Override
        @Nullable
        String rough(String value) {
            Matcher four = IPV4.matcher(value);
            if (four.matches()) {
                return four.group(1) + "0";
            }
            return IPV6.matcher(value).matches() ? network(value) : null;
        }
    },
    /** To the year. */
    DATE {
        @Override
        @Nullable
        String rough(String value) {
            Matcher compact = COMPACT.matcher(value);
            if (compact.matches()) {
                return compact.group(1);
            }
            Matcher year = YEAR.matcher(value);
            if (!year.find()) {
                return null;
            }
            String found = year.group(1);
            return year.find() ? null : found;
        }
    },
    /** To one decimal, about 10 km. */
    GEO {
        @Override
        @Nullable
        String rough(String value) {
            return PLACE.matcher(value).matches() ? DECIMALS.matcher(value).replaceAll("$1") : null;
        }
    },
    /** Whatever of these it looks like: a field of the user's. */
    ANY {
        @Override
        @Nullable
        String rough(String value) {
            String ip = IP.rough(value);
            String geo = ip == null ? GEO.rough(value) : ip;
            return geo == null ? DATE.rough(value) : geo;
        }
    };

    static final String TYPES = "ip, birthDate, date, geo and fields";

    private static final int LONGEST = 64;
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("((?:" + BYTE + "\\.){3})" + BYTE);
    private static final Pattern IPV6 =
            Pattern.compile("(?=[^:]*:[^:]*:)[0-9a-fA-F:]{2,39}(?::[0-9.]{7,15})?(?:%\\w{1,16})?");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)((?:1[89]|20|21)\\d\\d)(?!\\d)");
    private static final Pattern COMPACT =
            Pattern.compile("((?:1[89]|20|21)\\d\\d)(?:0[1-9]|1[0-2])(?:[0-2]\\d|3[01])");
    private static final String DEGREES = "[-+]?\\d{1,3}(?:\\.\\d{1,18})?";
    private static final Pattern PLACE = Pattern.compile(DEGREES + "(?:[,; ]{1,3}" + DEGREES + ")?");
    private static final Pattern DECIMALS = Pattern.compile("(\\.\\d)\\d+");

    abstract @Nullable String rough(String value);

    @Override
    public String of(String value) {
        String rough = value.length() > LONGEST ? null : rough(value.strip());
        return rough == null ? TextScanner.MASK : rough;
    }

    /** For a type of the profiles, or the name of a field; null if there is nothing rough to say about the type. */
    static @Nullable Generalised forType(String type) {
        int known = Types.named(type);
        return switch (known) {
            case -1 -> ANY;
            case Types.IP -> IP;
            case Types.BIRTH_DATE, Types.DATE -> DATE;
            case Types.GEO -> GEO;
            default -> null;
        };
    }

    private static @Nullable String network(String value) {
        int zone = value.indexOf('%');
        try {
            // A literal: with a colon in it, no name is ever looked up.
            InetAddress address = InetAddress.getByName(zone < 0 ? value : value.substring(0, zone));
            byte[] bytes = address.getAddress();
            if (address instanceof Inet4Address) {
                return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + ".0";
            }
            StringBuilder network = new StringBuilder();
            for (int i = 0; i < 6; i += 2) {
                network.append(Integer.toHexString(((bytes[i] & 255) << 8) | (bytes[i + 1] & 255)))
                        .append(':');
            }
            return network.append(':').toString();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
