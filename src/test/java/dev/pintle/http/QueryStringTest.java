package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A parameter is found by its decoded name, at a cost that grows with the query only. */
class QueryStringTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a=1&b=2            | b     | 2
            a=1&a=2            | a     | 1
            %61=1              | a     | 1
            a%3db=1            | a=b   | 1
            a+b=1%2b+2         | a b   | 1+ 2
            a%=1               | a%    | 1
            a%4=1              | a%4   | 1
            a%4&1=2            | a%4   | ''
            a%zz=1             | a%zz  | 1
            &&a=1&&            | a     | 1
            a                  | a     | ''
            a=b=c              | a     | b=c
            ab=1&a             | a     | ''
            a=1                | ab    | -
            ab=1               | a     | -
            A=1                | a     | -
            b=a                | a     | -
            =1                 | a     | -
            -                  | a     | -
            """)
    void theFirstParameterWithTheNameHasTheValue(String query, String name, String value) {
        assertThat(QueryString.value(query, name)).isEqualTo(value);
    }

    @Test
    void aParameterThatIsMissingAllocatesNothing() {
        String query = "%61%62%63=1&".repeat(2_500);
        QueryString.value(query, "abd");
        long before = allocated();
        for (int i = 0; i < 20; i++) {
            QueryString.value(query, "abd");
        }

        assertThat(allocated() - before).isLessThan(query.length());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
