package io.videottt.adaptation.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.videottt.adaptation.stream.SyntheticVideo;
import io.videottt.catalog.image.RgbImage;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ColourTest {

  @Test
  void jitterOfStrengthZeroIsTheIdentityAndDrawsAsMuch() {
    SplittableRandom with = new SplittableRandom(1);
    SplittableRandom without = new SplittableRandom(1);
    RgbImage image = ResamplerTest.random(4, 4, 1);
    assertThat(ColourTransform.jitter(without, image, 0).isIdentity()).isTrue();
    ColourTransform.jitter(with, image, 0.5);
    assertThat(with.nextLong()).isEqualTo(without.nextLong());
    assertThat(ColourTransform.identity().apply(image).pixels()).isEqualTo(image.pixels());
  }

  @Test
  void jitterKeepsGreyGrey() {
    SplittableRandom random = new SplittableRandom(2);
    byte[] pixels = new byte[300];
    for (int i = 0; i < 100; i++) {
      pixels[i * 3] = pixels[i * 3 + 1] = pixels[i * 3 + 2] = (byte) (20 + i);
    }
    RgbImage grey = new RgbImage(10, 10, pixels);
    for (int trial = 0; trial < 50; trial++) {
      byte[] changed = ColourTransform.jitter(random, grey, 0.4).apply(grey).pixels();
      for (int i = 0; i < 300; i += 3) {
        assertThat(Math.abs((changed[i] & 0xff) - (changed[i + 1] & 0xff))).isLessThan(3);
        assertThat(Math.abs((changed[i] & 0xff) - (changed[i + 2] & 0xff))).isLessThan(3);
      }
    }
  }

  @Test
  void jitterMovesBrightnessBothWays() {
    SplittableRandom random = new SplittableRandom(3);
    RgbImage image = SyntheticVideo.of("v", 1, 1).read(0).image();
    double before = ColourStatistics.of(image).mean()[1];
    int brighter = 0;
    for (int trial = 0; trial < 200; trial++) {
      RgbImage changed = ColourTransform.jitter(random, image, 0.4).apply(image);
      brighter += ColourStatistics.of(changed).mean()[1] > before ? 1 : 0;
    }
    assertThat(brighter).isBetween(60, 140);
  }

  @Test
  void statisticsAreMeanAndDeviationPerChannel() {
    byte[] pixels = {0, 10, (byte) 200, 100, 10, (byte) 250};
    ColourStatistics statistics = ColourStatistics.of(new RgbImage(1, 2, pixels));
    assertThat(statistics.mean()).containsExactly(50, 10, 225);
    assertThat(statistics.deviation()).containsExactly(50, 0, 25);
  }

  @Test
  void matchedImageHasTheTargetStatistics() {
    RgbImage image = SyntheticVideo.of("v", 1, 1).read(0).image();
    ColourStatistics target =
        new ColourStatistics(new double[] {120, 110, 100}, new double[] {30, 25, 20});
    ColourStatistics reached = ColourStatistics.of(target.match(image));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(reached.mean()[channel]).isCloseTo(target.mean()[channel], offset(0.5));
      assertThat(reached.deviation()[channel]).isCloseTo(target.deviation()[channel], offset(0.5));
    }
  }

  @Test
  void imageWithoutContrastIsOnlyShifted() {
    RgbImage flat = new RgbImage(2, 2, new byte[12]);
    ColourStatistics target =
        new ColourStatistics(new double[] {120, 110, 100}, new double[] {30, 25, 20});
    assertThat(ColourStatistics.of(target.match(flat)).mean()).containsExactly(120, 110, 100);
  }
}
