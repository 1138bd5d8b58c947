package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
    SparkHadoopUtil$.MODULE$.appendS3CredentialsFromEnvironment(hadoop, keyId, secretKey, token);
    return hadoop;
  }

  @Test
  void withoutCredentials() {
    assertThat(entries(HadoopSettings.withoutSpark(Map.of())))
        .isEqualTo(entries(spark(null, null, null)))
        .containsEntry("fs.s3a.endpoint", "s3.amazonaws.com");
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
