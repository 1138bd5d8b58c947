package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.tensor.NativeArrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TargetSegmentTest {

  @Test
  void makesOneSegmentPerClassThatOccurs() {
    byte[] labels = {2, 0, (byte) 255, 2};

    List<TargetSegment> segments = TargetSegment.ofLabels(labels, 2, 2, 3);

    assertThat(segments.stream().map(TargetSegment::label)).containsExactly(0, 2);
    assertThat(segments.get(0).mask()).containsExactly(0, 1, 0, 0);
    assertThat(segments.get(1).mask()).containsExactly(1, 0, 0, 1);
    assertThatThrownBy(() -> TargetSegment.ofLabels(labels, 2, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label 2");
  }

  @Test
  void interpolatesBetweenPixelCentresAndFadesBeyondTheEdge() {
    TargetSegment segment = new TargetSegment(0, new byte[] {1, 0, 1, 1}, 2, 2);

    assertThat(segment.valueAt(0.25f, 0.25f)).isEqualTo(1);
    assertThat(segment.valueAt(0.75f, 0.25f)).isEqualTo(0);
    assertThat(segment.valueAt(0.5f, 0.25f)).isEqualTo(0.5f);
    assertThat(segment.valueAt(0.5f, 0.5f)).isEqualTo(0.75f);
    assertThat(segment.valueAt(0, 0.25f)).isEqualTo(0.5f);
  }

  @Test
  void samplesAsTheEngineDoes() {
    try (NDManager manager = NDManager.newBaseManager()) {
      SplittableRandom random = new SplittableRandom(1);
      byte[] mask = new byte[5 * 7];
      float[] values = new float[mask.length];
      for (int pixel = 0; pixel < mask.length; pixel++) {
        mask[pixel] = (byte) random.nextInt(2);
        values[pixel] = mask[pixel];
      }
      float[] points = PointSampling.uniform(random, 200);
      float[] engine =
          PointSampling.sample(NativeArrays.of(manager, values, new Shape(1, 1, 5, 7)), points)
              .toFloatArray();
      float[] ours = new float[200];
      PointSampling.sample(new TargetSegment(0, mask, 5, 7), points, 0, 200, ours, 0);

      for (int point = 0; point < 200; point++) {
        assertThat(ours[point]).isCloseTo(engine[point], within(1e-5f));
      }
    }
  }
}
