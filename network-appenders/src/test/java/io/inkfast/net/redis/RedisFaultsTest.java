package io.inkfast.net.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisFaultsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OOM command not allowed when used memory > 'maxmemory'. | false | OOM, it has no memory left",
                "LOADING Redis is loading the dataset in memory | false | LOADING, it is loading its data",
                "READONLY You can't write against a read only replica. | false | READONLY, it is a replica, or read only",
                "CLUSTERDOWN The cluster is down | false | CLUSTERDOWN, its cluster is down",
                "MISCONF Redis is configured to save | false | MISCONF, it cannot write its data to its disk",
                "NOREPLICAS Not enough good replicas to write. | false | NOREPLICAS, it has too few replicas",
                "NOAUTH Authentication required. | true | NOAUTH, it wants a password",
                "WRONGPASS invalid username-password pair | true | WRONGPASS, it does not know this user name and password",
                "NOPERM User me has no permissions | true | NOPERM, the user may not do that",
                "WRONGTYPE Operation against a key | true | WRONGTYPE, the key of <stream> is not a stream",
                "MOVED 866 127.0.0.1:7001 | true | MOVED, another node of its cluster has the stream",
                "ERR unknown command 'XADD', with args beginning with: 'a' 'secret' | true | ERR, it does not take the command",
                "SOMETHING new | true | SOMETHING, an error",
                "card 4111 | true | an error"
            })
    void whatAnErrorMeansAndNothingOfWhatItQuotes(String error, boolean denied, String words) {
        assertThat(RedisFaults.of(error)).isEqualTo(new RedisFaults(denied, words));
    }
}
