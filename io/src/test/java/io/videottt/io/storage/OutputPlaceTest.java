package io.videottt.io.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPlaceTest {

  @TempDir private Path folder;
  private final Configuration hadoop = new Configuration();

  private void requireFolder(Path place) {
    OutputPlace.requireFolder(place.toString(), "--output", hadoop);
  }

  private void requireFile(Path place) {
    OutputPlace.requireFile(place.toString(), "--json", hadoop);
  }

  @Test
  void whatIsNewOrOfItsKindPassesAndNothingIsMadeForIt() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThatCode(
            () -> {
              requireFolder(folder);
              requireFolder(folder.resolve("a/b/c"));
              requireFile(file);
              requireFile(folder.resolve("a/b/c.json"));
              OutputPlace.requireFolder("a-folder-that-is-not-there", "--output", hadoop);
            })
        .doesNotThrowAnyException();
    assertThat(folder).isDirectoryContaining(path -> path.equals(file)).isNotEmptyDirectory();
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(file).hasContent("text");
  }

  @Test
  void aFileInAFoldersPlaceOrAboveItIsNamedAndSoIsTheOtherWayRound() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThatThrownBy(() -> requireFolder(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("%s is a file, not a folder; choose another --output", file);
    assertThatThrownBy(() -> requireFolder(file.resolve("below/it")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "%s cannot be: file:%s is a file; choose another --output",
            file.resolve("below/it"), file);
    assertThatThrownBy(() -> requireFile(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("%s is a folder, not a file; choose another --json", folder);
    assertThatThrownBy(() -> requireFile(file.resolve("it.json")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a file; choose another --json");
  }

  @Test
  void aFileThatIsReplacedNeedsNoRightsOfItsOwn() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    assertThatCode(() -> requireFile(file)).doesNotThrowAnyException();
  }

  @Test
  void aFolderIsWritableWhereTheSystemSaysSo() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      // Root may write into any folder.
      if (Files.isWritable(closed)) {
        assertThatCode(() -> requireFolder(closed)).doesNotThrowAnyException();
      } else {
        assertThatThrownBy(() -> requireFolder(closed.resolve("new")))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("access is denied: " + closed)
            .hasMessageEndingWith("choose another --output");
      }
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void aPathWithCredentialsIsRefusedWithoutThem() {
    assertThatThrownBy(
            () -> OutputPlace.requireFolder("s3a://key:secret@bucket/x", "--output", hadoop))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--output: s3a://... carries")
        .message()
        .doesNotContain("secret");
  }
}
