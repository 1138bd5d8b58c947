package io.videottt.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.Catalog;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredDataSetTest {

  private static final String EARLIER =
      """
      {"version": 1, "name": "my-streets", "title": "My streets", "framesPerSecond": 10.0,
       "classes": ["road", "car"]}
      """;

  private static StoredDataSet read(String json) {
    return StoredDataSet.read(json.getBytes(StandardCharsets.UTF_8), "datasets/my-streets.json");
  }

  @Test
  void filmsHaveNoClassesAndMayHaveARateEach() {
    StoredDataSet films = StoredDataSet.of(Catalog.builtIn().definition("films"));

    assertThat(films.framesPerSecond()).isZero();
    assertThat(StoredDataSet.read(films.json().getBytes(StandardCharsets.UTF_8), "films.json"))
        .isEqualTo(films);
  }

  @Test
  void coloursAndTitlesAreReadAsWritten() {
    StoredDataSet written = StoredDataSet.of(Catalog.builtIn().definition("embedded"));

    StoredDataSet read = read(written.json());

    assertThat(read).isEqualTo(written);
    assertThat(read.colours()).hasSameSizeAs(read.classes()).startsWith("#804080");
    assertThat(read.split("test").videos()).containsEntry("test-dusk", "Dusk");
    assertThat(read.split("no-such").isEmpty()).isTrue();
  }

  @Test
  void aFileOfBeforeThereWereTitlesIsRead() {
    StoredDataSet read = read(EARLIER);

    assertThat(read.classes()).containsExactly("road", "car");
    assertThat(read.colours()).isEmpty();
    assertThat(read.split("test").title()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\": 1 | \"version\": 3 | it has version 3",
        "\"version\": 1 | \"version\": 2 | no colours",
        "\"My streets\" | null | no title",
        "\"car\"] | null] | no classes",
        "\"car\"] | \"car\"], \"colours\": [\"#000000\"] | 1 colours for 2 classes",
        "\"car\"] | \"car\"], \"colours\": [\"#000000\", \"red\"] | one of its colours is none",
        "\"car\"] | \"car\"], \"splits\": {\"test\": null} | a split has no titles",
        "10.0 | 0 | its frame rate",
        "\"car\"] | \"car\"], \"other\": 1 | damaged",
      })
  void aDamagedFileIsRefusedWithItsName(String right, String wrong, String reason) {
    String json = EARLIER.replace(right, wrong);

    assertThat(json).isNotEqualTo(EARLIER);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("datasets/my-streets.json")
        .hasMessageContaining(reason);
  }
}
