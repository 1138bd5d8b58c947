package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.io.storage.StorageLocation;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageLocationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data/my videos",
        "/data/a@b:c",
        "file:///data/a@b",
        "hdfs:///data",
        "hdfs://namenode:8020/data",
        "hdfs://[::1]:8020/data",
        "s3a://bucket/user@example.org/x:y",
        "abfss://container@account.dfs.core.windows.net/data"
      })
  void pathsAreTakenAsTheyAre(String text) {
    assertThat(StorageLocation.parse(text, "root")).isEqualTo(new org.apache.hadoop.fs.Path(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://SECRET-ID:SECRET@bucket/data",
        "s3a://SECRET-ID@bucket/data",
        "s3a://SECRET-ID:SEC/RET@bucket/data",
        "S3A://SECRET-ID:SECRET@bucket",
        "--output=s3://SECRET-ID:SECRET@bucket",
        "hdfs://SECRET:SECRET@namenode:8020/data",
        "hdfs://SECRET@namenode/data",
        "hdfs://me:SEC/RET@namenode/data",
        "abfss://container:SECRET@account.dfs.core.windows.net/data",
        "kitti-step=ftp://SECRET:SECRET@host/data"
      })
  void credentialsAreRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> StorageLocation.parse(text, "root"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("root: ")
        .hasMessageContaining("core-site.xml")
        .message()
        .doesNotContain("SEC")
        .hasLineCount(2);
  }

  @Test
  void textThatIsNoPathIsRefused() {
    assertThatThrownBy(() -> StorageLocation.parse("", "root"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("root \"\" is not a path");
  }

  @Test
  void aRootFromTheEnvironmentIsCheckedToo() {
    Catalog catalog =
        Catalog.builtIn()
            .withEnvironment(Map.of("VIDEOTTT_ROOT_CAMVID", "s3a://SECRET-ID:SECRET@bucket"));
    assertThatThrownBy(() -> catalog.open("camvid", Optional.empty(), new Configuration()))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .doesNotContain("SEC");
  }
}
