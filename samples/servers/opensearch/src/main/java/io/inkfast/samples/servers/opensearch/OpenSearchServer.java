package io.inkfast.samples.servers.opensearch;

import java.util.Arrays;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of OpenSearch, for tests and samples: directory, port, settings as {@code name=value}. Killed when done with. */
public final class OpenSearchServer {

    /** What is printed when it answers. */
    public static final String READY = "OpenSearch is ready";

    private OpenSearchServer() {}

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[1]);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.setMaxHttpPort(65_535);
        runner.onBuild((number, settings) -> {
            settings.put("http.port", port);
            settings.put("network.host", "127.0.0.1");
            settings.put("discovery.type", "single-node");
            settings.putList("discovery.seed_hosts");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            for (String each : Arrays.asList(arguments).subList(2, arguments.length)) {
                String[] setting = each.split("=", 2);
                settings.put(setting[0], setting[1]);
            }
        });
        runner.build(OpenSearchRunner.newConfigs()
                .basePath(arguments[0])
                .numOfNode(1)
                .baseHttpPort(port)
                .disableESLogger()
                .clusterName("inkfast"));
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
