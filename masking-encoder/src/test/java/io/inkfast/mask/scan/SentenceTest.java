package io.inkfast.mask.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentenceTest {

    private final TextScanner scanner = Rules.of(Profile.SECRETS, Profile.PCI).newScanner();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "the password is hunter2x now|hunter2x",
                "the new api key is zP5ES5zBcxtua7d1 and works|zP5ES5zBcxtua7d1",
                "Das neue Passwort lautet Rote-Grütze77, bitte ändern|Rote-Grütze77",
                "Kennwort für svc-ledger: Blaue!Stunde5|Blaue!Stunde5",
                "le mot de passe de bob est Châtaigne_44 depuis hier|Châtaigne_44",
                "la contraseña de Ana es Perro.Rojo7|Perro.Rojo7",
                "a senha do usuário é Gato-Azul9|Gato-Azul9",
                "la password di Luca è Gatto.Blu9|Gatto.Blu9",
                "het wachtwoord van jan is Fiets-Pad9|Fiets-Pad9",
                "パスワードは「Kirsche#52」です|Kirsche#52",
                "密码是Kirsche52。|Kirsche52",
                "password is 123456|123456",
                "pwd hunter2x|hunter2x",
                "secret for the tenant acme is now Xy77-abc|Xy77-abc",
                "passphrase was Correct-Horse-7.|Correct-Horse-7",
                "token for bob: a8f3kk29sk|a8f3kk29sk",
                "votre code PIN est le 4711|4711",
                "the password has been changed to Winter-2027|Winter-2027",
                "new password will be Winter-2027|Winter-2027",
                "mon mot de passe c'est Chat-Noir7|Chat-Noir7",
                "passcode 482913|482913",
                "Winter-2027 was set as password for bob|Winter-2027",
                "using pw Winter-2027|Winter-2027",
                "비밀번호는 Kirsche52입니다|Kirsche52",
                "the PIN for card 12 is 4321|4321",
                "le code PIN est 4321|4321",
                "WITH PASSWORD 'ab''stein9' VALID|ab''stein9",
                "WITH PASSWORD 'ab''stein9' VALID|stein9"
            })
    void namesTheSecretBehindIt(String text, String secret) {
        assertThat(scanner.redact(text)).doesNotContain(secret).contains(TextScanner.MASK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hunter2 is my password|**** is my password",
                "1234 ist die PIN|**** ist die PIN",
                "4711 es la contraseña de bob|**** es la contraseña de bob",
                "user typed 'Regen.Bogen5' as password, 2 left|user typed '****' as password, 2 left",
                "he used Hunter22 as his new password|he used **** as his new password"
            })
    void namesTheSecretBeforeIt(String text, String redacted) {
        assertThat(scanner.redact(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Password changed successfully for user 4471",
                "Password policy: at least 12 characters, expires after 90 days",
                "the password is expired",
                "the token expires in 15 minutes, key rotation runs at 03:00",
                "SHA-256 as password hash",
                "password for user 4471 is expired",
                "user42 is password protected",
                "token is com.shop.TokenFilter",
                "the password in config/prod.yml is stale",
                "pwd /home/app2",
                "uses: 'actions/setup-java2@v4'",
                "docker pull \"org/app1@sha256:abcd\"",
                "secretName=db-credentials secretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
                "sqlplus / as sysdba",
                "conn reset, connect timeout 30/60 s"
            })
    void saysNothing(String text) {
        assertThat(scanner.redact(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sqlplus ledger/\"Ohm5 Gesetz\"@CORE @x.sql|sqlplus ledger/\"****\"@CORE @x.sql",
                "sqlplus -s shop/hunter2-x@db1 @r.sql|sqlplus -s shop/****@db1 @r.sql",
                "login 'scott/tiger9@orcl' failed|login 'scott/****@orcl' failed",
                "exp scott/tiger9@orcl file=x|exp scott/****@orcl file=x",
                "rman target sys/tiger9@orcl|rman target sys/****@orcl",
                "set-cookie: a=b1c2; Max-Age=3, c=d1e2; Path=/|set-cookie: a=****; Max-Age=3, c=****; Path=/",
                "{\"Set-Cookie\":\"sid=a1b2; Path=/\"}|{\"Set-Cookie\":\"sid=****; Path=/\"}",
                "CONNECT scott/tiger@orcl|CONNECT scott/****@orcl",
                "Set-Cookie: sid=a1b2c3; Path=/; Secure; HttpOnly|Set-Cookie: sid=****; Path=/; Secure; HttpOnly",
                "db://u:p#w@x/y@host:5432/z|db://u:****@host:5432/z",
                "amqp://u:p@ss/w0rd@mq/vhost|amqp://u:****@mq/vhost"
            })
    void endsWhereTheNextPartBegins(String text, String redacted) {
        assertThat(scanner.redact(text)).isEqualTo(redacted);
    }
}
