package io.videottt.io.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSystemsTest {

  @ParameterizedTest
  @ValueSource(strings = {"/data/a.png", "data/a.png", "file:/data/a.png", "file:///data/a.png"})
  void localPathsAreOnHadoopsLocalFileSystem(String text) throws IOException {
    Path path = new Path(text);
    Configuration hadoop = new Configuration();
    assertThat(FileSystems.of(path, hadoop))
        .isSameAs(FileSystems.of(new Path("/other"), hadoop))
        .hasSameClassAs(path.getFileSystem(hadoop))
        .isInstanceOf(LocalFileSystem.class);
    assertThat(FileSystems.of(path, hadoop).makeQualified(path))
        .isEqualTo(path.getFileSystem(hadoop).makeQualified(path));
  }

  @Test
  void pathsWithoutASchemeAreWhereTheSettingsSay() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.defaultFS", "nowhere://host/");
    assertThatThrownBy(() -> FileSystems.of(new Path("/data"), hadoop))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void anotherClassForLocalPathsCounts() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", Other.class, RawLocalFileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    assertThat(FileSystems.of(new Path("/data"), hadoop)).isInstanceOf(Other.class);
  }

  /** A file system that someone has put in the place of Hadoop's. */
  public static final class Other extends RawLocalFileSystem {}
}
