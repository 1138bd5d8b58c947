package io.videottt.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir private Path folder;

  private static void write(Path file, String text) {
    WholeFile.of(file.toString(), "--json", new Configuration()).orElseThrow().write(text);
  }

  @Test
  void aFileIsReplacedAndItsFolderMade() {
    write(folder.resolve("new/file"), "a long text");
    write(folder.resolve("new/file"), "short");

    assertThat(folder.resolve("new/file")).hasContent("short");
    assertThat(folder.resolve("new")).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    write(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(target).hasContent("new");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aPipeIsWrittenInto() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    write(pipe, "through");

    assertThat(reader.get(1, TimeUnit.MINUTES)).isEqualTo("through");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceStaysADevice() {
    Path full = Path.of("/dev/full");

    assertThatThrownBy(() -> write(full, "text"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("/dev/full: cannot be written (")
        .hasMessageEndingWith("choose another --json");
    assertThat(Files.isRegularFile(full)).isFalse();
    write(Path.of("/dev/null"), "text");
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }
}
