package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {

    private final FieldNames names = names(List.of("customerNote"), List.of("pinToken"));

    private static FieldNames names(List<String> fields, List<String> allowed) {
        Rules.Builder rules = new Rules.Builder(List.of(Profile.SECRETS, Profile.PCI));
        int own = rules.own(Replacement.MASK);
        fields.forEach(field -> rules.field(field, own));
        allowed.forEach(rules::allow);
        return rules.build().names();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Password",
                "PASSWORD",
                "userPassword",
                "user_password",
                "user-password",
                "user.password",
                "dbpassword",
                "DBPassword",
                "password2",
                "passwordHash",
                "newPasswordValue",
                "X-Api-Key",
                "APIKey",
                "api key",
                "client_secret",
                "accessToken",
                "id_token",
                "Authorization",
                "Proxy-Authorization",
                "set-cookie",
                "JSESSIONID",
                "cardNumber",
                "card_number",
                "PAN",
                "cvv2",
                "CVC",
                "pin",
                "cardPin",
                "pinCode",
                "credentials",
                "privateKey",
                "aws_secret_access_key",
                "contraseña",
                "пароль",
                "ｐａｓｓｗｏｒｄ",
                "customer_note",
                "order.customerNote",
                "track2",
                "securityCode",
                "otp",
                "jwt",
                "Ocp-Apim-Subscription-Key",
                "AccountKey",
                "passphrase",
                "db_pwd",
                "secret"
            })
    void areSensitive(String name) {
        assertThat(names.type(name)).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokenType",
                "tokens",
                "maxTokens",
                "tokenCount",
                "hasPassword",
                "passwordChangedAt",
                "passwordPolicy",
                "secretName",
                "publicKey",
                "keyId",
                "primaryKey",
                "cardType",
                "cardinality",
                "author",
                "authority",
                "nextPageToken",
                "shipping",
                "mapping",
                "pinned",
                "spin",
                "japan",
                "company",
                "compass",
                "bypass",
                "name",
                "value",
                "id",
                "level",
                "",
                "-",
                "customerNotes",
                "oldcustomernote",
                "pinToken",
                "traceId",
                "span",
                "opinion",
                "cookieConsent",
                "authorName",
                "passed",
                "key",
                "code",
                "status",
                "order.cookies.count"
            })
    void areNot(String name) {
        assertThat(names.type(name)).isNegative();
    }

    @Test
    void acceptsManyNames() {
        List<String> many = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(i -> "field" + i + "x")
                .toList();
        FieldNames big = names(many, List.of());
        assertThat(big.type("field_999_x")).isNotNegative();
        assertThat(big.type("field_1000_x")).isNegative();
    }
}
