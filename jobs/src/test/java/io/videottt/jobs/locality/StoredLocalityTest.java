package io.videottt.jobs.locality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredLocalityTest {

  private static final StoredLocality STORED =
      new StoredLocality(
          2,
          List.of(
              new StoredLocality.OfVideo(
                  "embedded", "test", "semantic", "tiny", "pixels", "test-dusk", -0.25)));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadForReports() throws IOException {
    Files.writeString(folder.resolve("locality.json"), STORED.json());

    assertThat(StoredLocality.cosines(folder.toString(), new Configuration()))
        .singleElement()
        .satisfies(
            cosine -> {
              assertThat(cosine.video()).isEqualTo("test-dusk");
              assertThat(cosine.set().split()).isEqualTo("test");
              assertThat(cosine.cosine()).isEqualTo(-0.25);
            });
  }

  @Test
  void aFolderWithoutTheFileSaysWhatToGive() {
    assertThatThrownBy(() -> StoredLocality.cosines(folder.toString(), new Configuration()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            ": no locality.json there; give the output folder of ttt locality with --locality");
  }

  @ParameterizedTest
  @CsvSource({
    "semantic, depth, one of its tasks is none",
    "pixels, colours, one of its targets is none",
    "-0.25, 1.5, one of its cosines is 1.5",
    "\"version\" : 2, \"version\" : 1, it has version 1",
    "\"model\", \"modal\", it is damaged",
  })
  void aDamagedFileIsRefused(String right, String wrong, String reason) {
    String json = STORED.json().replace(right, wrong);

    assertThat(json).isNotEqualTo(STORED.json());
    assertThatThrownBy(
            () -> StoredLocality.read(json.getBytes(StandardCharsets.UTF_8), "x/locality.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("x/locality.json: cannot be read: " + reason);
  }
}
