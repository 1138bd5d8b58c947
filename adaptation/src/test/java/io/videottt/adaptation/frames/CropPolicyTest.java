package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.frames.CropPolicy.Crop;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CropPolicyTest {

  private static final WorkingSize.Size FRAME = new WorkingSize.Size(60, 100);

  @Test
  void sharesKeepTheAspectAndStayInside() {
    CropPolicy policy = new CropPolicy(0.6, 1, 0, 0, true);
    SplittableRandom random = new SplittableRandom(1);
    int mirrored = 0;
    for (int trial = 0; trial < 2000; trial++) {
      Crop crop = policy.draw(random, FRAME);
      double side = crop.height() / 60;
      assertThat(side).isBetween(0.6, 1.0);
      assertThat(crop.width() / 100).isCloseTo(side, org.assertj.core.data.Offset.offset(1e-12));
      assertThat(crop.top()).isBetween(0.0, 60 - crop.height() + 1e-9);
      assertThat(crop.left()).isBetween(0.0, 100 - crop.width() + 1e-9);
      mirrored += crop.mirrored() ? 1 : 0;
    }
    assertThat(mirrored).isBetween(900, 1100);
    assertThat(policy.sampleSize(FRAME)).isEqualTo(FRAME);
  }

  @Test
  void fixedWindowReachesEveryPlace() {
    CropPolicy policy = new CropPolicy(1, 1, 58, 97, false);
    SplittableRandom random = new SplittableRandom(2);
    boolean[] tops = new boolean[3];
    boolean[] lefts = new boolean[4];
    for (int trial = 0; trial < 500; trial++) {
      Crop crop = policy.draw(random, FRAME);
      tops[(int) crop.top()] = true;
      lefts[(int) crop.left()] = true;
      assertThat(crop.mirrored()).isFalse();
    }
    assertThat(tops).containsOnly(true);
    assertThat(lefts).containsOnly(true);
  }

  @Test
  void fixedWindowLargerThanTheFrameIsTheFrame() {
    CropPolicy policy = new CropPolicy(1, 1, 512, 64, false);
    assertThat(policy.sampleSize(FRAME)).isEqualTo(new WorkingSize.Size(60, 64));
    Crop crop = policy.draw(new SplittableRandom(3), FRAME);
    assertThat(crop.height()).isEqualTo(60);
    assertThat(crop.top()).isZero();
  }
}
