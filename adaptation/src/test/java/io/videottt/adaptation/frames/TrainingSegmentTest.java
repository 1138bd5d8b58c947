package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.frames.CropPolicy.Crop;
import io.videottt.base.Task;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.RunLengthMask;
import io.videottt.model.TargetSegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingSegmentTest {

  /** Road (class 0, id 1) with two cars (class 2, ids 7 and 300) and a crowd (id 9); one void. */
  private static final PanopticMap PANOPTIC =
      new PanopticMap(
          2,
          4,
          new int[] {1, 7, 7, 9, 1, 300, PanopticMap.VOID, 9},
          List.of(
              new PanopticSegment(1, 0, false, 0),
              new PanopticSegment(7, 2, false, 0),
              new PanopticSegment(300, 2, false, 0),
              new PanopticSegment(9, 2, true, 0)));

  @Test
  void everyPanopticSegmentButTheCrowdIsTrainedOn() {
    List<TrainingSegment> segments =
        TrainingSegment.of(Task.PANOPTIC, truth(PANOPTIC), PANOPTIC.height(), PANOPTIC.width());

    assertThat(segments).extracting(TrainingSegment::classId).containsExactly(0, 2, 2);
    assertThat(segments).extracting(segment -> segment.mask().area()).containsExactly(2L, 2L, 1L);
  }

  @Test
  void everyObjectButTheCrowdIsTrainedOn() {
    RunLengthMask mask =
        RunLengthMask.of(2, 3, new boolean[] {true, false, false, true, false, false});
    GroundTruth truth =
        new GroundTruth(
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                List.of(
                    new InstanceTruth(5, mask, 2, false), new InstanceTruth(5, mask, 2, true))));

    assertThat(TrainingSegment.of(Task.INSTANCE, truth, 2, 3))
        .singleElement()
        .satisfies(segment -> assertThat(segment.mask().toPixels()).isEqualTo(mask.toPixels()));
  }

  @Test
  void semanticSegmentsFollowFromLabels() {
    assertThat(TrainingSegment.of(Task.SEMANTIC, GroundTruth.none(), 2, 4)).isEmpty();
  }

  @Test
  void segmentsThatVanishAtTheSmallerSizeAreLeftOut() {
    assertThat(TrainingSegment.of(Task.PANOPTIC, truth(PANOPTIC), 1, 2))
        .extracting(TrainingSegment::classId)
        .doesNotContain(0);
  }

  @Test
  void cropsLikeTheImage() {
    TrainingSegment car = TrainingSegment.of(Task.PANOPTIC, truth(PANOPTIC), 2, 4).get(1);

    TargetSegment whole = car.seen(new ResampledCrop(Crop.whole(2, 4), 2, 4), 2, 4).orElseThrow();
    assertThat(whole.label()).isEqualTo(2);
    assertThat(whole.mask()).containsExactly(0, 1, 1, 0, 0, 0, 0, 0);
    assertThat(
            car.seen(new ResampledCrop(new Crop(0, 0, 1, 2, true), 1, 2), 1, 2)
                .orElseThrow()
                .mask())
        .containsExactly(1, 0);
    assertThat(car.seen(new ResampledCrop(new Crop(1, 0, 1, 4, false), 2, 4), 2, 4)).isEmpty();
  }

  private static GroundTruth truth(PanopticMap map) {
    return new GroundTruth(Optional.empty(), Optional.of(map), Optional.empty());
  }
}
