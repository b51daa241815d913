package io.inkfast.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkfast.internal.Settings;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

class FieldPathsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /* The line without blanks, as it is with these fields. */
    private static String redacted(String line, String... fields) {
        Redaction redaction = new Redaction();
        List.of(fields).forEach(redaction::addField);
        Settings settings = new Settings();
        Policy policy = redaction.compile(settings);
        assertThat(settings.problems()).isEmpty();
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = new RedactingJsonGenerator(JSON.createGenerator(out), new Redactor(policy))) {
            assertThat(RawJson.copy(line.replace('\'', '"'), generator)).isTrue();
        }
        return out.toString().replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "order.items[*].serial | {'order':{'items':[{'serial':'a','id':1},{'serial':'b'}],'serial':'c'}}"
                        + " | {'order':{'items':[{'serial':'****','id':1},{'serial':'****'}],'serial':'c'}}",
                "items[*].ssnx | {'a':{'items':[{'ssnx':'x'}]},'items':{'ssnx':'y'}}"
                        + " | {'a':{'items':[{'ssnx':'****'}]},'items':{'ssnx':'y'}}",
                "items[1] | {'items':['a','b','c']} | {'items':['a','****','c']}",
                "items[0].x | {'items':[{'x':1},{'x':2}]} | {'items':[{'x':'****'},{'x':2}]}",
                "user.card.* | {'user':{'card':{'a':1,'b':{'c':2}},'d':3}} | {'user':{'card':{'a':'****','b':'****'},'d':3}}",
                "**.creds.** | {'x':{'creds':{'a':'b'}}} | {'x':{'creds':'****'}}",
                "/a/b | {'a':{'b':1},'c':{'a':{'b':1}}} | {'a':{'b':'****'},'c':{'a':{'b':1}}}",
                "/a.b | {'a':{'b':1},'c':{'a':{'b':1}}} | {'a':{'b':'****'},'c':{'a':{'b':1}}}",
                "/b | {'b':1,'c':{'b':1}} | {'b':'****','c':{'b':1}}",
                "a.b | {'a':{'b':1},'c':{'a':{'b':1}},'b':1} | {'a':{'b':'****'},'c':{'a':{'b':'****'}},'b':1}",
                "/a/*/b | {'a':[{'b':1}],'x':1} | {'a':[{'b':'****'}],'x':1}",
                "/a/**/b | {'a':{'b':1,'c':{'d':[{'b':2}]}}} | {'a':{'b':'****','c':{'d':[{'b':'****'}]}}}",
                "/**/b | {'b':1,'c':{'b':2}} | {'b':'****','c':{'b':'****'}}",
                "order.itemList.x | {'order':{'item_list':{'X':1}}} | {'order':{'item_list':{'X':'****'}}}",
                "order.serial | {'order.serial':'a','x':{'order-serial':'b'}} | {'order.serial':'****','x':{'order-serial':'****'}}",
                "a.b[*] | {'a.b':[1,[2]]} | {'a.b':['****','****']}",
                "\"a.b\".c | {'a.b':{'c':1},'a':{'b':{'c':1}}} | {'a.b':{'c':'****'},'a':{'b':{'c':1}}}",
                "a\\.b.c | {'a.b':{'c':1},'a':{'b':{'c':1}}} | {'a.b':{'c':'****'},'a':{'b':{'c':1}}}",
                "a.b = remove | {'a':{'b':1,'c':2}} | {'a':{'c':2}}",
                "a[*] = remove | {'a':[1,2]} | {'a':[]}",
                "a[*].b = keepLast(2) | {'a':[{'b':123456}]} | {'a':[{'b':'****56'}]}",
                "a.b | {'a':{'b':null,'c':''}} | {'a':{'b':null,'c':''}}",
                "a.b | {'a':{'b':true}} | {'a':{'b':'****'}}"
            })
    void hidesWhereThePathLeads(String field, String line, String expected) {
        assertThat(redacted(line, field)).isEqualTo(expected);
        assertThat(redacted(expected, field)).isEqualTo(expected);
    }

    @Test
    void theLaterOfTwoPathsWins() {
        assertThat(redacted("{'a':{'b':'x','c':'y'}}", "a.* = replace(one)", "a.b = replace(two)"))
                .isEqualTo("{'a':{'b':'two','c':'one'}}");
    }

    @Test
    void manyPathsAreKeptApart() {
        String[] fields = IntStream.range(0, 170).mapToObj(i -> "p" + i + ".q").toArray(String[]::new);
        assertThat(redacted("{'p0':{'q':1},'p63':{'q':1},'p169':{'q':1},'p170':{'q':1},'p21':{'r':1}}", fields))
                .isEqualTo("{'p0':{'q':'****'},'p63':{'q':'****'},'p169':{'q':'****'},'p170':{'q':1},'p21':{'r':1}}");
    }

    @Test
    void tooManyAreRefused() {
        Redaction redaction = new Redaction();
        IntStream.range(0, 171).forEach(i -> redaction.addField("p" + i + ".q"));
        Settings settings = new Settings();
        redaction.compile(settings);
        assertThat(settings.problems())
                .containsExactly("the paths in <field> have 513 steps, each path counted with one more; at most 512 are"
                        + " possible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "a[", "a[x]", "a]", "*", "**.*", "a.*b", "\"a", "/", "a[-1]", "a.", "[*]x"})
    void refusesWhatIsNoPath(String text) {
        assertThatThrownBy(() -> FieldPath.parse(text)).isInstanceOf(FieldPath.Malformed.class);
    }
}
