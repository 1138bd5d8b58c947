package io.videottt.io.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageTest {

  @TempDir private Path folder;
  private final Configuration hadoop = new Configuration();
  private Storage storage;

  @BeforeEach
  void open() throws IOException {
    storage = Storage.of(hadoopPath("."), hadoop);
  }

  private org.apache.hadoop.fs.Path hadoopPath(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private static Storage.Content text(String text) {
    return stream -> stream.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> everything() throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  @EnabledIf("hasMemoryDisk")
  void aDiskInMemoryIsADiskLikeAnyOther() throws IOException {
    Path shared = Files.createTempDirectory(Path.of("/dev/shm"), "storage");
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(shared.resolve("file").toUri());
    try {
      storage.write(file, text("old"));
      storage.write(file, text("new"));

      assertThat(shared.resolve("file")).hasContent("new");
    } finally {
      Files.deleteIfExists(shared.resolve("file"));
      Files.delete(shared);
    }
  }

  static boolean hasMemoryDisk() {
    return Files.isWritable(Path.of("/dev/shm"));
  }

  @Test
  void whatIsNoOrdinaryFileIsNeverReplaced() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> storage.write(hadoopPath("pipe"), text("text")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is a device or a pipe");
    assertThat(storage.special(hadoopPath("pipe"))).contains(pipe);
    assertThat(Files.exists(pipe) && !Files.isRegularFile(pipe)).isTrue();
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(pipe);
    }
  }

  @Test
  void aFileReplacesAnOlderOneAndLeavesNothingBesideIt() throws IOException {
    storage.write(hadoopPath("a/b/file"), text("old"));
    storage.write(hadoopPath("a/b/file"), text("new"));

    assertThat(folder.resolve("a/b/file")).hasContent("new");
    assertThat(everything()).containsExactly("a/b/file");
  }

  @Test
  void aFailureWhileWritingLeavesTheOlderFile() throws IOException {
    storage.write(hadoopPath("file"), text("old"));

    assertThatThrownBy(
            () ->
                storage.write(
                    hadoopPath("file"),
                    stream -> {
                      stream.write(1);
                      throw new IOException("no space left");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");

    assertThat(folder.resolve("file")).hasContent("old");
    assertThat(everything()).containsExactly("file");
  }

  @Test
  void aFileIsInvisibleUntilItIsPublished() throws IOException {
    org.apache.hadoop.fs.Path file = hadoopPath("units/file");
    Files.createDirectories(folder.resolve("_tmp"));
    try (UnfinishedFile unfinished = storage.begin(file, hadoopPath("_tmp"))) {
      Files.writeString(Path.of(unfinished.path().toUri().getPath()), "content");
      assertThat(unfinished.path().getParent().getName()).isEqualTo("_tmp");
      assertThat(storage.exists(file)).isFalse();
      unfinished.publish();
    }

    assertThat(folder.resolve("units/file")).hasContent("content");
    assertThat(everything()).containsExactly("units/file");
  }

  @Test
  void aFileThatIsNotPublishedLeavesNothing() throws IOException {
    try (UnfinishedFile unfinished = storage.begin(hadoopPath("file"), hadoopPath("."))) {
      Files.writeString(Path.of(unfinished.path().toUri().getPath()), "half");
    }

    assertThat(everything()).isEmpty();
  }

  @Test
  void aChecksumOfAnOlderFileIsRemoved() throws IOException {
    org.apache.hadoop.fs.Path file = hadoopPath("file");
    try (var stream = file.getFileSystem(hadoop).create(file)) {
      stream.write(1);
    }
    assertThat(everything()).containsExactly(".file.crc", "file");

    storage.write(file, text("new"));

    try (var stream = file.getFileSystem(hadoop).open(file)) {
      assertThat(stream.readAllBytes()).asString().isEqualTo("new");
    }
    assertThat(everything()).containsExactly("file");
  }

  @Test
  void listsCompleteFilesOnly() throws IOException {
    for (String name :
        List.of(
            "a/1.json",
            "a/b/2.json",
            "a/b/c/7.json",
            "a/.3.json",
            "a/_4.json",
            "a/b/c/.8.json",
            "a/b/c/_9.json",
            "a/.hidden/b/10.json",
            "a/b/_hidden/11.json",
            "_hidden/12.json",
            "a/5.txt",
            "6.json")) {
      storage.write(hadoopPath(name), text("{}"));
    }
    Files.createDirectories(folder.resolve("a/empty"));

    assertThat(storage.filesBelow(hadoopPath("a"), ".json"))
        .extracting(org.apache.hadoop.fs.Path::getName)
        .containsExactlyInAnyOrder("1.json", "2.json", "7.json");
    assertThat(storage.foldersIn(hadoopPath(".")))
        .extracting(org.apache.hadoop.fs.Path::getName)
        .containsExactly("a");
    // What is asked for by name is looked into.
    assertThat(storage.filesBelow(hadoopPath("_hidden"), ".json")).hasSize(1);
    assertThat(storage.filesBelow(hadoopPath("none"), ".json")).isEmpty();
    assertThat(storage.foldersIn(hadoopPath("none"))).isEmpty();
  }

  @Test
  void filesAreFoundWithTheTimesWhenTheyWereWritten() throws IOException {
    Map<org.apache.hadoop.fs.Path, Instant> expected = new HashMap<>();
    for (String name : List.of("a/1.json", "a/b/c/2.json", "a/b/_3.json", "a/4.txt")) {
      storage.write(hadoopPath(name), text("{}"));
      Instant time = Instant.parse("2026-01-02T03:04:05Z").plusSeconds(expected.size());
      Files.setLastModifiedTime(folder.resolve(name), FileTime.from(time));
      if (name.matches(".*/\\d.json")) {
        expected.put(storage.qualified(hadoopPath(name)), time);
      }
    }

    assertThat(storage.timesBelow(hadoopPath("a"), ".json"))
        .hasSize(2)
        .containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(storage.timesBelow(hadoopPath("none"), ".json")).isEmpty();
  }

  @Test
  void aFolderIsDeletedOnlyWhenEmptyIfAskedSo() throws IOException {
    storage.write(hadoopPath("runs/other/file"), text("x"));
    storage.deleteIfEmpty(hadoopPath("runs"));
    assertThat(folder.resolve("runs/other/file")).exists();

    storage.delete(hadoopPath("runs/other"));
    storage.deleteIfEmpty(hadoopPath("runs"));
    assertThat(folder.resolve("runs")).doesNotExist();

    storage.deleteIfEmpty(hadoopPath("runs"));
    storage.delete(hadoopPath("runs"));
  }

  @Test
  void aFileIsNoEmptyFolder() throws IOException {
    storage.write(hadoopPath("film.mp4"), text("x"));

    storage.deleteIfEmpty(hadoopPath("film.mp4"));

    assertThat(storage.isVacant(hadoopPath("film.mp4"))).isFalse();
    assertThat(storage.isVacant(hadoopPath("none"))).isTrue();
    assertThat(folder.resolve("film.mp4")).hasContent("x");
  }

  @Test
  void aFileLargerThanTheLimitIsRefused() throws IOException {
    storage.write(hadoopPath("file"), text("12345"));

    assertThat(storage.read(hadoopPath("file"), 5)).hasSize(5);
    assertThatThrownBy(() -> storage.read(hadoopPath("file"), 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("file is larger than 4 bytes");
  }

  @Test
  void aFileSystemThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Storage.of(new org.apache.hadoop.fs.Path("nofs://host/x"), hadoop))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nofs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3a", "s3", "gs", "oss"})
  void objectStoresAreUploadedTo(String scheme) {
    assertThat(Storage.isObjectStore(scheme)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "hdfs", "viewfs", "abfss"})
  void fileSystemsRename(String scheme) {
    assertThat(Storage.isObjectStore(scheme)).isFalse();
  }
}
