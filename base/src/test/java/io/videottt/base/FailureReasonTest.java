package io.videottt.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReasonTest {

  @Test
  void aParsersComplaintIsOneLineWithoutItsOwnWords() {
    assertThat(
            FailureReason.ofJson(
                "Unexpected close marker '}': expected ']' (for Array starting at [Source: (byte[])"
                    + " \"x\"; line: 1, column: 1])\n at y"))
        .isEqualTo("Unexpected close marker '}': expected ']'");
    assertThat(
            FailureReason.ofJson(
                "Unexpected end-of-input: expected close marker for Object (start marker at"
                    + " [Source: UNKNOWN])"))
        .isEqualTo("Unexpected end-of-input: expected close marker for Object");
    assertThat(FailureReason.ofJson("Illegal \u001b (CTRL-CHAR)"))
        .isEqualTo("Illegal \\u001b (CTRL-CHAR)");
    assertThat(
            FailureReason.ofJson(
                "Trailing token (of type VALUE_STRING) found after value (bound as `com.x.Node`)"))
        .isEqualTo("something follows the end of the JSON value");
    assertThat(FailureReason.ofJson(null)).isEmpty();
  }

  @Test
  void aFileThatIsThereAndCannotBeOpenedIsToldAsThat(@TempDir Path folder) {
    assertThatThrownBy(() -> new FileInputStream(folder.toFile()).close())
        .extracting(FailureReason::of)
        .isEqualTo("it is a folder, not a file: " + folder);
    Path missing = folder.resolve("a (b)");
    assertThatThrownBy(() -> new FileInputStream(missing.toFile()).close())
        .extracting(FailureReason::of)
        .isEqualTo("there is no such file or folder: " + missing);
    assertThat(FailureReason.of(new FileNotFoundException("/a (Permission denied)")))
        .isEqualTo("access is denied: /a");
    assertThat(FailureReason.of(new FileNotFoundException("/a (Too many open files)")))
        .isEqualTo("Too many open files: /a");
    assertThat(FailureReason.of(new FileNotFoundException("Path is not a file: /a")))
        .isEqualTo("it is a folder, not a file: Path is not a file: /a");
    assertThat(
            FailureReason.of(
                new FileNotFoundException("Can't open s3a://b/a because it is a directory")))
        .startsWith("it is a folder, not a file");
    assertThat(FailureReason.of(new FileNotFoundException("/films (2024)")))
        .isEqualTo("there is no such file or folder: /films (2024)");
  }

  @Test
  void aReasonHasNoNamesOfJava() {
    assertThat(FailureReason.of(new IOException())).isEqualTo("no reason is given");
    assertThat(FailureReason.of(new EOFException())).isEqualTo("it ends too early");
    assertThat(FailureReason.of(new NoSuchFileException("/a")))
        .isEqualTo("there is no such file or folder: /a");
    assertThat(FailureReason.of(new FileNotFoundException("File /a does not exist")))
        .isEqualTo("there is no such file or folder: File /a does not exist");
    assertThat(FailureReason.of(new AccessDeniedException("/a"))).isEqualTo("access is denied: /a");
    assertThat(FailureReason.of(new UnknownHostException("namenode")))
        .isEqualTo("there is no such host: namenode");
    assertThat(
            FailureReason.of(new IOException("java.io.IOException: java.lang.Error: full\nat x")))
        .isEqualTo("full");
    assertThat(FailureReason.of(new FileSystemException("/a", "/b", "File name too long")))
        .isEqualTo("File name too long");
    assertThat(FailureReason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }
}
