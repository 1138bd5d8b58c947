package io.videottt.reports.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PublishedResultsTest {

  private final PublishedResults published = PublishedResults.load();

  @Test
  void tableOneHasTheRowsInThePapersOrder() {
    assertThat(published.table("table1").rows())
        .extracting(PublishedRow::title)
        .containsExactly(
            "Main Task Only",
            "MAE Joint Training",
            "TTT-MAE No Memory",
            "Offline TTT-MAE All Frames",
            "LN Adapt",
            "Tent",
            "Tent with Class Balance",
            "Self-Train",
            "Self-Train with Class Balance",
            "Online TTT-MAE");
  }

  @Test
  void tableOneHoldsThePrintedNumbers() {
    assertThat(published.table("table1").rows())
        .extracting(
            row ->
                "%s %s %s %s %s"
                    .formatted(
                        row.instance(),
                        row.panoptic(),
                        row.validation(),
                        row.test(),
                        row.seconds()))
        .containsExactly(
            "16.7 13.9 53.8 52.5 1.8",
            "16.5 13.5 53.5 52.5 1.8",
            "35.4 20.1 53.6 52.5 3.8",
            "33.6 19.6 53.2 51.2 1.8",
            "16.5 14.7 53.8 52.5 2.0",
            "16.6 14.6 53.8 52.2 2.8",
            "16.7 14.8 53.8 52.5 3.7",
            "null null 54.7 54.0 6.6",
            "null null 54.1 53.6 6.9",
            "37.6 21.7 55.4 54.3 4.1");
  }

  @Test
  void tableFourHoldsThePrintedNumbers() {
    assertThat(published.table("table4").rows())
        .extracting(
            row ->
                "%s: %s %s %s %s"
                    .formatted(
                        row.title(), row.instance(), row.panoptic(), row.validation(), row.test()))
        .containsExactly(
            "TTT-MAE No Memory: 35.4 20.1 53.6 52.5",
            "Implicit Memory Only: 36.1 20.7 54.3 54.4",
            "Explicit Memory Only: 35.7 20.2 53.6 52.5",
            "Online TTT-MAE: 37.6 21.7 55.4 54.3");
  }

  @Test
  void tableTwoHoldsThePrintedNumbers() {
    assertThat(published.dataSets())
        .extracting(
            set ->
                "%s (%s): %s %s %s %s"
                    .formatted(
                        set.title(),
                        set.dataset(),
                        set.secondsPerVideo(),
                        set.frames(),
                        set.framesPerSecond(),
                        set.classes()))
        .containsExactly(
            "CityScapes-VPS (null): 1.8 3000 17.0 19",
            "DAVIS (null): 3.5 3455 30.0 null",
            "YouTube-VOS (null): 4.5 123467 30.0 94",
            "KITTI-STEP (kitti-step): 40.0 8008 10.0 19",
            "COCO Videos (coco-videos): 350.0 10475 10.0 134");
  }

  @Test
  void anUnknownTableIsRefused() {
    assertThatThrownBy(() -> published.table("table9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("table9");
  }
}
