package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.catalog.ClassDefinition;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentColoursTest {

  private static final int CAR = 0x00008e;

  private static final SegmentColours COLOURS =
      new SegmentColours(
          new PredictedClasses(
              List.of(
                  new ClassDefinition(0, "road", false, "#804080", null),
                  new ClassDefinition(1, "car", true, "#00008e", null),
                  new ClassDefinition(2, "bus", true, "#003c64", null))));

  /** One row of ids. */
  private static PanopticMap map(List<PanopticSegment> segments, int... ids) {
    return new PanopticMap(1, ids.length, ids, segments);
  }

  private static PanopticSegment car(int id) {
    return PanopticSegment.predicted(id, 1);
  }

  private static final PanopticMap TRUTH =
      map(
          List.of(PanopticSegment.predicted(9, 0), car(1), car(2), car(3)),
          9,
          9,
          1,
          1,
          1,
          1,
          2,
          2,
          2,
          2,
          3,
          3,
          3,
          3);

  @Test
  void objectsOfOneClassDifferAndTheFirstHasTheClassColour() {
    Map<Integer, Integer> colours = COLOURS.of(TRUTH);

    assertThat(colours).containsEntry(9, 0x804080).containsEntry(1, CAR);
    assertThat(colours.values()).doesNotHaveDuplicates();
  }

  @Test
  void aPredictedObjectHasTheColourOfTheAnnotatedOneWhateverTheOrder() {
    PanopticMap predicted =
        map(
            List.of(car(30), car(10), car(20), PanopticSegment.predicted(5, 0)),
            5,
            5,
            10,
            10,
            10,
            20,
            20,
            20,
            20,
            20,
            30,
            30,
            30,
            0);
    Map<Integer, Integer> truth = COLOURS.of(TRUTH);

    Map<Integer, Integer> colours = COLOURS.of(predicted, TRUTH);

    assertThat(colours)
        .containsEntry(10, truth.get(1))
        .containsEntry(20, truth.get(2))
        .containsEntry(30, truth.get(3))
        .containsEntry(5, truth.get(9));
  }

  @Test
  void whatFindsNoObjectHasAColourThatNoneHas() {
    PanopticMap predicted =
        map(List.of(car(10), car(20)), 10, 10, 0, 0, 0, 0, 20, 20, 20, 20, 0, 0, 0, 0);
    Map<Integer, Integer> truth = COLOURS.of(TRUTH);

    Map<Integer, Integer> colours = COLOURS.of(predicted, TRUTH);

    assertThat(colours).containsEntry(20, truth.get(2));
    assertThat(truth).doesNotContainValue(colours.get(10));
  }

  @Test
  void anObjectTakenForAnotherClassHasTheColoursOfThatClass() {
    PanopticMap predicted =
        map(List.of(PanopticSegment.predicted(7, 2)), 0, 0, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0);

    assertThat(COLOURS.of(predicted, TRUTH)).containsExactly(Map.entry(7, 0x003c64));
  }

  @Test
  void twoPartsOfOneObjectDoNotBothHaveItsColour() {
    PanopticMap predicted =
        map(List.of(car(10), car(20)), 0, 0, 10, 10, 10, 20, 0, 0, 0, 0, 0, 0, 0, 0);

    Map<Integer, Integer> colours = COLOURS.of(predicted, TRUTH);

    assertThat(colours).containsEntry(10, CAR);
    assertThat(colours.get(20)).isNotEqualTo(CAR);
  }

  @Test
  void mapsOfDifferentSizesAreRefused() {
    int[] ids = new int[3];
    Arrays.fill(ids, 1);

    assertThatThrownBy(() -> COLOURS.of(map(List.of(car(1)), ids), TRUTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 x 3 beside a truth of 1 x 14");
  }
}
