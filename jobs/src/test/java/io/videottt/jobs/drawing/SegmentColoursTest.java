package io.videottt.jobs.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.jobs.drawing.SegmentColours.Segment;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentColoursTest {

  private static final int ROAD_COLOUR = 0x804080;
  private static final int CAR_COLOUR = 0x00008e;
  private static final int ROAD = 0;
  private static final int CAR = 1;
  private static final int BUS = 2;

  private static final SegmentColours COLOURS =
      new SegmentColours(
          new PredictedClasses(
              List.of(
                  new ClassDefinition(ROAD, "road", false, "#804080", null),
                  new ClassDefinition(CAR, "car", true, "#00008e", null),
                  new ClassDefinition(BUS, "bus", true, "#003c64", null))));

  /** One row of ids. */
  private static PanopticMap map(List<PanopticSegment> segments, int... ids) {
    return new PanopticMap(1, ids.length, ids, segments);
  }

  private static PanopticSegment car(int id) {
    return PanopticSegment.predicted(id, CAR);
  }

  private static final PanopticMap TRUTH =
      map(
          List.of(PanopticSegment.predicted(9, ROAD), car(1), car(2), car(3)),
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

  private static List<Segment> segments(PanopticMap map) {
    return map.segments().stream().map(Segment::of).toList();
  }

  private static Map<Integer, Integer> truth(PanopticMap map) {
    return COLOURS.truth(segments(map));
  }

  private static Map<Integer, Integer> predicted(PanopticMap map) {
    return COLOURS.predicted(segments(map), segments(TRUTH), SegmentMatch.of(map, TRUTH));
  }

  private static float saturation(int rgb) {
    return Color.RGBtoHSB(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff, null)[1];
  }

  @Test
  void anObjectKeepsTheColourOfItsNumberWhoeverElseIsInTheFrame() {
    PanopticMap later = map(List.of(car(3), car(2), car(17)), 3, 3, 2, 17);

    Map<Integer, Integer> colours = truth(later);

    assertThat(colours).containsEntry(2, truth(TRUTH).get(2)).containsEntry(3, truth(TRUTH).get(3));
    assertThat(truth(map(List.of(car(17)), 17))).containsEntry(17, colours.get(17));
  }

  @Test
  void objectsOfOneClassDifferInAFrameAndStuffHasTheClassColour() {
    assertThat(truth(TRUTH)).containsEntry(9, ROAD_COLOUR);
    assertThat(truth(TRUTH).values()).doesNotHaveDuplicates();
    List<PanopticSegment> many = new ArrayList<>();
    // Numbers as KITTI-STEP has them, and 7 and 57, which fall on one place.
    IntStream.of(7, 57).forEach(id -> many.add(car(id)));
    IntStream.range(0, 40).forEach(i -> many.add(car((CAR << 16 | i) + 1)));
    int[] ids = many.stream().mapToInt(PanopticSegment::id).toArray();
    assertThat(truth(map(many, ids)).values()).doesNotHaveDuplicates();
  }

  @Test
  void objectsWithoutNumbersDifferAndTheFirstHasTheClassColour() {
    List<Segment> unnumbered =
        List.of(
            new Segment(1, CAR, 0, false),
            new Segment(2, CAR, 0, false),
            new Segment(3, BUS, 0, false));

    Map<Integer, Integer> colours = COLOURS.truth(unnumbered);

    assertThat(colours).containsEntry(1, CAR_COLOUR).containsEntry(3, 0x003c64);
    assertThat(colours.values()).doesNotHaveDuplicates();
    assertThat(COLOURS.alone(List.of(new Segment(40, CAR, 40, false))))
        .containsEntry(40, CAR_COLOUR);
  }

  @Test
  void aPredictedObjectHasTheColourOfTheAnnotatedOneWhateverTheOrder() {
    PanopticMap predicted =
        map(
            List.of(car(30), car(10), car(20), PanopticSegment.predicted(5, ROAD)),
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
    Map<Integer, Integer> truth = truth(TRUTH);

    assertThat(predicted(predicted))
        .containsEntry(10, truth.get(1))
        .containsEntry(20, truth.get(2))
        .containsEntry(30, truth.get(3))
        .containsEntry(5, truth.get(9));
  }

  @Test
  void whatFindsNoObjectHasAPaleColourThatNoneHas() {
    PanopticMap predicted =
        map(List.of(car(10), car(20)), 10, 10, 0, 0, 0, 0, 20, 20, 20, 20, 0, 0, 0, 0);

    Map<Integer, Integer> colours = predicted(predicted);

    assertThat(colours).containsEntry(20, truth(TRUTH).get(2));
    assertThat(truth(TRUTH)).doesNotContainValue(colours.get(10));
    assertThat(saturation(colours.get(10))).isLessThan(0.4f);
    assertThat(truth(TRUTH).values())
        .filteredOn(rgb -> rgb != ROAD_COLOUR)
        .allMatch(rgb -> saturation(rgb) > 0.5f);
  }

  @Test
  void exactlyHalfOfTheUnionIsNoMatch() {
    PanopticMap half = map(List.of(car(10)), 0, 0, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    PanopticMap more = map(List.of(car(10)), 0, 0, 10, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    assertThat(SegmentMatch.of(half, TRUTH)).isEmpty();
    assertThat(SegmentMatch.of(more, TRUTH)).containsExactly(new SegmentMatch(10, 1, 0.75));
  }

  @Test
  void anObjectTakenForAnotherClassFindsNone() {
    PanopticMap predicted =
        map(List.of(PanopticSegment.predicted(7, BUS)), 0, 0, 7, 7, 7, 7, 0, 0, 0, 0, 0, 0, 0, 0);

    assertThat(truth(TRUTH)).doesNotContainValue(predicted(predicted).get(7));
  }

  @Test
  void twoPartsOfOneObjectDoNotBothHaveItsColour() {
    PanopticMap predicted =
        map(List.of(car(10), car(20)), 0, 0, 10, 10, 10, 20, 0, 0, 0, 0, 0, 0, 0, 0);

    Map<Integer, Integer> colours = predicted(predicted);

    assertThat(colours).containsEntry(10, truth(TRUTH).get(1));
    assertThat(colours.get(20)).isNotEqualTo(truth(TRUTH).get(1));
  }

  @Test
  void ofTwoDetectionsOfOneObjectTheOneThatCoversItBestMatches() {
    InstanceTruth object = object(CAR, 0, 10, false);
    InstanceTruth crowd = object(CAR, 20, 30, true);

    List<SegmentMatch> matches =
        SegmentMatch.of(
            List.of(object(CAR, 0, 7, false), object(CAR, 0, 9, false), object(CAR, 20, 30, false)),
            List.of(object, crowd));

    assertThat(matches).containsExactly(new SegmentMatch(2, 1, 0.9));
  }

  /** Columns of a frame of 2 x 40. */
  private static InstanceTruth object(int classId, int from, int to, boolean crowd) {
    boolean[] mask = new boolean[80];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 40 >= from && i % 40 < to;
    }
    RunLengthMask pixels = RunLengthMask.of(2, 40, mask);
    return new InstanceTruth(classId, pixels, pixels.area(), crowd);
  }

  @Test
  void mapsOfDifferentSizesAreRefused() {
    int[] ids = new int[3];
    Arrays.fill(ids, 1);

    assertThatThrownBy(() -> SegmentMatch.of(map(List.of(car(1)), ids), TRUTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 x 3 beside a truth of 1 x 14");
  }
}
