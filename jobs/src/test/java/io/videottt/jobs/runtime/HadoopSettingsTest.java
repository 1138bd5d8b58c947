package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil$;
import org.junit.jupiter.api.Test;

/** The settings that are made without Spark are those that Spark makes. */
class HadoopSettingsTest {

  private static Map<String, String> entries(Configuration hadoop) {
    Map<String, String> entries = new TreeMap<>();
    hadoop.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  private static Configuration spark(String keyId, String secretKey, String token) {
    Configuration hadoop =
        SparkHadoopUtil$.MODULE$.newConfiguration(new SparkConf(false).set("spark.ui.port", "1"));
    append(hadoop, null, keyId, secretKey, token);
    return hadoop;
  }

  /** What Spark 4 takes from the environment and Spark 3.5, but for the endpoint, as well. */
  private static void append(Configuration hadoop, String... values) {
    Method method =
        Arrays.stream(SparkHadoopUtil$.class.getMethods())
            .filter(candidate -> candidate.getName().equals("appendS3CredentialsFromEnvironment"))
            .findFirst()
            .orElseThrow();
    List<Object> arguments = new ArrayList<>(List.of(hadoop));
    int known = method.getParameterCount() - 1;
    arguments.addAll(Arrays.asList(values).subList(values.length - known, values.length));
    try {
      method.invoke(SparkHadoopUtil$.MODULE$, arguments.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Test
  void theEndpointOfTheEnvironmentCountsBesideCredentials() {
    Map<String, String> environment =
        Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_ENDPOINT_URL", "http://localhost:1");
    assertThat(HadoopSettings.withoutSpark(environment).get("fs.s3a.endpoint"))
        .isEqualTo("http://localhost:1");
    assertThat(HadoopSettings.endpoint(environment)).contains("http://localhost:1");
    assertThat(HadoopSettings.endpoint(Map.of("AWS_ENDPOINT_URL", "http://localhost:1"))).isEmpty();
  }

  @Test
  void withoutCredentials() {
    assertThat(entries(HadoopSettings.withoutSpark(Map.of())))
        .isEqualTo(entries(spark(null, null, null)));
  }

  @Test
  void withCredentialsInTheEnvironment() {
    Map<String, String> environment =
        Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret");
    assertThat(entries(HadoopSettings.withoutSpark(environment)))
        .isEqualTo(entries(spark("id", "secret", null)))
        .containsEntry("fs.s3a.access.key", "id");
  }

  @Test
  void withATokenAndWithHalfOfTheCredentials() {
    assertThat(
            entries(
                HadoopSettings.withoutSpark(
                    Map.of(
                        "AWS_ACCESS_KEY_ID", "id",
                        "AWS_SECRET_ACCESS_KEY", "secret",
                        "AWS_SESSION_TOKEN", "token"))))
        .isEqualTo(entries(spark("id", "secret", "token")));
    assertThat(entries(HadoopSettings.withoutSpark(Map.of("AWS_ACCESS_KEY_ID", "id"))))
        .isEqualTo(entries(spark("id", null, null)));
  }

  @Test
  void propertiesForSparkStillCount() {
    System.setProperty("spark.hadoop.fs.s3a.endpoint", "http://localhost:1");
    try {
      assertThat(HadoopSettings.standard().get("fs.s3a.endpoint")).isEqualTo("http://localhost:1");
    } finally {
      System.clearProperty("spark.hadoop.fs.s3a.endpoint");
    }
  }
}
