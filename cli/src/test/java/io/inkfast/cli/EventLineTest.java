package io.inkfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.cli.EventLine.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLineTest {

    private static final String RUN = "0mwxrebr9b1wocsz";

    private final EventLine line = new EventLine();

    private Kind read(String text) {
        byte[] bytes = ("xx" + text + "yy").getBytes(UTF_8);
        return line.read(bytes, 2, bytes.length - 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event.id':'0mwxrebr9b1wocsz-17'}",
                "{'message':'event.id','event.id':'0mwxrebr9b1wocsz-17','event.sequence':17}",
                "{'a':{'event.id':'z'},'b':[{'event.id':'y'}],'event.id':'0mwxrebr9b1wocsz-17','c':[[{}]]}",
                "{'event':{'dataset':'shop','id':'0mwxrebr9b1wocsz-17','x':{'id':1}},'c':null}",
                "{'event':{'dataset':'shop'},'event.id':'0mwxrebr9b1wocsz-17'}",
                "{'event.id':'0mwxrebr9b1wocsz-17','event':'text','m':'\\u2028'}  "
            })
    void findsTheId(String text) {
        assertThat(read(text.replace('\'', '"'))).isEqualTo(Kind.EVENT);
        assertThat(line.run()).isEqualTo(RUN);
        assertThat(line.number()).isEqualTo(17);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'message':'x'}",
                "{'event.id':17}",
                "{'event.id':null}",
                "{'x':{'event.id':'0mwxrebr9b1wocsz-17'}}",
                "{'event.id':'0mwxrebr9b1wocsz'}",
                "{'event.id':'0mwxrebr9b1wocsz-'}",
                "{'event.id':'0mwxrebr9b1wocsz-0'}",
                "{'event.id':'0mwxrebr9b1wocsz--7'}",
                "{'event.id':'0mwxrebr9b1wocsz-1x'}",
                "{'event.id':'0mwxrebr9b1wocsz-1234567890123456789'}",
                "{'event.id':'0MWXREBR9B1WOCSZ-17'}",
                "{'event.id':'0mwxrebr9b1wocs-17'}",
                "{'event.id':'0mwxrebr9b1wocsz-****'}",
                "{'event.id':'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'}"
            })
    void knowsIdsOfOthers(String text) {
        assertThat(read(text.replace('\'', '"'))).isEqualTo(Kind.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "17",
                "'x'",
                "[]",
                "[{'event.id':'0mwxrebr9b1wocsz-17'}]",
                "2026-11-25 INFO x",
                "{'event.id':'0mwxrebr9b1wocsz-17'",
                "{'event.id':'0mwxrebr9b1wocsz-17','m':'cut",
                "{'event.id':'0mwxrebr9b1wocsz-17'}{'event.id':'0mwxrebr9b1wocsz-18'}",
                "{'event.id':'0mwxrebr9b1wocsz-17'}}",
                "{'event.id':'0mwxrebr9b1wocsz-17',}",
                "\u0000\u0000\u0000"
            })
    void whatIsNoObjectIsBroken(String text) {
        assertThat(read(text.replace('\'', '"'))).isEqualTo(Kind.BROKEN);
    }

    @Test
    void goesOnAfterABrokenOne() {
        assertThat(read("{")).isEqualTo(Kind.BROKEN);
        assertThat(read("{\"event.id\":\"" + RUN + "-18\"}")).isEqualTo(Kind.EVENT);
        assertThat(line.number()).isEqualTo(18);
        assertThat(read("{\"event.id\":\"1mwxrebr9b1wocsz-2\"}")).isEqualTo(Kind.EVENT);
        assertThat(line.run()).isEqualTo("1mwxrebr9b1wocsz");
    }

    @Test
    void readsWhatIsNestedDeep() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"event.id\":\"" + RUN + "-9\"}";
        assertThat(read(deep)).isEqualTo(Kind.EVENT);
        assertThat(line.number()).isEqualTo(9);
    }
}
